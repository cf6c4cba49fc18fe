"""However a document is spoiled, the answer is a problem or a list of faults, never a traceback."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from allocator.errors import InvalidDocument
from allocator.formats.document import problem_from_tree, read_problem, warnings_of
from allocator.formats.plan.write import plan_from_tree, plan_tree
from tests.allocator.formats.test_plan_document import PLAN, PROBLEM
from tests.support.everything import ROLLOUT, tree


def places(value, way=()):
    """The way to every value in a tree."""
    yield way
    inside = value.items() if isinstance(value, dict) else ()
    for key, inner in (
        inside if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    ):
        yield from places(inner, (*way, key))


ROLLOUT_PLACES = list(places(tree()))[1:]
PLAN_PLACES = list(places(plan_tree(PROBLEM, PLAN)))[1:]

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([
        "ana", "shop", "lj", "office", "t-install", "c-basic", "w1", "till", "pos", "no-such",
        "2027-03-23", "2027-04-30", "1990-01-01", "2199-12-31", "9999-12-31", "2027-03-28T02:30",
        "2027-03-22T08:00", "1990-01-01T00:00", "2199-12-31T23:30", "08:00-24:00", "00:00-00:30",
        "1-9999", "forbidden", "UTC", "Pacific/Apia", "Africa/Monrovia", 0, 1, 15, 60, 10**9, 0.01,
        1e-300, 1e300, -0.0,
    ]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "from", "to", "task", "x"]), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


def changed(document, way, value):
    for step in way[:-1]:
        document = document[step]
    if value is ...:
        del document[way[-1]]
    else:
        document[way[-1]] = value


def distinct(ways):
    """Ways of which none leads into what another replaces."""
    return [
        way for way in ways if not any(way[: len(other)] == other for other in ways if other != way)
    ]


@given(
    st.lists(st.sampled_from(ROLLOUT_PLACES), min_size=1, max_size=4, unique=True),
    st.lists(values | st.just(...), min_size=4, max_size=4),
)
def test_a_rollout_with_anything_anywhere_is_read_or_has_faults(ways, replacements):
    document = tree()
    for way, value in sorted(
        zip(distinct(ways), replacements, strict=False), key=repr, reverse=True
    ):
        with suppress(IndexError):  # an earlier entry of the same list has gone
            changed(document, way, value)
    with suppress(InvalidDocument):
        warnings_of(problem_from_tree(document))


@given(st.sampled_from(PLAN_PLACES), values | st.just(...))
def test_a_plan_with_anything_anywhere_is_read_or_has_faults(way, value):
    plan = plan_tree(PROBLEM, PLAN)
    changed(plan, way, value)
    document = tree() | {"published": {"plan": plan}}
    with suppress(InvalidDocument):
        plan_from_tree(plan, PROBLEM)
    with suppress(InvalidDocument):
        problem_from_tree(document)


@given(st.integers(0, len(ROLLOUT) - 1), st.integers(0, 40), st.text(max_size=3))
def test_a_file_with_anything_anywhere_is_read_or_has_faults(start, length, inserted):
    text = ROLLOUT[:start] + inserted + ROLLOUT[start + length :]
    with suppress(InvalidDocument):
        read_problem(text.encode("utf-8", "replace"))
