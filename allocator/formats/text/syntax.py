"""What the parser of YAML stumbles over, in words of those who write documents."""

from __future__ import annotations

_SAYS = (
    ("mapping values are not allowed", "a colon stands where no field can begin; is the line above"
     " complete, and the indent right? Text with a colon in it is put in quotes"),
    ("block sequence entries are not allowed", "a list begins where none can; its dashes stand on"
     " lines of their own"),
    ("expected '-' indicator", "a list goes on without its dash, or the indent is wrong"),
    ("expected ',' or ']'", "a list in square brackets has no end, or lacks a comma"),
    ("expected ',' or '}'", "a mapping in braces has no end, or lacks a comma"),
    ("expected key", "a field is expected; is the indent right, and does text in quotes end where"
     " it should?"),
    ("could not find expected ':'", "a field has no colon after its name"),
    ("cannot start any token", "text begins with a tab or a sign such as @, % or `; put it in"
     " quotes, and indent with blanks"),
    ("unexpected end of stream", "a text in quotes has no end"),
    ("unknown escape character", "a backslash in double quotes is followed by no known letter;"
     " write it twice, or use single quotes"),
    ("hexdecimal number", "an escape such as \\u017e lacks digits"),
    ("Unicode character escape", "an escape names a character that there is not"),
    ("expected node content", "a value is missing"),
    ("comment or line break", "text stands behind | or > on the same line"),
    ("<document start>", "something stands behind the end of the document"),
    ("document indicator", "--- or ... stands in the middle of a value"),
    ("incompatible YAML document", "it says that it is of another version than YAML 1"),
    ("directive", "a line that begins with % is not understood"),
    ("tab character", "a line is indented with a tab; take blanks"),
    ("anchor", "an anchor (&) or an alias (*) has no name"),
    ("tag", "a tag (!) is not well-formed"),
    ("control characters", "it holds a character that cannot be printed"),
    ("trailing data", "it ends in the middle of a character"),
)  # fmt: skip
"""What the parser says, and what that means."""


def in_words(said: str, column: int | None) -> str:
    """A sentence on what the parser says, with the column at which it stopped."""
    meant = next((ours for theirs, ours in _SAYS if theirs in said), "it is not well-formed")
    at = "" if column is None else f" at column {column}"
    end = "" if meant.endswith("?") else "."
    return f"This is not YAML or JSON{at}: {meant}{end}"
