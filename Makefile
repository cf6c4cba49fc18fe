# Two commands: `make demo` plans a shipped example, `make test` passes the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint setup web

export DENO_NO_UPDATE_CHECK = 1

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

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

test: lint web
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered
	$(BIN)/pytest benchmarks
