"""What if, over HTTP: made, planned, compared with reasons, carried over, promoted."""

import pytest

from service.store.audit import Actor
from tests.service.jobs.processes import until
from tests.service.plans import planned
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
    told = client.get(f"/v1/scenarios/{scenario}/comparison", params={"base": before}).json()
    assert told["people"] == ["ana"]
    (moved,) = told["bookings"]
    assert (moved["what"], moved["before"]["id"]) == (["moved"], "t-a")
    assert moved["before"]["start"][:10] < "2027-01-18" <= moved["after"]["start"][:10]
    assert moved["edits"] == [0, 1]  # ana's absence, and the price that concerns everything
    finish = next(it for it in told["terms"] if it["term"] == "finish")
    assert finish["after"] > finish["before"]
    assert told["total"]["after"] > told["total"]["before"]


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
    told = client.get(f"/v1/scenarios/{scenario}/comparison").json()
    assert told["bookings"] == []
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
    told = client.get(f"/v1/scenarios/{scenario}/comparison").json()
    assert (told["before"]["plan"], told["after"]["plan"]) == (before, after)
    assert (told["before"]["revision"], told["after"]["planned"]["tasks"]["planned"]) == (1, 1)
    assert told["edits"] == edits
    (project,) = told["projects"]
    assert project == {
        "project": "erp",
        "before": {"cost": 8 * 60, "budget": 900},
        "after": {"cost": 8 * 30, "budget": 300},
    }
    accounts = {
        it["account"]: (it["before"]["cost"], it["after"]["cost"]) for it in told["accounts"]
    }
    assert accounts == {"own staff": (8 * 60, 0), "vendor": (0, 8 * 30), "rooms": (0, 0)}
    (late,) = told["late"]
    # Due to the end of Wednesday; Cyn works Thursday 08:00 to 17:00.
    assert (late["task"], late["before"], late["after"]["hours"]) == ("t-a", None, 17)
    cost = next(it for it in told["terms"] if it["term"] == "cost")
    assert (cost["price_before"], cost["price_after"]) == (1, 1)
    assert told["bookings"][0]["edits"] == [0, 1]
    assert told["open"] == []


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
