"""How a command ends: exit codes, and a sentence for everything that can go wrong."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, ParamSpec

import typer

from allocator.errors import Fault, InvalidDocument, SolverDefect
from service.access.errors import AccessError
from service.cli.client import Broken, NotPlanned, Refused, Unreachable
from service.cli.files import FileProblem
from service.cli.output import ResultsClosed, problems, write_json
from service.store.error_text import UNUSABLE, is_away, sentence
from service.store.errors import StoreError

DONE = 0
VIOLATIONS = 1
WRONG_USAGE = 2
INVALID_DOCUMENT = 3
NO_PLAN = 4
DEFECT = 5
ABORTED = 130
RESULTS_CLOSED = 141

EXIT_CODES = (
    "Exit codes: 0 done (a plan may leave work open, with reasons), 1 check found violations, "
    "2 wrong usage, 3 a document is invalid, a file cannot be read or written, the database or "
    "a port cannot be used, or the service refuses or does not answer, "
    "4 infeasible or no plan found, 5 a defect of allocator that left no plan, "
    "130 aborted by a second Ctrl-C, 141 the reader of the results closed its end."
)

Parameters = ParamSpec("Parameters")


def ending_well(command: Callable[Parameters, int]) -> Callable[Parameters, None]:
    """Turn what a command returns or raises into an exit code and, if need be, a sentence."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            code = command(*args, **kwargs)
            sys.stdout.flush()
        except FileProblem as problem:
            _fail(str(problem), "file", (), as_json)
        except (StoreError, AccessError) as error:
            _fail(str(error), "store", (), as_json)
        except UNUSABLE as error:
            if not is_away(error):
                _defect(sentence(error))
            _fail(f"The database cannot be used: {sentence(error)}.", "store", (), as_json)
        except Unreachable as error:
            _fail(str(error), "unreachable", (), as_json)
        except Refused as error:
            _fail(str(error), "refused", error.faults, as_json)
        except Broken as error:
            _defect(str(error))
        except NotPlanned as error:
            _fail(str(error), "not_planned", (), as_json, NO_PLAN)
        except InvalidDocument as error:
            number = len(error.faults)
            said = f"The document has {number} fault{'' if number == 1 else 's'}:"
            _fail(said, "invalid_document", error.faults, as_json)
        except SolverDefect as defect:
            _defect("\n".join([str(defect), *getattr(defect, "__notes__", ())]))
        except (ResultsClosed, BrokenPipeError):
            _results_closed()
        except KeyboardInterrupt:
            problems().print("Aborted.")
            raise typer.Exit(ABORTED) from None
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as error:  # whatever it is, the user gets a sentence
            _defect(f"{type(error).__name__}: {error}")
        raise typer.Exit(code)

    return run


def _defect(said: str) -> NoReturn:
    problems().print(
        "This is a defect of allocator, and no plan is handed out; please report it with "
        f"the rollout.\n{said}"
    )
    raise typer.Exit(DEFECT)


def _fail(
    said: str, kind: str, faults: Sequence[Fault], as_json: bool, code: int = INVALID_DOCUMENT
) -> NoReturn:
    problems().print(said, *(f"  {fault}" for fault in faults), sep="\n")
    if as_json:
        write_json({"error": kind, "message": said, "faults": fault_trees(faults)})
    raise typer.Exit(code)


def fault_trees(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Faults or warnings for machines."""
    return [it.shown() for it in faults]


def _results_closed() -> NoReturn:
    problems().print("The reader of the results closed its end; they are not complete.")
    # What is left in the buffer has nowhere to go; without this Python complains as it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(RESULTS_CLOSED)
