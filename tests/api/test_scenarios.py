"""What if, over HTTP: made, planned, compared with reasons, carried over, promoted."""

import pytest

from service.store import rollouts
from service.store.audit import Actor
from tests.service.jobs.processes import until
from tests.service.plans import ended, planned
from tests.support.small import rollout, task

LOCAL = Actor("default", "local")
TREE = rollout(
    tasks=[
        task("t-a", hours=8, pin={"people": ["ana"]}),
        task("t-b", hours=8, pin={"people": ["bor"]}),
    ]
)
GONE = {"edit": "absent", "person": "ana", "from": "2027-01-11", "to": "2027-01-15"}
CALM = {"edit": "price", "term": "finish", "price": 1}


@pytest.fixture
def kept(client):
    return client.post("/v1/rollouts", json=TREE).json()["id"]


@pytest.fixture
def scenario(client, kept):
    """Ana is away in the first week."""
    wanted = {"rollout": kept, "name": "Ana is away", "edits": [GONE]}
    answer = client.post("/v1/scenarios", json=wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def test_a_scenario_is_planned_like_a_rollout_and_is_not_listed_among_them(client, kept, scenario):
    assert [it["id"] for it in client.get("/v1/rollouts").json()["items"]] == [kept]
    assert [it["id"] for it in client.get(f"/v1/scenarios?rollout={kept}").json()["items"]] == [
        scenario
    ]
    document = client.get(f"/v1/rollouts/{scenario}").json()
    assert document["people"][0]["absences"] == [{"from": "2027-01-11", "to": "2027-01-15"}]
    assert client.get(f"/v1/rollouts/{kept}").json() == TREE
    asked = client.post("/v1/plans", json={"rollout": scenario, "seconds": 1})
    assert asked.status_code == 202


def test_a_comparison_says_what_differs_and_which_edit_it_is_due_to(
    database, client, kept, scenario
):
    client.put(f"/v1/scenarios/{scenario}", json={"edits": [GONE, CALM | {"price": 0.2}]})
    before, _ = planned(database, LOCAL, kept), planned(database, LOCAL, scenario)
    reported = client.get(f"/v1/scenarios/{scenario}/comparison", params={"base": before}).json()
    assert reported["people"] == ["ana"]
    (moved,) = reported["bookings"]
    assert (moved["what"], moved["before"]["id"]) == (["moved"], "t-a")
    assert moved["before"]["start"][:10] < "2027-01-18" <= moved["after"]["start"][:10]
    assert moved["edits"] == [0, 1]  # ana's absence, and the price that concerns everything
    finish = next(it for it in reported["terms"] if it["term"] == "finish")
    assert finish["after"] > finish["before"]
    assert reported["total"]["after"] > reported["total"]["before"]


@pytest.mark.parametrize("who", ["ana", "bor"])
def test_a_scenario_begins_with_the_plan_of_its_rollout(database, client, worker, who):
    # Three days one after another: who works on them makes no difference, so all stay where the
    # plan of the rollout has them, whoever that is.
    tasks = [task(f"t{it}", hours=8, after=[f"t{it - 1}"] if it else []) for it in range(3)]
    pinned = [it | {"pin": {"people": [who]}} for it in tasks]
    goals = {"prices": {"unfairness": 0}}
    kept = client.post("/v1/rollouts", json=rollout(tasks=pinned, goals=goals)).json()["id"]
    before = planned(database, LOCAL, kept)
    client.patch(f"/v1/rollouts/{kept}", json={"tasks": tasks}, headers={"If-Match": "*"})
    dearer = {"edit": "price", "term": "lateness", "price": 11}
    wanted = {"rollout": kept, "name": "Later is dearer", "edits": [dearer]}
    scenario = client.post("/v1/scenarios", json=wanted).json()["id"]
    asked = client.post("/v1/plans", json={"rollout": scenario, "workers": 1}).json()
    assert asked["base"] == before
    worker()
    until(lambda: client.get(f"/v1/plans/{asked['id']}").json()["state"] == "done")
    planned(database, LOCAL, kept)  # a later plan of the rollout is not what it began with
    reported = client.get(f"/v1/scenarios/{scenario}/comparison").json()
    assert reported["bookings"] == []
    booked = client.get(f"/v1/plans/{asked['id']}/result").json()["plan"]["tasks"]
    assert [it["crew"][0]["person"] for it in booked] == [who] * 3


def test_a_comparison_has_both_plans_their_money_and_what_gets_late_or_open(database, client):
    acme = {"id": "acme", "name": "ACME", "lead_days": 0}
    cheap = TREE["people"][1] | {"id": "cyn", "cost_per_hour": 30, "vendor": "acme"}
    tree = rollout(
        vendors=[acme],
        people=[*TREE["people"], cheap],
        projects=[{"id": "erp", "budget": 900}],
        tasks=[task("t-a", hours=8, due="2027-01-13", pin={"people": ["ana"]})],
    )
    kept = client.post("/v1/rollouts", json=tree).json()["id"]
    edits = [
        {"edit": "pin", "task": "t-a", "people": ["cyn"], "start": "2027-01-14T08:00"},
        {"edit": "budget", "project": "erp", "budget": 300},
    ]
    asked = {"rollout": kept, "name": "Let ACME do it", "edits": edits}
    scenario = client.post("/v1/scenarios", json=asked).json()["id"]
    before, after = planned(database, LOCAL, kept), planned(database, LOCAL, scenario)
    reported = client.get(f"/v1/scenarios/{scenario}/comparison").json()
    assert (reported["before"]["plan"], reported["after"]["plan"]) == (before, after)
    assert (reported["before"]["revision"], reported["after"]["planned"]["tasks"]["planned"]) == (
        1,
        1,
    )
    assert reported["edits"] == edits
    (project,) = reported["projects"]
    assert project == {
        "project": "erp",
        "before": {"cost": 8 * 60, "budget": 900},
        "after": {"cost": 8 * 30, "budget": 300},
    }
    accounts = {
        it["account"]: (it["before"]["cost"], it["after"]["cost"]) for it in reported["accounts"]
    }
    assert accounts == {"own staff": (8 * 60, 0), "vendor": (0, 8 * 30), "rooms": (0, 0)}
    (late,) = reported["late"]
    # Due to the end of Wednesday; Cyn works Thursday 08:00 to 17:00.
    assert (late["task"], late["before"], late["after"]["hours"]) == ("t-a", None, 17)
    cost = next(it for it in reported["terms"] if it["term"] == "cost")
    assert (cost["price_before"], cost["price_after"]) == (1, 1)
    assert reported["bookings"][0]["edits"] == [0, 1]
    assert reported["open"] == []


SKILLED = rollout(
    people=[TREE["people"][0], TREE["people"][1] | {"skills": []}], tasks=[task("t-a", hours=8)]
)
"""Ana alone can do what there is to do."""

NOTHING = {"edit": "due", "task": "t-a", "due": None}
AWAY = {"edit": "leave", "person": "ana", "from": "2027-01-11"}
MORE = {"edit": "one_more", "like": "ana", "id": "cyn"}


def tried(client, rollout_id, edits):
    """A what-if that has been solved beside its control: its id, its run and the comparison."""
    wanted = {"rollout": rollout_id, "name": "Try", "edits": edits}
    scenario = client.post("/v1/scenarios", json=wanted).json()["id"]
    asked = client.post("/v1/plans", json={"rollout": scenario, "workers": 1}).json()
    for run in (asked["id"], asked["control"]):
        until(lambda it=run: client.get(f"/v1/plans/{it}").json()["state"] == "done")
    return scenario, asked, client.get(f"/v1/scenarios/{scenario}/comparison").json()


def test_what_ifs_are_measured_against_one_control_that_is_no_plan_of_the_rollout(
    database, client, worker
):
    kept = client.post("/v1/rollouts", json=SKILLED).json()["id"]
    start = planned(database, LOCAL, kept)
    worker()
    _, first, nothing = tried(client, kept, [NOTHING])
    _, second, away = tried(client, kept, [AWAY])
    _, third, more = tried(client, kept, [MORE])
    assert first["control"] == second["control"] == third["control"]
    control = client.get(f"/v1/plans/{first['control']}").json()
    assert (control["kind"], control["rollout"], control["revision"]) == ("control", kept, 1)
    assert (control["base"], control["limit"]) == (first["base"], first["limit"]) == (start, 60)
    listed = client.get("/v1/plans", params={"rollout": kept}).json()["items"]
    assert [it["id"] for it in listed] == [start]
    controls = client.get("/v1/plans", params={"rollout": kept, "kind": "control"}).json()["items"]
    assert [it["id"] for it in controls] == [first["control"]]

    assert nothing["effect"]["verdict"] == "none"
    assert nothing["bookings"] == []
    assert {it["verdict"] for it in nothing["effect"]["terms"].values()} == {"none"}
    # Eight hours of priority 3 are left open: no plan without Ana can be as good.
    assert away["effect"]["verdict"] == "proved worse"
    assert away["effect"]["terms"]["open_work"]["after"] == 8 * 3
    assert more["effect"]["verdict"] == "none"
    assert more["effect"]["holds"] is True
    # Who has to be notified follows from the plan that people know, not by the control.
    assert away["effect"]["from_start"] == {"bookings": 1, "people": ["ana"]}
    assert more["effect"]["from_start"] == {"bookings": 0, "people": []}


def test_until_there_is_a_control_nothing_is_said_of_an_effect(database, client, kept, scenario):
    planned(database, LOCAL, kept)
    asked = client.post("/v1/plans", json={"rollout": scenario, "workers": 1}).json()
    with database.read() as connection:
        _, tree = rollouts.document(connection, LOCAL.tenant, scenario)
    ended(database, LOCAL, asked["id"], tree)
    reported = client.get(f"/v1/scenarios/{scenario}/comparison").json()
    assert reported["effect"]["control"]["plan"] == asked["control"]
    assert (reported["effect"]["verdict"], reported["effect"]["why"]) == ("undecided", "pending")


def test_totals_at_other_prices_are_not_compared(database, client, worker):
    kept = client.post("/v1/rollouts", json=TREE).json()["id"]
    planned(database, LOCAL, kept)
    worker()
    dearer = {"edit": "price", "term": "cost", "price": 7}
    _, _, reported = tried(client, kept, [dearer])
    assert (reported["effect"]["verdict"], reported["effect"]["total"]) == ("not compared", None)
    assert reported["effect"]["terms"]["cost"]["verdict"] == "none"


def test_whoever_gives_up_a_what_if_gives_up_its_control_unless_another_one_waits_for_it(
    database, client, kept, scenario
):
    planned(database, LOCAL, kept)
    other = client.post("/v1/scenarios", json={"rollout": kept, "name": "x", "edits": [CALM]})
    first, second = (
        client.post("/v1/plans", json={"rollout": it}).json()
        for it in (scenario, other.json()["id"])
    )
    assert first["control"] == second["control"]

    def state():
        return client.get(f"/v1/plans/{first['control']}").json()["state"]

    client.post(f"/v1/plans/{first['id']}/cancel")
    assert state() == "queued"
    client.post(f"/v1/plans/{second['id']}/cancel")
    assert state() == "cancelled"
    again = client.post("/v1/plans", json={"rollout": scenario}).json()
    assert again["control"] != first["control"]


def test_publishing_changes_nothing_of_what_is_planned(database, client, kept, scenario):
    plan = planned(database, LOCAL, kept)
    planned(database, LOCAL, scenario)
    published = {"plan": plan, "approved": False, "frozen_until": "2027-01-12"}
    about = client.post(f"/v1/rollouts/{kept}/published", json=published).json()
    assert (about["revision"], about["content"]) == (2, 1)
    found = client.get(f"/v1/scenarios/{scenario}").json()
    assert (found["behind"], found["planned"], found["outdated"]) == (False, True, False)
    preview = client.get(f"/v1/plans/{plan}/publishing").json()
    assert (preview["revision"], preview["content"], preview["latest"]) == (1, 1, 2)
    promoted = client.post(f"/v1/scenarios/{scenario}/promote").json()
    assert (promoted["revision"], promoted["content"]) == (3, 3)
    document = client.get(f"/v1/rollouts/{kept}").json()
    assert document["people"][0]["absences"]
    assert document["published"]["frozen_until"] == "2027-01-12"


def test_a_plan_from_before_the_edits_or_the_rollout_changed_is_old(
    database, client, kept, scenario
):
    planned(database, LOCAL, kept)
    planned(database, LOCAL, scenario)

    def found():
        it = client.get(f"/v1/scenarios/{scenario}").json()
        return it["behind"], it["outdated"]

    def comparison():
        return client.get(f"/v1/scenarios/{scenario}/comparison").json()

    assert (found(), comparison()["outdated"]) == ((False, False), False)
    client.put(f"/v1/scenarios/{scenario}", json={"edits": [GONE, CALM]})
    reported = comparison()
    assert (found(), reported["outdated"], reported["edits"]) == ((False, True), True, [])
    planned(database, LOCAL, scenario)
    assert found() == (False, False)
    rooms = [TREE["rooms"][0] | {"seats": 9}]
    client.patch(f"/v1/rollouts/{kept}", json={"rooms": rooms}, headers={"If-Match": "*"})
    assert found() == (True, False)
    client.post(f"/v1/scenarios/{scenario}/rebase", json={})
    assert found() == (False, True)


def test_without_plans_there_is_nothing_to_compare(client, scenario):
    assert client.get(f"/v1/scenarios/{scenario}/comparison").status_code == 409


def test_a_promoted_scenario_is_the_next_revision_of_its_rollout(client, kept, scenario):
    answer = client.post(f"/v1/scenarios/{scenario}/promote")
    assert answer.json()["revision"] == 2
    assert (
        client.get(f"/v1/rollouts/{kept}").json() == client.get(f"/v1/rollouts/{scenario}").json()
    )
    assert client.get(f"/v1/scenarios/{scenario}").json()["promoted_at"]


def test_a_scenario_is_carried_over_when_its_rollout_moves_on(client, kept, scenario):
    any_ = {"If-Match": "*"}
    client.patch(f"/v1/rollouts/{kept}", json={"name": "Moved on"}, headers=any_)
    assert client.post(f"/v1/scenarios/{scenario}/promote").status_code == 409
    assert client.post(f"/v1/scenarios/{scenario}/rebase", json={}).json()["revision"] == 2
    document = client.get(f"/v1/rollouts/{scenario}").json()
    assert (document["name"], len(document["people"][0]["absences"])) == ("Moved on", 1)
    assert client.post(f"/v1/scenarios/{scenario}/promote").json()["revision"] == 3


def test_edits_that_are_in_the_way_are_named_and_can_be_dropped(client, kept, scenario):
    others = [TREE["people"][0] | {"cost_per_hour": 10}, TREE["people"][1]]
    client.patch(f"/v1/rollouts/{kept}", json={"people": others}, headers={"If-Match": "*"})
    answer = client.post(f"/v1/scenarios/{scenario}/rebase", json={})
    assert answer.status_code == 409
    assert [it["path"] for it in answer.json()["faults"]] == ["edits[0]"]
    assert "people ana" in answer.json()["faults"][0]["message"]
    again = client.post(f"/v1/scenarios/{scenario}/rebase", json={"drop": [0]})
    assert (again.json()["edits"], again.json()["revision"]) == ([], 2)


@pytest.mark.parametrize(
    "edit",
    [
        {"edit": "leave", "person": "zoe", "from": "2027-01-11"},
        {"edit": "leave", "person": "ana", "from": "tomorrow"},
        {"edit": "unknown"},
        {"edit": "budget", "project": "erp", "budget": -1},
    ],
)
def test_edits_that_cannot_be_made_are_refused_with_their_place(client, kept, edit):
    wanted = {"rollout": kept, "name": "x", "edits": [GONE, edit]}
    answer = client.post("/v1/scenarios", json=wanted)
    assert answer.status_code == 422
    assert "edits[1]" in answer.json()["faults"][0]["path"]


def test_a_scenario_is_changed_by_its_edits_alone(client, scenario):
    answer = client.put(f"/v1/rollouts/{scenario}", json=TREE, headers={"If-Match": "*"})
    assert answer.status_code == 409


def test_what_happens_is_not_written_down_in_a_scenario(client, scenario):
    done = {"actuals": [{"edit": "progress", "task": "t-a", "done_hours": 4}]}
    assert client.post(f"/v1/rollouts/{scenario}/actuals", json=done).status_code == 409
    again = {"as_of": "2027-01-12T08:00"}
    assert client.post(f"/v1/rollouts/{scenario}/replan", json=again).status_code == 409
    assert client.get(f"/v1/rollouts/{scenario}/about").json()["revision"] == 1


def test_a_removed_scenario_is_gone(client, kept, scenario):
    assert client.delete(f"/v1/scenarios/{scenario}").status_code == 204
    assert client.get(f"/v1/scenarios/{scenario}").status_code == 404
    assert client.get(f"/v1/scenarios?rollout={kept}").json()["items"] == []
