"""A thousand edits with faults are reported there, and the document is gone through once."""

import pytest

from allocator.errors import InvalidDocument
from service.edits import apply
from service.edits.apply import applied
from service.lifecycle.replanning import ACTUALS
from tests.support.small import rollout, task

MANY = 300


def test_each_list_is_gone_through_once_for_all_faults(monkeypatch):
    asked, prefixes = [], apply._prefixes

    def counted(tree, names):
        asked.append(set(names))
        return prefixes(tree, names)

    monkeypatch.setattr(apply, "_prefixes", counted)
    tree = rollout(tasks=[task(f"t-{n}") for n in range(MANY)])
    reported = [{"edit": "finished", "task": f"t-{n}", "on": "2027-02-31"} for n in range(MANY)]
    with pytest.raises(InvalidDocument) as error:
        applied(tree, ACTUALS.validate_python(reported), "actuals")
    assert [it.path for it in error.value.faults] == [f"actuals[{n}]" for n in range(MANY)]
    assert asked == [{"tasks"}]
