"""Errors say what they carry."""

from allocator.errors import AllocatorError, Fault, InvalidDocument, SolverDefect
from allocator.outcome import Defect


def test_an_invalid_document_lists_its_faults_a_line_each():
    error = InvalidDocument([Fault("a", "x", "One."), Fault("", "y", "Two.", 3)])
    assert isinstance(error, AllocatorError)
    assert str(error) == "a: One.\nline 3, document: Two."


def test_a_solve_without_a_plan_says_what_went_wrong():
    error = SolverDefect([Defect("first plan", 0.5, "travel: too far")])
    assert isinstance(error, AllocatorError)
    assert str(error) == "travel: too far"
