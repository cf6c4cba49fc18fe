# Two commands: `make demo` plans a shipped example, `make test` passes the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-full chromium lint setup web lock sbom

export DENO_NO_UPDATE_CHECK = 1

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -c 'from solver.compiled.readiness import get_ready; get_ready()' # goes on behind
	touch $@

# The versions that are tested and shipped, each with the hashes of its files.
# `uv` is asked for the versions: https://docs.astral.sh/uv
LOCK = uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate
lock:
	$(LOCK) --python-version 3.11 pyproject.toml --extra dev -o requirements-dev.lock
	$(LOCK) --python-version 3.11 pyproject.toml -c requirements-dev.lock -o requirements.lock

sbom: setup
	$(BIN)/python tools/sbom.py requirements.lock > sbom.json

demo: setup
	$(BIN)/allocator plan examples/clinic.yaml --out clinic-plan.yaml --seconds 10
	$(BIN)/allocator show clinic-plan.yaml --rollout examples/clinic.yaml --by day

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

web: setup
	$(BIN)/deno check --quiet web/static/js
	$(BIN)/deno lint --quiet
	$(BIN)/deno test --quiet --no-check --allow-read=web/messages

# The tests need PostgreSQL: the one that runs here, else one from a package, started for them.
# The pages are tested in Chromium. Where there is none, it is installed if that can be done here.
chromium:
	@command -v chromium >/dev/null || { \
	  echo "The tests of the pages need Chromium: it is being installed."; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; }

test: lint web chromium
	$(BIN)/python -m tools.postgresql $(BIN)/pytest -n auto --dist worksteal
	$(BIN)/pytest benchmarks

# Many more examples, both databases everywhere, and the branches that no test takes.
test-full: lint web chromium
	ALLOCATOR_TESTS=full $(BIN)/python -m tools.postgresql \
	  $(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered
	$(BIN)/pytest benchmarks
