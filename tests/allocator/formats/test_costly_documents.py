"""Small documents that ask for much: what is read and reported is bounded."""

import json

import pytest

from allocator.errors import MAX_FAULTS, MAX_LETTERS, InvalidDocument
from allocator.formats import clock, faults, shape
from allocator.formats.detect import open_document
from allocator.formats.document import problem_from_tree, problem_of
from allocator.formats.rollout import allowance
from allocator.formats.text import lines, yaml_tree
from tests.support.small import person, rollout, task

AWAY = [{"from": "2027-01-12", "to": "2027-01-13"}]
WEEKS = 4
SLOTS = WEEKS * 7 * 24
"""Slots of the small rollout: four weeks of hours."""


def refused(content):
    """The exception that a document is refused with."""
    with pytest.raises(InvalidDocument) as found:
        problem_of(open_document(content if isinstance(content, bytes) else content.encode()))
    return found.value


def test_faults_beyond_the_limit_are_counted_wherever_they_come_from():
    number = MAX_FAULTS + 70
    documents = {
        "numbers for people": json.dumps(rollout(people=[1] * number)),
        "fields that nobody knows": json.dumps(rollout(**{f"k{n}": 1 for n in range(number)})),
        "absences of one person": json.dumps(
            rollout(people=[person("ana", absences=[1] * number)])
        ),
        "the same key": "a: 1\n" * (number + 1),
        "ids that are unknown": json.dumps(
            rollout(people=[person(f"p{n}", site="nowhere") for n in range(number)])
        ),
    }
    for name, content in documents.items():
        error = refused(content)
        assert len(error.faults) <= MAX_FAULTS + 1, name
        assert len(error.listed) + error.more == number, name
        assert error.faults[-1].message == f"There are {error.more} more faults.", name


def test_faults_of_a_file_and_of_its_document_have_one_limit():
    error = InvalidDocument(refused("a: 1\n" * (MAX_FAULTS + 5)).listed, 4)
    again = InvalidDocument(error.listed, error.more)
    assert (again.faults, again.more) == (error.faults, 4)


def test_names_of_half_a_megabyte_are_not_reported_in_full():
    error = refused(json.dumps(rollout(**{f"{n}" + "x" * 500_000: 1 for n in range(45)})))
    assert len(error.faults) == 45
    assert all(len(it.path) + len(it.message) <= 2 * MAX_LETTERS for it in error.faults)
    error = refused(json.dumps(rollout(name={"x" * 500_000: 1})))
    assert len(str(error)) < 2 * MAX_LETTERS


def test_near_matches_are_looked_for_with_bounded_work(monkeypatch):
    work, match = [0], faults.get_close_matches

    def counted(word, words, most):
        work[0] += sum(len(word) * len(other) + faults.COMPARISON for other in words)
        return match(word, words, most)

    monkeypatch.setattr(faults, "get_close_matches", counted)
    skills = [{"id": f"{n:06d}" + "s" * 190} for n in range(1000)]
    people = [
        person(f"p{n}", skills=[{"skill": f"x{n:05d}" + "s" * 190, "level": 1}]) for n in range(100)
    ]
    error = refused(json.dumps(rollout(skills=skills, people=people)))
    assert len([it for it in error.faults if it.code == "unknown_skill"]) == 100
    assert 0 < work[0] <= faults.MAX_COMPARED


def test_an_unknown_id_among_many_short_ones_still_has_its_hint():
    people = [person(f"person-{n}") for n in range(5000)]
    tasks = [task("t-a", pin={"people": ["persn-77"]})]
    (fault,) = refused(json.dumps(rollout(people=people, tasks=tasks))).faults
    assert fault.message == 'There is no person "persn-77". Did you mean "person-77"?'


def test_zones_that_are_none_are_looked_up_once(monkeypatch):
    asked = []
    monkeypatch.setattr(clock, "_zones", lambda: asked.append(1) or {"Europe/Ljubljana"})
    sites = [{"id": f"s{n}", "calendar": "office", "timezone": f"No/Where{n}"} for n in range(300)]
    error = refused(json.dumps(rollout(sites=rollout()["sites"] + sites)))
    assert len(error.faults) == 300
    assert len(asked) <= 300


def test_a_rollout_has_clocks_of_so_many_zones_at_most(monkeypatch):
    monkeypatch.setattr(clock, "MAX_ZONES", 2)
    names = ["Europe/Vienna", "Europe/Paris", "Europe/Rome"]
    sites = [{"id": name, "calendar": "office", "timezone": name} for name in names]
    error = refused(json.dumps(rollout(sites=rollout()["sites"] + sites)))
    assert [(it.code, it.path) for it in error.faults] == [("too_large", "sites[2].timezone")]
    monkeypatch.setattr(clock, "MAX_ZONES", 4)
    assert problem_from_tree(rollout(sites=rollout()["sites"] + sites)).axis.zones[1:] == tuple(
        names
    )


def test_those_with_the_same_absences_share_their_working_time():
    people = [person(f"p{n}", absences=AWAY) for n in range(3)] + [person("bor")]
    first, *others, bor = problem_from_tree(rollout(people=people)).people
    assert all(it.working is first.working for it in others)
    assert bor.working is not first.working


def test_hours_of_ones_own_are_kept_for_so_many_slots_at_most(monkeypatch):
    different = [
        person(f"p{n}", absences=[{"from": f"2027-01-{12 + n}", "to": f"2027-01-{12 + n}"}])
        for n in range(3)
    ]
    tree = rollout(people=different, departments=[])
    sites, calendar = allowance_of_sites(tree), SLOTS
    monkeypatch.setattr(allowance.Allowance, "__init__", limited(sites + calendar + 3 * SLOTS))
    problem_from_tree(tree)
    monkeypatch.setattr(allowance.Allowance, "__init__", limited(sites + calendar + 3 * SLOTS - 1))
    error = refused(json.dumps(tree))
    assert [(it.code, it.path) for it in error.faults] == [("too_large", "people[2]")]


def allowance_of_sites(tree):
    """What the ways between all pairs of sites count as: 8 slots each."""
    return 8 * len(tree["sites"]) ** 2


def limited(slots):
    def begin(self, faults, left=slots):
        self.faults, self.left = faults, left

    return begin


def test_a_list_has_so_many_entries_at_most(monkeypatch):
    monkeypatch.setattr(shape, "MAX_ENTRIES", 2)
    people = [person("ana"), person("bor"), person("eva"), 1]
    error = refused(json.dumps(rollout(people=people)))
    assert ("too_large", "people") in {(it.code, it.path) for it in error.faults}
    assert len(error.faults) == 1


def test_values_of_json_are_counted_before_they_are_made(monkeypatch):
    monkeypatch.setattr(yaml_tree, "MAX_NODES", 100)
    (fault,) = refused('{"x": [' + ",".join(["1"] * 150) + "]}").faults
    assert fault.code == "too_large"
    # commas within a text are no values
    (fault,) = refused(json.dumps({"x": "," * 150})).faults[:1]
    assert fault.code != "too_large"


def test_lines_are_looked_for_without_keeping_the_document(monkeypatch):
    kept = []
    monkeypatch.setattr(lines.yaml, "compose", lambda *_: kept.append(1), raising=False)
    error = refused("schema: rollout/1\npeople:\n- id: ana\n  wishes: 3\nx.y: 1\n")
    reported = {it.path: it.line for it in error.faults}
    assert reported["people[0].wishes"] == 4
    assert reported["x.y"] == 5
    assert kept == []
