"""What a workbook says of itself: the note at the head of a column, the page that explains it."""

from __future__ import annotations

from allocator.formats.workbook.layout import (
    AS_WRITTEN,
    NUMBER,
    READ_ME,
    Column,
    Form,
    Kind,
    Layout,
    Listing,
)

TITLE = "A rollout as a workbook"

PAGE = (
    "This workbook is a rollout document: everything that the planning of people, classes and help "
    "on the floor needs. Change it, save it as .xlsx, and give it to allocator as it is: "
    "allocator validate rollout.xlsx names every fault with its sheet, row and column.",
    "Each sheet is a list, each row an entry. The head of each column has a note that says what "
    "belongs there; bold heads are needed. Empty rows mean nothing, rows may be sorted and "
    "filtered, columns may be moved. Hidden rows count.",
    'Rows of sheets such as "people absences" belong to an entry of another sheet, which they name '
    'in their first column ("of person").',
    "Ids are how entries refer to each other. A cell for several ids or words has them with commas "
    'between; a word with a comma in it stands in quotes: "nurses, night", clerks.',
    "Dates and moments are real dates. A range of dates includes its last day, a range of moments "
    "ends at its last one; cells that take either mean a moment where they show a time.",
    "A formula counts with the value that it had when the workbook was saved, and is reported as a "
    "warning: the document keeps the value only.",
    "Sheets and columns of your own are welcome if their name begins with #. They are not part of "
    "the document: they and comments in cells are reported as warnings, because they are gone when "
    "the document is written as a workbook again. Any other unknown sheet or column is a fault.",
    f'The column "{AS_WRITTEN}" appears only where a document names a field without giving it a '
    "value; leave it alone.",
)

_KINDS: dict[Kind, str] = {
    "id": "A word or an id",
    "text": "Text",
    "number": "A number",
    "price": 'A number, or "forbidden"',
    "whole": "A whole number",
    "flag": "TRUE or FALSE",
    "date": "A date",
    "moment": "A date with a time of day",
    "date or moment": "A date, or a date with a time of day",
    "stretch": "A stretch of a day such as 08:00-12:00",
    "days": "A day such as 3, or a range such as 1-5 (as text)",
    "choice": "One of",
}


def note_of(column: Column) -> str:
    """What the head of a column says: what belongs there, and what holds where it is empty."""
    kind = _KINDS[column.kind]
    if column.kind == "choice":
        kind = f"{kind}: {', '.join(str(it) for it in column.choices)}"
    if column.path == "id":
        kind = "What other entries call this one"
    if column.refers_to is not None:
        kind = f'An id of the sheet "{column.refers_to}"'
    several = "; several with commas between." if column.many else "."
    needed = "Needed." if column.needed else column.left_out
    return " ".join(it for it in (f"{kind}{several}", column.description, needed) if it)


def owner_note(listing: Listing) -> str:
    """What the head of the column says that names the entry to which a row belongs."""
    assert listing.owner is not None  # only then is there such a column
    owner = listing.owner
    what = "number" if owner.key == NUMBER else "id" if owner.key == "id" else f"{owner.key}"
    return f'To which row of the sheet "{owner.name}" this one belongs: its {what}. Needed.'


NUMBER_NOTE = "A number by which rows of other sheets refer to this one. Needed."
AS_WRITTEN_NOTE = "Fields that the document names without a value. Leave it alone."


def links(layout: Layout) -> list[tuple[str, str]]:
    """Each sheet with what one of its rows is."""
    sheets: list[Form | Listing] = [*layout.forms[:1], *layout.listings]
    return [(it.name, it.meaning) for it in sheets if it.name != READ_ME]
