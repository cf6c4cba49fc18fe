"""Everything that can be wrong with a rollout document is said, with its place, and all at once."""

from __future__ import annotations

import pytest

from allocator.errors import InvalidDocument
from allocator.formats import faults as collected
from allocator.formats.document import problem_from_tree, read_problem
from allocator.formats.text.tree import dump_json
from tests.support.everything import ROLLOUT, faults, found, tree

SPOILED = [
    ("schema", "rollout/2", "schema", "not_allowed"),
    ("nmae", "x", "nmae", "unknown_field"),
    ("name", 12, "name", "not_text"),
    ("timezone", "Europe/Ljublana", "timezone", "unknown_timezone"),
    ("timezone", "../etc", "timezone", "unknown_timezone"),
    ("timezone", "Europe", "timezone", "unknown_timezone"),
    ("start", "2027-02-30", "start", "not_a_date"),
    ("start", "22.3.2027", "start", "not_a_date"),
    ("start", "0001-01-01", "start", "not_a_date"),
    ("end", "2027-03-21", "end", "end_before_start"),
    ("end", "2199-01-01", "end", "too_long"),
    ("slot_minutes", 20, "slot_minutes", "not_allowed"),
    ("slot_minutes", True, "slot_minutes", "not_allowed"),
    ("slot_minutes", "30", "slot_minutes", "not_allowed"),
    ("as_of", "2027-03-22T08:10", "as_of", "off_grid"),
    ("as_of", "2027-03-28T02:30", "as_of", "skipped_by_clocks"),
    ("as_of", "2027-03-22", "as_of", "not_a_moment"),
    ("as_of", "2027-03-22T25:00", "as_of", "not_a_moment"),
    ("as_of", "2027-03-22T08:00+05:00", "as_of", "wrong_offset"),
    ("calendars[0].weekly.mon", ["12:00-08:30"], "calendars[0].weekly.mon", "overlap"),
    ("calendars[0].weekly.mon", ["08:00-08:00"], "calendars[0].weekly.mon[0]", "end_before_start"),
    ("calendars[1].weekly", None, "calendars[1]", "missing_field"),
    (
        "calendars[1].rotation",
        {"from": "2027-03-22", "weeks": [{}]},
        "calendars[1]",
        "contradiction",
    ),
    (
        "calendars[0].rotation",
        {"from": "2027-03-22", "weeks": []},
        "calendars[0].rotation.weeks",
        "empty_list",
    ),
    (
        "calendars[0].roster",
        [{"date": "2027-03-23"}, {"date": "2027-03-23"}],
        "calendars[0].roster[1].date",
        "duplicate_id",
    ),
    (
        "calendars[0].roster",
        [{"date": "2027-03-23", "hours": ["22:10-06:00"]}],
        "calendars[0].roster[0].hours[0]",
        "off_grid",
    ),
    (
        "calendars[0].roster",
        [
            {"date": "2027-03-24", "hours": ["05:00-12:00"]},
            {"date": "2027-03-23", "hours": ["22:00-06:00"]},
        ],
        "calendars[0].roster[1].hours",
        "overlap",
    ),
    ("calendars[0].weekly.mon", ["08:10-12:00"], "calendars[0].weekly.mon[0]", "off_grid"),
    ("calendars[0].weekly.mon", ["08:00-24:30"], "calendars[0].weekly.mon[0]", "not_a_stretch"),
    ("calendars[0].weekly.mon", ["8-12"], "calendars[0].weekly.mon[0]", "not_a_stretch"),
    (
        "calendars[0].weekly.tue",
        ["10:00-12:00", "08:00-10:30"],
        "calendars[0].weekly.tue",
        "overlap",
    ),
    ("calendars[0].weekly.monday", [], "calendars[0].weekly.monday", "unknown_field"),
    ("calendars[1].id", "office", "calendars[1].id", "duplicate_id"),
    ("sites[0].calendar", "offise", "sites[0].calendar", "unknown_calendar"),
    ("sites[1].timezone", "Asia/Kathmandu", "sites[1].timezone", "zone_off_grid"),
    ("travel[0].to", "lj", "travel[0]", "refers_to_itself"),
    ("travel[0].to", "ljx", "travel[0].to", "unknown_site"),
    ("travel[0].minutes", -1, "travel[0].minutes", "negative"),
    ("departments[0].headcount", -1, "departments[0].headcount", "negative"),
    ("departments[0].headcount", 4.5, "departments[0].headcount", "not_a_whole_number"),
    ("departments[0].headcount", True, "departments[0].headcount", "not_a_whole_number"),
    ("departments[0].headcount", "40", "departments[0].headcount", "not_a_whole_number"),
    ("departments[0].headcount", 10**30, "departments[0].headcount", "out_of_range"),
    ("departments[0].release_limit", 1.5, "departments[0].release_limit", "out_of_range"),
    ("departments[0].closed[0].to", "2027-03-30", "departments[0].closed[0]", "end_before_start"),
    (
        "departments[1].green_light",
        {"status": "pending"},
        "departments[1].green_light",
        "missing_field",
    ),
    ("departments[1].green_light.status", "no", "departments[1].green_light.status", "not_allowed"),
    ("people[0].skills[0].skill", "tyll", "people[0].skills[0].skill", "unknown_skill"),
    ("people[0].skills[0].level", 6, "people[0].skills[0].level", "out_of_range"),
    ("people[0].skills[0].level", 0, "people[0].skills[0].level", "out_of_range"),
    ("people[0].absences[0].to", "2027-03-24", "people[0].absences[0]", "end_before_start"),
    ("people[0].absences[0].to", "2027-03-27T08:00", "people[0].absences[0]", "mixed_range"),
    ("people[0].absences[1].to", "2027-04-01T08:00", "people[0].absences[1]", "end_before_start"),
    ("people[0].absences[1].to", "2027-04-01T08:20", "people[0].absences[1].to", "off_grid"),
    ("people[0].limits.hours_per_day", 8.25, "people[0].limits.hours_per_day", "off_grid"),
    ("people[0].limits.days_in_row", 0, "people[0].limits.days_in_row", "out_of_range"),
    ("people[0].limits.weekends_off", 6, "people[0].limits.weekends_off", "out_of_range"),
    ("people[0].notice_hours", 0.2, "people[0].notice_hours", "off_grid"),
    ("people[0].limits.rest_hours", 1.5, "people[0].limits.rest_hours", "out_of_range"),
    ("people[0].limits.rest_hours", 20.5, "people[0].limits.rest_hours", "out_of_range"),
    ("people[0].limits.rest_hours", 11.25, "people[0].limits.rest_hours", "off_grid"),
    ("people[0].cost_per_hour", 62.505, "people[0].cost_per_hour", "too_many_decimals"),
    ("people[0].cost_per_hour", "62", "people[0].cost_per_hour", "not_a_number"),
    ("people[0].cost_per_hour", float("nan"), "people[0].cost_per_hour", "not_a_number"),
    ("people[0].cost_per_hour", float("inf"), "people[0].cost_per_hour", "not_a_number"),
    ("people[3].vendor", "acmee", "people[3].vendor", "unknown_vendor"),
    ("people[2]", {"id": "cid"}, "people[2]", "missing_field"),
    ("rooms[0].seats", None, "rooms[0].seats", "not_a_whole_number"),
    ("rooms[0].changeover_minutes", -1, "rooms[0].changeover_minutes", "negative"),
    ("projects[0].budget", -1, "projects[0].budget", "negative"),
    ("waves[0].departments", [], "waves[0].departments", "empty_list"),
    ("waves[0].departments", ["shop", "shop"], "waves[0].departments[1]", "duplicate_id"),
    ("tasks[0].crew", [], "tasks[0].crew", "empty_list"),
    ("tasks[0].crew[0].people", 0, "tasks[0].crew[0].people", "out_of_range"),
    ("tasks[0].crew[1].hours", 0, "tasks[0].crew[1].hours", "out_of_range"),
    ("tasks[0].crew[1].hours", 8.2, "tasks[0].crew[1].hours", "off_grid"),
    ("tasks[0].progress.done_hours", 8, "tasks[0].progress.done_hours", "too_many_hours_done"),
    ("tasks[0].progress.finished", "2027-03-22", "tasks[0].progress", "contradiction"),
    ("tasks[0].after", ["t-config"], "tasks[0].after", "cycle"),
    ("tasks[0].after", ["t-install"], "tasks[0].after", "cycle"),
    ("tasks[1].after[1].lag_hours", 0.2, "tasks[1].after[1].lag_hours", "off_grid"),
    ("tasks[1].after[1].lag_hours", -0.2, "tasks[1].after[1].lag_hours", "off_grid"),
    ("tasks[1].after[1].lag_hours", 43_920.5, "tasks[1].after[1].lag_hours", "too_large"),
    ("tasks[1].after[1].lag_hours", -43_920.5, "tasks[1].after[1].lag_hours", "too_large"),
    ("tasks[1].after[1].lag_hours", float("-inf"), "tasks[1].after[1].lag_hours", "not_a_number"),
    ("tasks[1].after[1].lag_hours", "-8", "tasks[1].after[1].lag_hours", "not_a_number"),
    ("tasks[0].after", [{"task": "t-install", "lag_hours": -8}], "tasks[0].after", "cycle"),
    ("tasks[1].after[1].type", "XX", "tasks[1].after[1].type", "not_allowed"),
    ("tasks[1].after[0]", "t-instal", "tasks[1].after[0]", "unknown_task"),
    ("tasks[1].after[1].task", "t-odl", "tasks[1].after[1].task", "unknown_task"),
    ("tasks[1].after[0]", 7, "tasks[1].after[0]", "not_a_mapping"),
    ("tasks[1].change", "yes", "tasks[1].change", "not_true_or_false"),
    ("tasks[1].department", None, "tasks[1]", "missing_field"),
    ("tasks[0].earliest", "go-live-2", "tasks[0].earliest", "without_go_live"),
    ("tasks[1].deadline", "go-live+1T18:10", "tasks[1].deadline", "off_grid"),
    ("tasks[1].deadline", "go-live+1T24:00", "tasks[1].deadline", "not_a_date"),
    ("tasks[1].due", "go-live 2", "tasks[1].due", "not_a_date"),
    ("tasks[1].due", "go-live-3661", "tasks[1].due", "not_a_date"),
    ("tasks[3].pin.start", "go-live-1", "tasks[3].pin.start", "not_a_moment"),
    ("tasks[1].same_people_as", "t-config", "tasks[1].same_people_as", "refers_to_itself"),
    ("tasks[1].same_people_as", "t-x", "tasks[1].same_people_as", "unknown_task"),
    ("tasks[1].priority", 6, "tasks[1].priority", "out_of_range"),
    ("tasks[3].pin.people", ["ann"], "tasks[3].pin.people[0]", "unknown_person"),
    ("tasks[3].pin.people", ["ana", "ana"], "tasks[3].pin.people[1]", "duplicate_id"),
    ("tasks[3].pin.start", "2027-03-28T01:30", "tasks[3].pin.start", "skipped_by_clocks"),
    ("courses[0].after", ["c-basic"], "courses[0].after", "cycle"),
    ("courses[1].class_size.min", 13, "courses[1].class_size", "min_above_max"),
    ("courses[1].hours", 0, "courses[1].hours", "out_of_range"),
    ("courses[1].virtual", True, "courses[1]", "contradiction"),
    ("courses[1].materials", "t", "courses[1].materials", "unknown_task"),
    ("courses[1].window.open_days_before_go_live", 1, "courses[1].window", "end_before_start"),
    ("courses[1].grants.skill", "x", "courses[1].grants.skill", "unknown_skill"),
    ("audiences[0].courses", ["c-intro", "c-intro"], "audiences[0].courses[1]", "duplicate_id"),
    ("audiences[0].headcount", None, "audiences[0]", "missing_field"),
    ("audiences[0].trained[0].heads", None, "audiences[0].trained[0]", "missing_field"),
    (
        "audiences[0].trained[0].members",
        ["ana"],
        "audiences[0].trained[0].members[0]",
        "not_a_member",
    ),
    ("audiences[1].headcount", 3, "audiences[1].headcount", "headcount_mismatch"),
    (
        "audiences[1].trained",
        [{"course": "c-intro", "heads": 1, "on": "2027-03-20"}],
        "audiences[1].trained[0]",
        "missing_field",
    ),
    ("support[0].hours", "08:00-08:00", "support[0].hours", "end_before_start"),
    ("support[0].days", ["sunday"], "support[0].days[0]", "not_allowed"),
    ("support[0].users", {"share": 1.5}, "support[0].users.share", "out_of_range"),
    (
        "support[0].users",
        {"audiences": ["depot-clerks"]},
        "support[0].users.audiences[0]",
        "not_of_the_wave",
    ),
    ("support[0].users", {"audiences": ["x"]}, "support[0].users.audiences[0]", "unknown_audience"),
    ("support[0].hours", "08:15-16:00", "support[0].hours", "off_grid"),
    ("support[0].curve", [], "support[0].curve", "empty_list"),
    ("support[0].curve[1].days", "2-4", "support[0].curve[1].days", "overlap"),
    ("support[0].curve[1].days", "5-4", "support[0].curve[1].days", "end_before_start"),
    ("support[0].curve[1].days", "0", "support[0].curve[1].days", "not_days"),
    (
        "support[0].curve[1].users_per_supporter",
        0,
        "support[0].curve[1].users_per_supporter",
        "out_of_range",
    ),
    ("freezes[0].to", "2027-04-01", "freezes[0]", "end_before_start"),
    ("freezes[0].from", "go-live", "freezes[0].from", "without_go_live"),
    ("freezes[0].wave", "w9", "freezes[0].wave", "unknown_wave"),
    ("freezes[0].departments", [], "freezes[0].departments", "empty_list"),
    ("goals.preset", "cheap", "goals.preset", "not_allowed"),
    ("goals.prices.lateness", "free", "goals.prices.lateness", "not_a_number"),
    ("goals.prices.latness", 1, "goals.prices.latness", "unknown_field"),
    ("published", {"plan": {"schema": "plan/2"}}, "published.plan.schema", "not_allowed"),
    ("name", "x" * 2001, "name", "too_long"),
    ("currency", "", "currency", "empty_text"),
    ("tasks[0].id", "", "tasks[0].id", "empty_text"),
    ("tasks[0].id", 7, "tasks[0].id", "not_text"),
    ("tasks[1].after[1].lag", 8, "tasks[1].after[1].lag", "unknown_field"),
    ("tasks[0].<<", {}, "tasks[0].<<", "unknown_field"),
    ("travel", [{"from": "lj", "to": "ld", "minutes": 5}] * 2, "travel[1]", "duplicate_pair"),
    ("audiences[0].department", "shp", "audiences[0].department", "unknown_department"),
    ("departments[0].site", "lx", "departments[0].site", "unknown_site"),
    ("tasks", {}, "tasks", "not_a_list"),
    ("tasks[0]", "t-install", "tasks[0]", "not_a_mapping"),
    ("people", None, "people", "not_a_list"),
]
"""(field, what it is set to, path of the fault, code of the fault)."""


def spoil(document, field, value):
    *way, last = field.replace("[", ".[").split(".")
    for step in way:
        document = document[int(step[1:-1])] if step.startswith("[") else document[step]
    document[int(last[1:-1]) if last.startswith("[") else last] = value


@pytest.mark.parametrize(("field", "value", "path", "code"), SPOILED)
def test_each_fault_is_named_where_it_is(field, value, path, code):
    document = tree()
    spoil(document, field, value)
    assert (path, code) in found(document)


@pytest.mark.parametrize(("field", "value"), [case[:2] for case in SPOILED])
def test_a_single_mistake_is_not_reported_as_many(field, value):
    document = tree()
    spoil(document, field, value)
    assert len(faults(document)) <= 2


def test_faults_of_shape_of_reference_and_of_time_are_reported_together():
    document = tree()
    document["people"][0]["cost_per_hour"] = "much"
    document["tasks"][0]["project"] = "pso"
    document["tasks"][3]["pin"]["start"] = "2027-03-30T10:10"
    document["support"][0]["wave"] = "w9"
    document["extra"] = 1
    assert found(document) == {
        ("people[0].cost_per_hour", "not_a_number"),
        ("extra", "unknown_field"),
        ("tasks[0].project", "unknown_project"),
        ("support[0].wave", "unknown_wave"),
        ("tasks[3].pin.start", "off_grid"),
    }


def test_an_entry_that_cannot_be_read_may_still_be_referred_to():
    document = tree()
    document["tasks"][0]["crew"] = "two"
    document["courses"][0]["hours"] = "two"
    document["skills"][0]["nmae"] = "Till"
    document["tasks"][3]["site"] = "lx"
    assert found(document) == {
        ("tasks[0].crew", "not_a_list"),
        ("courses[0].hours", "not_a_number"),
        ("skills[0].nmae", "unknown_field"),
        ("tasks[3].site", "unknown_site"),
    }


def test_a_rollout_without_a_usable_start_still_has_its_references_checked():
    document = tree()
    document["start"] = "soon"
    document["tasks"][0]["project"] = "pso"
    assert found(document) == {("start", "not_a_date"), ("tasks[0].project", "unknown_project")}


def test_a_message_names_the_id_the_numbers_and_what_was_perhaps_meant():
    document = tree()
    document["tasks"][0]["project"] = "pso"
    document["tasks"][1]["deadlin"] = document["tasks"][1].pop("deadline")
    document["courses"][1]["class_size"]["min"] = 13
    assert {fault.message for fault in faults(document)} == {
        'There is no project "pso". Did you mean "pos"?',
        'There is no field "deadlin" here. Did you mean "deadline"?',
        "A class has at least 13 and at most 12 heads.",
    }


def test_a_misspelt_field_deep_inside_is_named_with_the_nearest_one():
    document = tree()
    document["tasks"][1]["after"][1]["lag_hour"] = 8
    document["people"][0]["limits"]["hours_per_dya"] = 8
    assert [fault.message for fault in faults(document)] == [
        'There is no field "hours_per_dya" here. Did you mean "hours_per_day"?',
        'There is no field "lag_hour" here. Did you mean "lag_hours"?',
    ]


def test_a_fault_reads_as_a_sentence_with_its_place():
    with pytest.raises(InvalidDocument) as caught:
        read_problem(ROLLOUT.replace("headcount: 40", "headcount: -40").encode())
    line = ROLLOUT.splitlines().index("    headcount: 40") + 1
    assert str(caught.value) == f"line {line}, departments[0].headcount: -40 is negative."


def test_json_that_yaml_cannot_read_has_faults_without_lines():
    document = dump_json(tree() | {"name": "\U0001f600", "slot_minutes": 20})
    content = document.replace("\U0001f600", "\\ud83d\\ude00").encode()
    with pytest.raises(InvalidDocument) as caught:
        read_problem(content)
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [("slot_minutes", None)]


def test_a_circle_of_tasks_is_spelled_out():
    document = tree()
    document["tasks"][0]["after"] = ["t-config"]
    document["tasks"][1]["after"] = ["t-meet"]
    document["tasks"][3]["after"] = [{"task": "t-install", "type": "FF"}]
    (fault,) = faults(document)
    assert fault.message == (
        "The task would have to come after itself: "
        '"t-install" after "t-config" after "t-meet" after "t-install".'
    )


def test_a_long_chain_of_tasks_is_no_circle_and_is_read_without_recursion():
    document = tree()
    links = [(f"t{number}", [f"t{number + 1}"]) for number in range(5000)] + [("t5000", [])]
    crew = [{"skill": "till", "hours": 1}]
    document["tasks"] += [
        {"id": id_, "project": "pos", "crew": crew, "after": after} for id_, after in links
    ]
    assert len(problem_from_tree(document).tasks) == 4 + 5001


def test_a_missing_required_field_is_named():
    document = tree()
    del document["name"], document["tasks"][0]["project"]
    assert found(document) == {("name", "missing_field"), ("tasks[0].project", "missing_field")}


def test_the_clocks_of_the_rollout_must_fit_its_slots():
    document = tree()
    document |= {"timezone": "Australia/Lord_Howe", "end": "2027-04-11", "slot_minutes": 60}
    assert ("timezone", "zone_off_grid") in found(document)


def test_a_zone_half_an_hour_off_fits_slots_of_half_an_hour():
    document = tree()
    document["sites"][1]["timezone"] = "Asia/Kolkata"
    assert problem_from_tree(document).axis.zones[1] == "Asia/Kolkata"


def test_an_unknown_preset_is_refused():
    with pytest.raises(InvalidDocument, match="cheapest"):
        problem_from_tree(tree(), preset="cheapst")


@pytest.mark.parametrize("top", [None, [], "text", 3, True])
def test_a_document_that_is_no_mapping_is_refused(top):
    assert found(top) == {("", "not_a_mapping")}


def test_faults_in_a_file_have_the_line_of_their_field():
    text = ROLLOUT.replace("class_size: {max: 20}", "class_size: {max: 0}")
    text = text.replace("    splittable: false", "    splitable: false")
    with pytest.raises(InvalidDocument) as caught:
        read_problem(text.encode())
    lines = text.splitlines()
    assert {(fault.path, lines[fault.line - 1].strip()[:14]) for fault in caught.value.faults} == {
        ("tasks[1].splitable", "splitable: fal"),
        ("courses[0].class_size.max", "- {id: c-intro"),
    }


def test_a_missing_field_has_the_line_of_the_entry_that_lacks_it():
    text = ROLLOUT.replace("    project: pos\n    hours: 4\n", "    hours: 4\n")
    with pytest.raises(InvalidDocument) as caught:
        read_problem(text.encode())
    (fault,) = caught.value.faults
    assert fault.path == "courses[1].project"
    assert text.splitlines()[fault.line - 1] == "  - id: c-basic"


def test_endless_faults_are_counted_not_listed():
    document = tree()
    document["people"] += [{"id": f"p{number}", "site": "x"} for number in range(1500)]
    reported = faults(document)
    assert len(reported) == collected.MAX_FAULTS + 1
    assert reported[-1].message == "There are 500 more faults."


def test_hours_that_end_when_they_begin_are_no_night():
    document = tree()
    spoil(document, "support[0].hours", "08:00-08:00")
    assert [fault.message for fault in faults(document)] == [
        "08:00-08:00 ends when it begins; the whole day is 00:00-24:00."
    ]


NIGHT = {"sun": ["22:00-06:00"]}


def weeks_of(monday):
    """A week, and two in rotation, with a night of Sunday before a stretch of Monday."""
    turns = {"from": "2027-03-22", "weeks": [NIGHT, {"mon": [monday]}]}
    return [("weekly", NIGHT | {"mon": [monday]}), ("rotation", turns)]


def test_a_night_may_end_when_the_next_day_begins():
    for field, value in weeks_of("06:00-12:00"):
        document = tree()
        document["calendars"][1] = {"id": "floor", field: value}
        assert problem_from_tree(document)


def test_a_night_does_not_end_later_than_the_next_day_begins():
    places = {"weekly": "weekly.sun", "rotation": "rotation.weeks[0].sun"}
    for field, value in weeks_of("05:30-12:00"):
        document = tree()
        document["calendars"][1] = {"id": "floor", field: value}
        assert found(document) == {(f"calendars[1].{places[field]}", "overlap")}
