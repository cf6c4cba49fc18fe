"""What a terminal would obey is shown as a sign, whoever has written it."""

import io
import sys

from rich.console import Console

from service.cli import output
from service.cli.output import say, table

CLEAR = "\x1b[2J\x9b31m"
SHOWN = "\ufffd[2J\ufffd31m"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_sentences_and_tables_hold_nothing_that_a_terminal_obeys():
    out = io.StringIO()
    console = Console(file=out, width=80)
    say(console, f"There is no person {CLEAR}.")
    made = table(CLEAR, "id")
    made.add_row(CLEAR)
    console.print(made)
    assert CLEAR not in out.getvalue()
    assert out.getvalue().count(SHOWN) == 3


def test_documents_hold_nothing_that_a_terminal_obeys_and_are_whole_in_a_file(monkeypatch):
    terminal, file = Terminal(), io.StringIO()
    for out in (terminal, file):
        monkeypatch.setattr(sys, "stdout", out)
        output.write_text(f"name: {CLEAR}\n")
    assert terminal.getvalue() == f"name: {SHOWN}\n"
    assert file.getvalue() == f"name: {CLEAR}\n"
