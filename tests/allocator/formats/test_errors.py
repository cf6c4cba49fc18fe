"""Errors say what they carry."""

from allocator.errors import AllocatorError, Fault, InvalidDocument, SolverDefect
from allocator.plan import Violation


def test_an_invalid_document_lists_its_faults_a_line_each():
    error = InvalidDocument([Fault("a", "x", "One."), Fault("", "y", "Two.", 3)])
    assert isinstance(error, AllocatorError)
    assert str(error) == "a: One.\nline 3, document: Two."


def test_a_defect_lists_the_rules_that_are_broken():
    error = SolverDefect([Violation("travel", "too far")])
    assert isinstance(error, AllocatorError)
    assert str(error) == "travel: too far"
