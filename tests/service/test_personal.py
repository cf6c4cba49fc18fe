"""What is kept of a person is shown whole, and can be taken out; what is removed is forgotten."""

import json

import pytest
from sqlalchemy import insert, select, text, update

from allocator.formats.document import problem_from_tree
from allocator.formats.icalendar import Owner
from service.lifecycle import personal, replanning, scenarios
from service.notify.calendars.publish import open_link
from service.store import attempts, directory, plans, replies, retention, rollouts, runs, tables
from service.store.clock import now
from service.store.directory import Recipient
from service.store.errors import Conflict, NotFound
from service.store.runs import Limits
from tests.service.plans import solved
from tests.support.small import person, rollout, task

WISH = {"avoid": {"from": "2027-01-20", "to": "2027-01-20"}}
AWAY = [{"from": "2027-01-12", "to": "2027-01-13", "reason": "Zora Kovač broke a leg"}]
TREE = rollout(
    people=[person("zk-17", wishes=[WISH], absences=AWAY) | {"name": "Zora Kovač"}],
    tasks=[task("t-a")],
)
ILL = {"edit": "absent", "person": "zk-17", "from": "2027-01-14", "to": "2027-01-14"}


@pytest.fixture
def kept(database, ada):
    """A rollout of everything that names somebody: plans, what-ifs, actuals, calendars."""
    with database.write() as connection:
        made = rollouts.create(connection, ada, TREE).id
        run = runs.add(connection, ada, made, 1, Limits(), priority=5)
        taken = attempts.take(connection, ada.tenant, run.id, "w1")
        attempts.finish(connection, taken.fence, solved(TREE))
        wish = {"question": "why-not", "work": "t-a", "person": "zk-17"}
        about = Limits(base=run.id, question=json.dumps(wish))
        asked = runs.add(connection, ada, made, 1, about, priority=5, kind="why-not")
        taken = attempts.take(connection, ada.tenant, asked.id, "w1")
        attempts.answer(connection, taken.fence, {"about": wish, "people": ["zk-17"]})
        zora = Owner("person", "zk-17")
        directory.keep(connection, ada, [Recipient(zora, "zora.kovac@north.example")])
        replanning.publish(connection, ada, run.id, frozen_until=None, approved=False)
        replies.keep(
            connection,
            ada.tenant,
            made,
            "zk-17",
            "u1",
            {"title": "t-a"},
            "decline",
            reason="Zora has a funeral",
            private=True,
            wish=None,
            revision=None,
        )
        replanning.record(connection, ada, made, replanning.ACTUALS.validate_python([ILL]))
        scenarios.create(connection, ada, made, "Flu", scenarios.EDITS.validate_python([ILL]))
        open_link(connection, ada, made, zora)
        connection.execute(
            insert(tables.digests).values(
                tenant=ada.tenant,
                id="d1",
                rollout=made,
                at=1,
                outcome="kept",
                body=json.dumps({"affected": ["zk-17"], "reason": "Zora Kovač (zk-17) is ill."}),
            )
        )
    return made


def whole(database):
    """All that the database holds, unpacked, as one text."""
    reported = []
    with database.read() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for value in row:
                    is_blob = isinstance(value, bytes)
                    reported.append(json.dumps(personal.unpacked(value) if is_blob else str(value)))
    return "\n".join(reported)


def test_all_that_is_kept_of_a_person_is_reported(database, ada, kept):
    with database.read() as connection:
        found = personal.export(connection, ada.tenant, kept, "zk-17")
    assert {it["revision"] for it in found["documents"] if it["rollout"] == kept} == {1, 2, 3}
    assert found["documents"][0]["person"]["wishes"] == [WISH]
    assert found["directory"]["address"] == "zora.kovac@north.example"
    assert [it["reason"] for it in found["answers"]] == ["Zora has a funeral"]
    places = {it["in"] for it in found["named"]}
    assert {"plans.document", "actuals.edits", "scenarios.edits", "digests.body"} <= places
    assert "findings.document" in places


def test_an_erased_person_is_nowhere_and_what_others_rely_on_still_holds(database, ada, kept):
    assert "zk-17" in whole(database)
    with database.write() as connection:
        alias = personal.erase(connection, ada, kept, "zk-17")
    left = whole(database)
    assert "zk-17" not in left
    assert json.dumps("Kovač")[1:-1] not in left
    assert "Kovač" not in left
    assert "broke a leg" not in left
    assert "zora.kovac" not in left
    assert "funeral" not in left
    with database.read() as connection:
        for number in (1, 2, 3):
            revision, tree = rollouts.document(connection, ada.tenant, kept, number)
            assert problem_from_tree(tree).sha256 == revision.sha256
            assert [it["id"] for it in tree["people"]] == [alias]
        assert rollouts.get(connection, ada.tenant, kept).sha256 == revision.sha256
        plan = plans.latest(connection, ada.tenant, kept)
        _, found = plans.get(connection, ada.tenant, plan.id)
        first = rollouts.revision(connection, ada.tenant, kept, 1)
        assert found.document["rollout"]["sha256"] == first.sha256
        assert replanning.recorded(connection, ada.tenant, kept)[0].actuals[0].person == alias
        with pytest.raises(NotFound):
            personal.export(connection, ada.tenant, kept, "zk-17")


def test_nobody_is_erased_while_a_plan_is_made_or_whose_id_is_a_word_of_the_format(
    database, ada, kept
):
    odd = rollout(people=[person("rollout/1"), person("bor")], tasks=[task("t-a")])
    with database.write() as connection:
        runs.add(connection, ada, kept, 1, Limits(seed=2), priority=5)
        other = rollouts.create(connection, ada, odd).id
    for rollout_, who in ((kept, "zk-17"), (other, "rollout/1")):
        with pytest.raises(Conflict), database.write() as connection:
            personal.erase(connection, ada, rollout_, who)
    assert "zk-17" in whole(database)


@pytest.mark.parametrize(("days", "gone"), [(29, 0), (31, 1)])
def test_a_removed_rollout_goes_with_all_that_belongs_to_it(database, ada, kept, days, gone):
    with database.write() as connection:
        other = rollouts.create(connection, ada, rollout(name="Another")).id
        rollouts.remove(connection, ada, kept)
        directory.remove(connection, ada, Owner("person", "zk-17"))  # it is the tenant's
        removed = now() - days * retention.DAY
        table = tables.rollouts
        connection.execute(update(table).where(table.c.id == kept).values(removed_at=removed))
    with database.write() as connection:
        assert retention.forget_old(connection) == gone
    with database.read() as connection:
        rollouts.get(connection, ada.tenant, other)
        left = connection.execute(text("SELECT count(*) FROM revisions")).scalar_one()
    assert (left == 1) is bool(gone)
    assert ("zk-17" in whole(database).replace("person zk-17", "")) is not bool(gone)


def test_a_rollout_whose_plan_is_being_made_stays(database, ada, kept):
    with database.write() as connection:
        runs.add(connection, ada, kept, 1, Limits(seed=2), priority=5)
        connection.execute(update(tables.rollouts).values(removed_at=1))
        retention.forget_old(connection)
    assert "zk-17" in whole(database)
