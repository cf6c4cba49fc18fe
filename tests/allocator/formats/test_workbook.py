"""A rollout document that is written as a workbook reads back as the same document."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, assume, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from pydantic import BaseModel

from allocator.errors import MAX_FAULTS, MAX_KEPT, Cell, InvalidDocument
from allocator.formats.detect import open_document
from allocator.formats.document import problem_from_tree, read_problem
from allocator.formats.models.plan import NO_CELLS
from allocator.formats.models.rollout import RolloutDocument
from allocator.formats.text.tree import read_tree, sha256
from allocator.formats.workbook import opening, package
from allocator.formats.workbook.cells import from_cell
from allocator.formats.workbook.layout import REFERS_TO, Column, layout
from allocator.formats.workbook.reading import read_rollout
from allocator.formats.workbook.template import TEMPLATE
from allocator.formats.workbook.writing import write_rollout
from tests.allocator.formats.drawn import entries
from tests.docs.pages import ROOT
from tests.docs.test_format_page import entry_of
from tests.support.everything import ROLLOUT, tree

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def again(document):
    """A document that went through a workbook."""
    read = read_rollout(write_rollout(document))
    assert read.faults == []
    assert read.warnings == []
    return read.tree


def changed(change, document=None):
    """The bytes of a workbook after somebody has changed it."""
    book = load_workbook(io.BytesIO(write_rollout(tree() if document is None else document)))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def faults_of(content):
    with pytest.raises(InvalidDocument) as refused:
        read_problem(content)
    return refused.value.faults


def column(sheet, heading):
    (found,) = [cell.column_letter for cell in sheet[1] if cell.value == heading]
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_each_example_stays_the_same_document(path):
    document = read_tree(path.read_bytes())
    assert sha256(again(document)) == sha256(document)


def test_the_document_with_a_bit_of_everything_stays_the_same():
    assert sha256(again(tree())) == sha256(read_tree(ROLLOUT.encode()))


def test_the_template_can_be_planned_and_stays_the_same():
    assert again(TEMPLATE) == TEMPLATE
    assert problem_from_tree(TEMPLATE).name == "New tills, spring"


def distinguishable(document):
    """Whether ids are ids: no workbook could tell two entries of one id apart."""
    reported = ((document.get("published") or {}).get("plan") or {}).get("tasks") or []
    lists = [[it["task"] for it in reported]]
    for name in ("calendars", "departments", "people", "tasks", "courses", "audiences", "support"):
        lists.append([it["id"] for it in document.get(name) or []])
    return all(len(set(ids)) == len(ids) for ids in lists)


def test_two_entries_of_one_id_are_refused():
    people = [*TEMPLATE["people"], TEMPLATE["people"][0]]
    with pytest.raises(InvalidDocument) as refused:
        write_rollout({**TEMPLATE, "people": people})
    assert [(it.path, it.code) for it in refused.value.faults] == [("people[2].id", "duplicate_id")]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(entries(RolloutDocument))
def test_any_document_of_the_right_shape_stays_the_same(document):
    assume(distinguishable(document))
    read = read_rollout(write_rollout(document))
    assert read.faults == []
    assert sha256(read.tree) == sha256(document)


def test_fields_without_a_value_stay_fields_without_a_value():
    document = {**TEMPLATE, "travel": [], "published": None, "goals": {"prices": {}}}
    document["people"] = [{**TEMPLATE["people"][0], "name": None, "wishes": [], "limits": {}}]
    assert sha256(again(document)) == sha256(document)


def test_a_task_after_an_id_and_one_after_a_link_stay_as_they_are():
    after = ["t-config", {"task": "t-config"}, {"task": "t-config", "lag_hours": 1}]
    tasks = [TEMPLATE["tasks"][0], {**TEMPLATE["tasks"][1], "after": after}]
    assert again({**TEMPLATE, "tasks": tasks})["tasks"][1]["after"] == after


def test_a_list_too_long_for_a_cell_goes_on_in_the_next_column():
    # 4,000 ids of 12 characters with ", " between: 56,000 characters, 32,000 fit in a cell.
    names = [f"learner-{number:04}" for number in range(4000)]
    audience = {"id": "all", "department": "sales", "members": names}
    content = write_rollout({**TEMPLATE, "audiences": [audience]})
    heads = [cell.value for cell in load_workbook(io.BytesIO(content))["audiences"][1]]
    assert heads[-2:] == ["members", "members (2)"]
    assert read_rollout(content).tree["audiences"][0]["members"] == names


def test_what_is_proved_of_a_published_plan_stays_out_of_the_workbook():
    entry = {"kind": "task", "id": "t", "reason": "it cannot be done", "proved": True}
    facts = [{"path": "tasks[0].deadline", "code": "deadline", "values": {"task": "t"}}]
    plan = {"schema": "plan/1", "open": [{**entry, "because": facts}]}
    content = write_rollout({**TEMPLATE, "published": {"plan": plan}})
    assert read_rollout(content).tree["published"]["plan"]["open"] == [entry]


def paths_of(model, prefix=""):
    """Every field that holds a value in cells, lists marked by []."""
    for name, info in model.model_fields.items():
        if info.json_schema_extra == NO_CELLS:
            continue
        path = prefix + (info.alias or name)
        inner, many = entry_of(info.annotation)
        if inner is not None and issubclass(inner, BaseModel):
            yield from paths_of(inner, f"{path}[]." if many else f"{path}.")
        else:
            yield path


def test_every_field_of_the_document_has_its_place_in_the_workbook():
    placed = {column.path for form in layout().forms for column in form.columns}
    for listing in layout().listings:
        base, owner = f"{listing.path}[].", listing.owner
        while owner is not None:
            base, owner = f"{owner.path}[].{base}", owner.owner
        if not listing.mapped:
            placed.add(base.removesuffix("[]."))
        placed |= {base + column.path for column in listing.columns if listing.mapped}
    assert placed == set(paths_of(RolloutDocument))


def test_every_field_with_an_id_offers_the_ids_it_may_hold():
    free = {"id", "language", "languages", "equipment"}
    names = {
        (listing.name, column.path.rpartition(".")[2])
        for listing in layout().listings
        for column in listing.columns
        if column.kind == "id" and column.refers_to is None
    }
    assert {name for _, name in names} <= free
    known = {listing.name for listing in layout().listings}
    assert set(REFERS_TO.values()) <= known


def test_every_sheet_explains_its_columns_and_keeps_its_head_in_sight():
    book = load_workbook(io.BytesIO(write_rollout(TEMPLATE)))
    assert book.sheetnames[:2] == ["read me", "rollout"]
    for listing in layout().listings[:1]:
        assert listing.name in book.sheetnames
    for sheet in book.worksheets[2:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert [cell.value for cell in sheet[1] if cell.comment is None] == []


def test_dates_are_dates_and_words_are_offered_for_choice():
    book = load_workbook(io.BytesIO(write_rollout(tree())))
    tasks = book["tasks"]
    due = tasks[f"{column(tasks, 'due')}3"]
    assert (due.value, due.number_format) == (datetime(2027, 3, 26), "yyyy-mm-dd")
    absences = book["people absences"]
    assert absences["B3"].value == datetime(2027, 4, 1, 8, 0)
    assert absences["B3"].number_format == "yyyy-mm-dd hh:mm"
    offered = {
        str(it.sqref).split(":")[0]: it.formula1 for it in tasks.data_validations.dataValidation
    }
    assert offered[f"{column(tasks, 'project')}2"].startswith("'projects'!$A$2:")
    assert offered[f"{column(tasks, 'splittable')}2"] == '"TRUE,FALSE"'


def test_a_date_means_the_day_and_a_midnight_that_shows_its_time_the_moment():
    def give(book):
        sheet = book["people absences"]
        sheet["B2"].value, sheet["C2"].value = date(2027, 3, 25), date(2027, 3, 26)
        sheet["B3"].value, sheet["C3"].value = datetime(2027, 4, 1), datetime(2027, 4, 2)
        for cell in (sheet["B3"], sheet["C3"]):
            cell.number_format = "yyyy-mm-dd hh:mm"

    absences = read_rollout(changed(give)).tree["people"][0]["absences"]
    assert absences[0] == {"from": "2027-03-25", "to": "2027-03-26"}
    assert absences[1] == {"from": "2027-04-01T00:00", "to": "2027-04-02T00:00"}


def test_what_people_type_is_read_as_they_mean_it():
    def give(book):
        sheet = book["people"]
        sheet[f"{column(sheet, 'id')}4"].value = 12
        sheet[f"{column(sheet, 'cost_per_hour')}4"].value = " 62.5 "
        sheet[f"{column(sheet, 'languages')}4"].value = "sl;  en,\nde "
        book["tasks"][f"{column(book['tasks'], 'change')}2"].value = "True"

    read = read_rollout(changed(give))
    assert read.faults == []
    person = read.tree["people"][2]
    assert (person["id"], person["cost_per_hour"]) == ("12", 62.5)
    assert person["languages"] == ["sl", "en", "de"]
    assert read.tree["tasks"][0]["change"] is True


def test_all_faults_are_reported_together_each_with_its_cell():
    def spoil(book):
        book["people skills"]["B2"].value = "tyll"
        people = book["people"]
        people[f"{column(people, 'cost_per_hour')}3"].value = "a lot"
        book["tasks crew"]["A2"].value = "t-instal"
        book["rooms"].cell(1, 12).value = "colour"
        book["rollout"]["B6"].value = "soon"
        book.create_sheet("peple")["A1"].value = "x"

    found = {(str(it.cell), it.path, it.code) for it in faults_of(changed(spoil))}
    cost = column(load_workbook(io.BytesIO(write_rollout(tree())))["people"], "cost_per_hour")
    assert found == {
        ('sheet "people skills" at B2', "people[0].skills[0].skill", "unknown_skill"),
        (f'sheet "people" at {cost}3', "people[1].cost_per_hour", "not_a_number"),
        ('sheet "tasks crew" at A2', "tasks.crew", "unknown_task"),
        ('sheet "rooms" at L1', "rooms", "unknown_field"),
        ('sheet "rollout" at B6', "start", "not_a_date"),
        ('sheet "peple" at A1', "", "unknown_sheet"),
    }


def test_a_field_that_is_missing_is_reported_at_the_cell_where_it_should_be():
    def spoil(book):
        book["rooms"]["C2"].value = None

    (fault,) = faults_of(changed(spoil))
    assert (fault.path, fault.code) == ("rooms[0].site", "missing_field")
    assert fault.cell == Cell("rooms", 2, "C")


def test_a_row_that_belongs_to_nothing_is_reported():
    def spoil(book):
        book["people absences"]["A2"].value = None
        book["people wishes"]["A2"].value = "anna"

    reported = {(it.cell, it.code, it.message) for it in faults_of(changed(spoil))}
    assert reported == {
        (Cell("people absences", 2, "A"), "missing_field", 'The field "of person" is missing.'),
        (
            Cell("people wishes", 2, "A"),
            "unknown_person",
            'There is no person "anna". Did you mean "ana"?',
        ),
    }


def test_what_is_not_part_of_the_document_is_reported_and_does_no_harm():
    def add(book):
        book["people"]["A2"].comment = Comment("ask her", "Eva")
        book["people"].cell(1, 20).value = "# phone"
        book["people"].cell(2, 20).value = "555"
        book.create_sheet("# notes")["A1"].value = "x"
        book["skills"].merge_cells("A9:B9")

    opened = open_document(changed(add))
    assert opened.faults == ()
    assert sha256(opened.tree) == sha256(tree())
    assert [(it.code, str(it.cell)) for it in opened.warnings] == [
        ("not_part", 'sheet "# notes" at A1'),
        ("not_part", 'sheet "people" at T1'),
        ("merged_cells", 'sheet "skills" at A9'),
        ("comments", 'sheet "people" at A2'),
    ]


def test_a_value_beside_the_table_is_a_fault():
    def add(book):
        book["people"].cell(3, 20).value = "call her"

    (fault,) = faults_of(changed(add))
    assert (fault.code, fault.cell) == ("unknown_field", Cell("people", 3, "T"))


def test_a_formula_that_was_never_worked_out_is_a_fault():
    def spoil(book):
        book["rooms"][f"{column(book['rooms'], 'seats')}2"].value = "=10+2"

    reported = [(it.code, it.path) for it in faults_of(changed(spoil))]
    assert reported == [("formula_without_value", "rooms[0].seats")]


def test_a_formula_counts_with_its_value_and_is_reported():
    def give(book):
        book["rooms"]["D2"].value = "=10+2"

    content = changed(give)
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    (name,) = [name for name, part in parts.items() if b"<f>10+2</f>" in part]
    parts[name] = parts[name].replace(b"<f>10+2</f><v></v>", b"<f>10+2</f><v>12</v>")
    parts[name] = parts[name].replace(b"<f>10+2</f><v />", b"<f>10+2</f><v>12</v>")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for each, part in parts.items():
            new.writestr(each, part)
    opened = open_document(packed.getvalue())
    assert sha256(opened.checked()) == sha256(tree())
    assert [(it.code, str(it.cell)) for it in opened.warnings] == [
        ("formulas", 'sheet "rooms" at D2')
    ]


def test_a_cell_that_shows_an_error_is_a_fault_and_reported_once():
    def spoil(book):
        book["rooms"]["D2"].value = "#REF!"

    assert [it.code for it in faults_of(changed(spoil))] == ["cell_error"]


def test_sorted_rows_and_moved_columns_mean_the_same():
    def turn(book):
        sheet = book["skills"]
        lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for number, line in enumerate([lines[0], *reversed(lines[1:])], 1):
            for at, value in enumerate(reversed(line), 1):
                sheet.cell(number, at).value = value

    turned = read_rollout(changed(turn)).tree
    assert turned["skills"] == list(reversed(tree()["skills"]))


TYPES = f"<Types>{'<Override/>' * 3}</Types>"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'


def packed_of(how=zipfile.ZIP_DEFLATED, /, **parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how) as book:
        for name, part in parts.items():
            book.writestr(name.replace("_types", "[Content_Types].xml"), part)
    return content.getvalue()


def relations(**targets):
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="/{target}"/>'
        for kind, target in targets.items()
    )
    return f"<Relationships>{listed}</Relationships>"


def book_of(rows="", after="", *, texts="", name="xl/sheet.xml", more="", main=MAIN):
    """A workbook of one sheet, "people", made of the XML of its rows and texts."""
    kinds = {"worksheet": name, "sharedStrings": "xl/texts.xml"}
    sheets = '<sheets><sheet name="people" sheetId="1" r:id="worksheet"/></sheets>'
    return packed_of(
        _types=TYPES,
        **{
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f"<workbook {main}>{sheets}</workbook>",
            "xl/_rels/workbook.xml.rels": relations(**kinds),
            "xl/texts.xml": f"<sst {MAIN}>{texts}</sst>",
            name: f"{more}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>",
        },
    )


def cells_of(content):
    (sheet,) = opening.open_book(content).sheets
    return {it.coordinate: it.value for it in sheet.cells}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and no more", "not_a_workbook"),
        (packed_of(notes="nothing"), "not_a_workbook"),
        (packed_of(_types="<Types/>"), "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "not_a_workbook"),
        (packed_of(**{"_types": TYPES, "xl/workbook.bin": ""}), "not_a_workbook"),
        (packed_of(**{"content.xml": "", "mimetype": ""}), "not_a_workbook"),
        (packed_of(zipfile.ZIP_LZMA, _types=TYPES), "not_a_workbook"),
        (packed_of(zipfile.ZIP_BZIP2, _types=TYPES), "not_a_workbook"),
        (book_of(main='xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'), "strict_workbook"),
        (book_of('<row r="0"><c r="A0"/></row>'), "not_a_workbook"),
        (book_of('<row r="1"><c r="XFE1"/></row>'), "not_a_workbook"),
        (book_of('<row r="1"><c t="s"><v>1</v></c></row>', texts="<si/>"), "not_a_workbook"),
        (packed_of(**{str(it): "" for it in range(package.MAX_PARTS + 1)}), "too_large"),
        (book_of("<a>" * 100 + "</a>" * 100), "too_large"),
        (book_of(texts=f"<si><t>{'x' * 32_768}</t></si>"), "too_large"),
    ],
    ids=[
        "cut off",
        "packed",
        "empty",
        "old or locked",
        "binary",
        "OpenDocument",
        "packed by LZMA",
        "packed by bzip2",
        "strict",
        "row 0",
        "beyond the last column",
        "a text that is not there",
        "too many parts",
        "nested",
        "a text longer than a cell",
    ],
)
def test_what_is_no_workbook_or_too_large_is_refused(content, code):
    assert [it.code for it in faults_of(content)] == [code]


@pytest.mark.parametrize(
    ("limit", "content"),
    [
        ("MAX_UNPACKED", book_of("<row/>" * 400_000)),
        ("MAX_ELEMENTS", book_of("<row/>" * 400_000)),
        ("MAX_CELLS", book_of("<row>" + "<c><v>1</v></c>" * 2_000 + "</row>")),
        ("MAX_CELLS", book_of(texts="<si/>" * 2_000)),
        (
            "MAX_CHARACTERS",
            book_of(
                "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>",
                texts=f"<si><t>{'x' * 1_000}</t></si>",
            ),
        ),
    ],
    ids=["unpacked", "elements", "cells", "texts", "one text in many cells"],
)
def test_reading_ends_at_each_limit_of_what_it_makes(monkeypatch, limit, content):
    assert "people" in str(opening.open_book(content).sheets)
    # 64 kB and less: a limit that these workbooks pass.
    lower = {"MAX_UNPACKED": 1 << 16, "MAX_ELEMENTS": 1 << 16, "MAX_CHARACTERS": 1 << 16}
    monkeypatch.setattr(package, limit, lower.get(limit, 1_999))
    assert [it.code for it in faults_of(content)] == ["too_large"]


FAR = 'r="XFD1048576"'


@pytest.mark.parametrize(
    "content",
    [
        book_of(f"{HEAD}<row r='1048576'><c {FAR} s='3'/></row>"),
        book_of(HEAD, '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'),
        book_of(HEAD, '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'),
        book_of(HEAD + '<row ht="3"/>' * 1_000),
        book_of(HEAD + '<row><c t="inlineStr"><is><t xml:space="preserve">  </t></is></c></row>'),
        book_of(HEAD, name="xl/Sheet.XML"),
    ],
    ids=["format", "merged", "linked", "heights", "blanks", "capitals"],
)
def test_what_nobody_sees_makes_no_cell(content):
    assert cells_of(content) == {"A1": "id"}


def test_a_value_far_away_costs_no_more_than_one_nearby():
    content = book_of(f"{HEAD}<row r='1048576'><c {FAR}><v>1</v></c></row>")
    assert cells_of(content) == {"A1": "id", "XFD1048576": 1}
    reported = [(it.code, it.cell) for it in faults_of(content) if it.code == "unknown_field"]
    assert reported == [("unknown_field", Cell("people", 1_048_576, "XFD"))]


def test_faults_of_a_workbook_end_at_the_limit_of_faults():
    rows = "".join(
        f'<row r="{row}"><c r="B{row}"><v>1</v></c></row>' for row in range(2, MAX_KEPT + 12)
    )
    # MAX_KEPT + 10 values in a column without a head, and as many people without an id.
    reported = faults_of(book_of(HEAD + rows))
    assert len(reported) == MAX_FAULTS + 1
    assert reported[-1].code == "more_faults"


def test_entities_of_a_workbook_are_not_read():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">]>'
    assert [it.code for it in faults_of(book_of(more=bomb))] == ["not_a_workbook"]


def inline(text):
    return (
        f'<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c></row>'
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ana_x000D_", "Ana"),
        ("One_x000D_\nTwo", "One\nTwo"),
        ("a_x0009_b", "a\tb"),
        ("_x005F_x000D_", "_x000D_"),
        ("no_x00_ escape_xyzw_", "no_x00_ escape_xyzw_"),
        ("_xD83D__xDE00_", "\U0001f600"),
    ],
)
def test_escapes_of_a_workbook_are_decoded(written, meant):
    (value,) = cells_of(book_of(inline(written))).values()
    assert from_cell(value, "General", Column("name", "text")) == meant


@pytest.mark.parametrize("escape", ["_x000B_", "_x0000_", "_x001B_", "_xD800_", "_xFFFE_"])
def test_an_escape_of_a_character_that_nobody_prints_is_a_fault(escape):
    def spoil(book):
        book["people"][f"{column(book['people'], 'name')}2"].value = f"One{escape}Two"

    (fault,) = faults_of(changed(spoil))
    assert (fault.code, fault.path) == ("control_character", "people[0].name")
    assert f"{int(escape[2:6], 16):#04x}" in fault.message


def shown_by(value, number_format, sheet="people skills", heading="of person", row=2):
    """The one fault of a workbook in which a cell holds and shows something."""

    def spoil(book):
        cell = book[sheet][f"{column(book[sheet], heading)}{row}"]
        cell.value, cell.number_format = value, number_format

    (fault,) = faults_of(changed(spoil))
    return fault


def test_a_number_that_shows_zeros_in_front_is_distinguished_from_text():
    fault = shown_by(7, "000")
    assert fault.code == "unknown_person"
    assert 'There is no person "7".' in fault.message
    assert 'The cell shows "007" by its number format, but holds the number 7.' in fault.message


def test_a_truth_value_is_distinguished_from_the_word():
    fault = shown_by(True, "General", "people skills", "skill")
    assert fault.code == "not_text"
    assert fault.message == (
        "The cell holds the truth value TRUE, not text. Format the cell as text and type it again."
    )


def test_an_entry_that_became_a_date_is_reported_as_it_shows():
    fault = shown_by(datetime(2027, 5, 1), "d-mmm", "support curve", "days")
    assert (fault.code, fault.path) == ("not_days", "support[0].curve[0].days")
    assert 'The cell shows "1-May", but holds the date 2027-05-01' in fault.message
    assert "perhaps 1-5 was meant" in fault.message


def test_an_entry_that_became_a_time_is_reported_as_that():
    fault = shown_by(time(8), "h:mm", "support", "hours")
    assert (fault.code, fault.path) == ("not_a_stretch", "support[0].hours")
    assert "but holds the time 08:00:00: spreadsheets take entries such as 8:00" in fault.message


def test_a_time_of_day_that_the_format_hides_is_reported():
    fault = shown_by(datetime(2027, 2, 1, 8), "dd/mm/yyyy", "waves", "go_live")
    assert 'The cell shows "01/02/2027", it holds 2027-02-01T08:00.' in fault.message


def test_a_share_is_reported_as_it_shows():
    fault = shown_by(0.5, "0%", "people skills", "level")
    assert 'The cell shows "50%" by its number format, but holds the number 0.5.' in fault.message


def test_a_workbook_about_something_else_is_reported_so():
    book, content = Workbook(), io.BytesIO()
    book.save(content)
    assert [it.code for it in faults_of(content.getvalue())] == ["not_a_rollout"]
