"""Tables that lose nothing, ids with their references, rollouts begun blank and replaced."""

import pytest

from allocator.formats.schema import rollout_schema
from allocator.formats.text.tree import dump_yaml
from tests.support.small import person, rollout, support, task
from tests.web.browser import answered, at_rest
from tests.web.test_data_views import cell, document, state

MANY = [person(f"p{number}") | {"name": f"Person {number}"} for number in range(130)]
TREE = rollout(
    people=[person("ana"), person("bor")],
    tasks=[task("t-a", pin={"people": ["ana"]}), task("t-b", after=["t-a"])],
)

PASTE = """(text) => {
  const pasted = new DataTransfer();
  pasted.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {
    clipboardData: pasted, bubbles: true, cancelable: true,
  });
  document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def kept(opened, site):
    """A function that keeps a rollout and gives a window at one of its tables, and its id."""

    def keeping(tree=TREE, table="people"):
        page = opened()
        id_ = page.request.post(f"{site.url}/v1/rollouts", data=tree).json()["id"]
        page.goto(f"rollouts/{id_}/data/{table}")
        at_rest(page)
        return page, id_

    return keeping


def test_rows_pasted_at_the_last_row_are_all_there_and_undone_in_one_step(kept):
    page, _ = kept()
    cell(page, 1, "Id").focus()
    page.evaluate(PASTE, "bor\tBor B\ncyn\tCyn C\ndan\tDan D\n")
    page.locator('[data-row="3"]').wait_for()
    names = [cell(page, row, "Name").inner_text() for row in range(4)]
    assert names == ["Ana", "Bor B", "Cyn C", "Dan D"]
    page.keyboard.press("Control+z")
    page.locator('[data-row="3"]').wait_for(state="detached")
    assert cell(page, 1, "Name").inner_text() == "Bor"
    assert page.evaluate("document.activeElement.closest('[data-row]') !== null")


def test_rows_are_pasted_while_a_cell_is_edited_and_into_an_empty_table(kept):
    page, id_ = kept()
    cell(page, 1, "Name").focus()
    page.keyboard.press("F2")
    page.evaluate(PASTE, "Bor B\nCyn C")
    page.locator('[data-row="2"]').wait_for()
    assert cell(page, 2, "Name").inner_text() == "Cyn C"
    page.locator(f'.tabs a[href="rollouts/{id_}/data/vendors"]').click()
    at_rest(page)
    page.locator("[role=grid]").focus()
    page.evaluate(PASTE, "acme\tAcme\t3\tlost")
    page.locator('[data-row="0"]').wait_for()
    assert cell(page, 0, "Lead days").inner_text() == "3"


def test_what_is_pasted_and_fits_nowhere_is_reported(kept):
    page, _ = kept(table="skills")
    cell(page, 0, "Id").focus()
    page.evaluate(PASTE, "sap\tSAP\tmore")
    page.get_by_text("1 cell fits nowhere").wait_for()


def test_a_long_list_takes_a_name_in_a_cell_and_in_a_form(kept, site):
    many = rollout(people=MANY, tasks=[task("t-a")])
    page, id_ = kept(many | {"sites": [site_(number) for number in range(130)]}, "people")
    cell(page, 0, "Site").focus()
    page.keyboard.press("F2")
    page.keyboard.type("site number 77")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2").wait_for()
    assert document(page, site, id_)["people"][0]["site"] == "s77"
    page.goto(f"rollouts/{id_}/what-if/new")
    at_rest(page)
    page.get_by_role("button", name="Somebody leaves").click()
    page.get_by_label("Person").fill("person 99")
    page.get_by_label("From").fill("2027-01-18")
    page.get_by_role("button", name="Save and solve").click()
    page.wait_for_url("**/what-if/*")
    page.get_by_role("heading", name="Person 99 leaves").wait_for()


def site_(number):
    return {
        "id": "lj" if number == 0 else f"s{number}",
        "name": f"Site number {number}",
        "calendar": "office",
    }


def test_people_are_pinned_by_name_in_a_what_if(kept):
    page, id_ = kept()
    page.goto(f"rollouts/{id_}/what-if/new")
    at_rest(page)
    page.get_by_role("button", name="Pin a task").click()
    page.get_by_label("Task", exact=True).select_option("t-a")
    page.get_by_role("button", name="Choose people").click()
    page.get_by_role("dialog").get_by_label("Bor").check()
    page.keyboard.press("Enter")
    answered(page)
    chosen = page.locator(".picks")
    assert chosen.inner_text() == "Bor"
    assert chosen.evaluate("(it) => it === document.activeElement")


def test_a_what_if_that_is_being_filled_in_is_not_left_unasked(kept):
    page, id_ = kept()
    page.goto(f"rollouts/{id_}/what-if/new")
    at_rest(page)
    page.get_by_role("button", name="Somebody leaves").click()
    page.once("dialog", lambda it: it.dismiss())
    page.locator("#side").get_by_role("link", name="Overview", exact=True).click()
    assert page.locator(".change-card").count() == 1


def test_every_list_and_field_of_the_document_can_be_edited(kept):
    page, _ = kept()
    tables = page.evaluate(
        """async () => {
             const path = `${document.body.dataset.static}/js/views/data/tables.js`;
             return (await import(new URL(path, document.baseURI).href)).TABLES;
           }"""
    )
    columns = {it["name"]: {column["key"] for column in it["columns"]} for it in tables}
    schema = rollout_schema()
    lists = {
        name: set(keys(schema, found["items"]))
        for name, found in schema["properties"].items()
        if "$ref" in found.get("items", {})
    }
    assert set(lists) <= set(columns)
    within = {(it["of"], it["inside"]) for it in tables if "of" in it}
    for name, fields in lists.items():
        assert {(name, field) for field in set(fields) - columns[name]} <= within


def keys(schema, place):
    """The fields of an entry of the schema, those of mappings inside it by both names."""
    for name, found in schema["$defs"][place["$ref"].removeprefix("#/$defs/")][
        "properties"
    ].items():
        inside = [it for it in [found, *found.get("anyOf", [])] if "$ref" in it]
        if inside:
            yield from (f"{name}.{it}" for it in keys(schema, inside[0]))
        else:
            yield name


def test_who_stood_on_a_shift_instead_is_chosen_by_name(kept, site):
    wave = {"id": "w1", "project": "erp", "departments": ["finance"], "go_live": "2027-01-18"}
    page, id_ = kept(TREE | {"waves": [wave], "support": [support()]}, "support")
    cell(page, 0, "Others stood on a shift").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Department, 1").select_option("finance")
    page.get_by_label("Day, 1").fill("2027-01-18")
    page.get_by_role("button", name="People, 1").click()
    choice = page.get_by_role("dialog", name="People, 1")
    choice.get_by_label("Ana").check()
    choice.get_by_label("Bor").check()
    page.keyboard.press("Enter")
    chosen = page.get_by_role("button", name="People, 1: Ana, Bor")
    assert chosen.evaluate("(it) => it === document.activeElement")
    page.get_by_role("button", name="Apply").click()
    answered(page)
    assert "Ana, Bor" in cell(page, 0, "Others stood on a shift").inner_text()
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2").wait_for()
    reported = {"department": "finance", "day": "2027-01-18", "people": ["ana", "bor"]}
    assert document(page, site, id_)["support"] == [support(worked=[reported])]


def test_an_id_is_changed_with_all_that_refers_to_it_and_back(kept, site):
    page, id_ = kept()
    cell(page, 0, "Id").focus()
    page.keyboard.press("F2")
    page.keyboard.type("ana-novak")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Change the id ana to ana-novak?")
    dialog.get_by_role("button", name="Rename").click()
    page.get_by_text("ana is ana-novak now, in 1 other place too.").wait_for()
    assert document(page, site, id_)["tasks"][0]["pin"] == {"people": ["ana-novak"]}
    assert cell(page, 0, "Id").inner_text() == "ana-novak"
    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.get_by_text("ana-novak is ana now").wait_for()
    assert document(page, site, id_) == TREE


def test_the_id_of_an_entry_that_is_not_saved_yet_is_changed_in_the_draft(kept, site):
    page, id_ = kept(table="tasks")
    cell(page, 1, "Id").focus()
    page.keyboard.press("Control+Enter")
    page.locator('[data-row="2"]').wait_for()
    fresh = cell(page, 2, "Id").inner_text()
    cell(page, 1, "Other people than").focus()
    page.keyboard.press("F2")
    page.locator(".grid select").select_option(fresh)
    page.keyboard.press("Enter")
    cell(page, 2, "Id").focus()
    page.keyboard.press("F2")
    page.keyboard.type("t-new")
    page.keyboard.press("Enter")
    page.locator('[data-row="2"]').get_by_text("t-new").first.wait_for()
    assert "t-new" in cell(page, 1, "Other people than").inner_text()
    page.keyboard.press("Control+z")
    page.locator('[data-row="2"]').get_by_text(fresh).first.wait_for()
    assert fresh in cell(page, 1, "Other people than").inner_text()
    assert document(page, site, id_) == TREE


def test_holidays_and_travel_are_added_in_tables_of_their_own(kept, site):
    page, id_ = kept(TREE | {"sites": [site_(0), site_(1)]}, "holidays")
    page.get_by_role("button", name="Add row").click()
    page.locator('[data-row="0"]').wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.locator(".grid input").fill("2027-01-15")
    page.keyboard.press("Enter")
    page.locator(f'.tabs a[href="rollouts/{id_}/data/travel"]').click()
    at_rest(page)
    page.get_by_role("button", name="Add row").click()
    cell(page, 0, "To").focus()
    page.keyboard.press("F2")
    page.locator(".grid select").select_option("s1")
    page.keyboard.press("Enter")
    state(page, "No faults")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2").wait_for()
    saved = document(page, site, id_)
    assert saved["calendars"][0]["holidays"] == ["2027-01-15"]
    assert saved["travel"] == [{"from": "lj", "to": "s1", "minutes": 30}]


def test_undo_and_the_list_of_faults_keep_the_focus(kept):
    page, _ = kept()
    cell(page, 0, "Name").focus()
    page.keyboard.type("A")
    page.keyboard.press("Enter")
    page.keyboard.type("B")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Undo"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement !== document.body")


def test_what_was_typed_into_a_dialog_is_not_lost_by_a_press_beside_it(kept):
    page, _ = kept(table="tasks")
    cell(page, 0, "Crew").focus()
    page.keyboard.press("Enter")
    page.locator("dialog").get_by_label("Hours, 1").fill("6")
    page.mouse.click(5, 5)
    assert page.locator("dialog").get_by_label("Hours, 1").input_value() == "6"
    page.keyboard.press("Escape")
    answered(page)
    assert page.evaluate("document.activeElement.closest('[data-row]') !== null")


def test_a_rollout_is_begun_blank_and_filled_in_tables(opened, site):
    page = opened("rollouts")
    page.locator("button[aria-haspopup=menu]", has_text="New rollout").click()
    page.get_by_role("menuitem", name="Blank rollout").click()
    dialog = page.get_by_role("dialog", name="Blank rollout")
    dialog.get_by_role("button", name="Create").click()
    dialog.get_by_text("A name is needed.").wait_for()
    dialog.get_by_label("Name").fill("From nothing")
    dialog.get_by_label("Time zone").fill("Mars/Base")
    dialog.get_by_role("button", name="Create").click()
    dialog.locator("[aria-invalid=true]").wait_for()
    assert dialog.get_by_label("Name").input_value() == "From nothing"
    dialog.get_by_label("Time zone").fill("Europe/Vienna")
    dialog.get_by_role("button", name="Create").click()
    page.wait_for_url("**/data")
    at_rest(page)
    page.get_by_role("button", name="Add row").click()
    page.locator('[data-row="0"]').wait_for()
    id_ = page.url.split("/rollouts/")[1].split("/")[0]
    assert document(page, site, id_)["name"] == "From nothing"


def test_a_rollout_is_replaced_from_a_file_after_a_table_of_what_changes(kept, site):
    page, id_ = kept()
    page.goto(f"rollouts/{id_}")
    at_rest(page)
    other = TREE | {"people": [person("ana", cost_per_hour=70), person("cyn")]}
    choose(page, other)
    dialog = page.get_by_role("dialog", name="Replace “Test”?")
    line = dialog.get_by_role("row", name="People 2 → 2")
    line.wait_for()
    assert [it.strip() for it in line.get_by_role("cell").all_inner_texts()] == [
        "Cyn",
        "Bor",
        "Ana Cost per hour",
    ]
    dialog.get_by_role("button", name="Cancel").click()
    answered(page)
    assert document(page, site, id_) == TREE
    choose(page, other)
    page.get_by_role("dialog").get_by_role("button", name="Replace").click()
    page.get_by_text("Saved as revision 2").wait_for()
    assert document(page, site, id_) == other


def test_the_faults_of_a_file_that_replaces_are_reported_and_nothing_is_changed(kept, site):
    page, id_ = kept()
    page.goto(f"rollouts/{id_}")
    at_rest(page)
    choose(page, TREE | {"tasks": [task("t-a", after=["t-x"])]})
    page.get_by_role("dialog").get_by_text("t-x").first.wait_for()
    page.keyboard.press("Escape")
    answered(page)
    assert document(page, site, id_) == TREE


def choose(page, tree):
    """Choose a file with a document to replace the rollout that is shown."""
    page.locator("button[aria-haspopup=menu][aria-label=Download]").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("menuitem", name="Replace from a file").click()
    content = dump_yaml(tree).encode()
    chooser.value.set_files(
        {"name": "other.yaml", "mimeType": "application/yaml", "buffer": content}
    )
