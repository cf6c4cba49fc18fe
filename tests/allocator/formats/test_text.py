"""Reading and writing text: YAML 1.2 core and JSON, and nothing that bites."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.errors import InvalidDocument
from allocator.formats.text import tree as text
from allocator.formats.text import yaml_tree
from allocator.formats.text.tree import dump_json, dump_yaml, read_tree


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("y", "y"),
        ("2027-01-11", "2027-01-11"),
        ("2027-01-11T08:00", "2027-01-11T08:00"),
        ("08:00-12:00", "08:00-12:00"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("=", "="),
        ("<<", "<<"),
        ("1-5", "1-5"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("012", 12),
        ("-7", -7),
        ("0o17", 15),
        ("0x1F", 31),
        ("62.50", 62.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("'12'", "12"),
        ('"true"', "true"),
    ],
)
def test_plain_values_resolve_as_in_yaml_1_2_core(plain, value):
    read = read_tree(f"a: {plain}".encode())
    assert read == {"a": value}
    assert type(read["a"]) is type(value)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty_document", None),
        (b" \n ", "empty_document", None),
        (b"# nothing\n", "empty_document", 2),
        (b"a: 1\n---\nb: 2\n", "several_documents", 2),
        (b"a: 1\nb: [1, 2\n", "syntax", 3),
        (b'{"a": 1,\n "b": }x', "syntax", 2),
        (b"a: 1\nb: 2\na: 3\n", "duplicate_key", 3),
        (b'{"a": 1,\n"a": 2}', "duplicate_key", 2),
        (b"a: !!int 3", "tag", 1),
        (b"a: !!python/object:os.system x", "tag", 1),
        (b"a:\n  !x b: 1", "tag", 2),
        (b"a: *b", "bad_alias", 1),
        (b"a: &b [*b]", "bad_alias", 1),
        (b"1: 2", "bad_key", 1),
        (b"null: 2", "bad_key", 1),
        (b"? [a]\n: 2", "bad_key", 1),
        (b"? {a: b}\n: 2", "bad_key", 1),
        (b"a: .inf", "not_a_number", 1),
        (b"a: -.INF", "not_a_number", 1),
        (b"a: .nan", "not_a_number", 1),
        (b"a: 1e999", "not_a_number", 1),
        (b'{"a": 1e999}', "not_a_number", 1),
        (b"a: -123456789012345678901", "not_a_number", 1),
        (b"a: " + b"9" * 100_000, "not_a_number", 1),
        (b'a: "x\\0"', "control_character", 1),
        (b'{"a": "\\u0007"}', "control_character", 1),
        (b"a: x\x00", "control_character", 1),
        (b"b: 1\na: \x07", "control_character", 2),
        (b"a: 1\nb: \xff", "encoding", 2),
        ("a: 1".encode("utf-16"), "encoding", None),
        ("a: 1".encode("utf-16-le"), "encoding", None),
        ("a: 1".encode("utf-32"), "encoding", None),
        (b"[" * 100_000, "too_deep", 1),
        (b"[" * 100 + b"]" * 100, "too_deep", 1),
        (b"a: " + b"{a: " * 100, "too_deep", 1),
        (b"\t a: 1", "syntax", 1),
    ],
)
def test_what_is_no_plain_document_is_refused_with_its_line(content, code, line):
    with pytest.raises(InvalidDocument) as caught:
        read_tree(content)
    fault = caught.value.faults[0]
    assert (fault.code, fault.line) == (code, line)


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_what_json_has_no_number_for_is_never_a_number(constant):
    assert read_tree(b'{"a": ' + constant + b"}") == {"a": constant.decode()}


def test_a_byte_order_mark_of_utf_8_is_accepted():
    assert read_tree(b"\xef\xbb\xbfa: \xc4\x8d") == {"a": "č"}
    assert read_tree(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_json_may_be_indented_with_tabs_and_escape_beyond_the_first_plane():
    assert read_tree(b'{\n\t"a":\t"\\ud83d\\ude00"}') == {"a": "\U0001f600"}


def test_an_alias_stands_for_what_it_names():
    assert read_tree(b"a: &x {b: 1}\nc: [*x, *x]") == {"a": {"b": 1}, "c": [{"b": 1}, {"b": 1}]}


def test_aliases_that_multiply_without_end_are_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 12):
        uses = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{uses}]")
    with pytest.raises(InvalidDocument) as caught:
        read_tree("\n".join(lines).encode())
    assert [fault.code for fault in caught.value.faults] == ["too_large"]


def test_aliases_cannot_nest_deeper_than_lists_may():
    lines = ["a0: &a0 [x]"]
    lines += [f"a{level}: &a{level} [*a{level - 1}]" for level in range(1, yaml_tree.MAX_DEPTH)]
    with pytest.raises(InvalidDocument) as caught:
        read_tree("\n".join(lines).encode())
    assert [fault.code for fault in caught.value.faults] == ["too_deep"]


def test_as_deep_as_allowed_is_read_and_one_deeper_is_not():
    deepest = "[" * yaml_tree.MAX_DEPTH + "]" * yaml_tree.MAX_DEPTH
    assert json.dumps(read_tree(deepest.encode())) == deepest
    assert json.dumps(read_tree(f"# YAML\n{deepest}".encode())) == deepest
    with pytest.raises(InvalidDocument):
        read_tree(f"[{deepest}]".encode())


def test_a_file_over_the_limit_is_refused_unread(monkeypatch):
    monkeypatch.setattr(text, "MAX_BYTES", 100)
    assert read_tree(b"a: " + b"x" * 97) == {"a": "x" * 97}
    with pytest.raises(InvalidDocument) as caught:
        read_tree(b"a: " + b"x" * 98)
    assert caught.value.faults[0].code == "too_large"


def test_several_mistakes_of_writing_are_reported_together():
    with pytest.raises(InvalidDocument) as caught:
        read_tree(b"a: .inf\na: 1\nb: {c: !x 1}")
    reported = [(fault.path, fault.code, fault.line) for fault in caught.value.faults]
    assert reported == [("a", "not_a_number", 1), ("", "duplicate_key", 2), ("b.c", "tag", 3)]


@pytest.mark.parametrize("word", ["2027-01-11", "2027-01-11T08:00", "no", "č", "Ana Novak"])
def test_words_of_a_rollout_are_written_without_quotes(word):
    assert dump_yaml({"a": word}).strip() == f"a: {word}"


def test_entries_that_fit_take_a_line_and_others_a_line_for_each_field():
    long = ["2027-03-26", "2027-03-29", "2027-05-06", "2027-06-24", "2027-08-16"] * 2
    tree = {"name": "A, b", "skills": [{"id": "a", "x": ["b, c"]}], "off": [long], "none": []}
    assert dump_yaml(tree) == (
        "name: A, b\n"
        "skills:\n"
        '  - {id: a, x: ["b, c"]}\n'
        "off:\n"
        "  -\n" + "".join(f"    - {day}\n" for day in long) + "none: []\n"
    )


@pytest.mark.parametrize("value", [{1, 2}, object(), b"x"])
def test_what_no_document_holds_is_not_written(value):
    with pytest.raises(TypeError, match="holds no"):
        dump_yaml({"a": value})


def test_names_of_any_length_can_be_written_and_read():
    tree = {"k" * 2000: {"": {"a: b": [1]}}}
    assert read_tree(dump_yaml(tree).encode()) == tree


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**19), 10**19)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=30)
    | st.sampled_from(["no", "null", "~", "0x1", "1e3", "012", "-", "? a", "a: b", "# x", "<<", ""])
    | st.sampled_from(
        ["2027-01-11", "08:00-12:00", ".5", "+1", "true", "a\nb", " a", "a ", "'", "|"]
    )
)
printable = scalars.filter(
    lambda value: not isinstance(value, str) or not yaml_tree.UNPRINTABLE.search(value)
)
trees = st.recursive(
    printable,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(printable.filter(lambda key: isinstance(key, str)), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(trees)
def test_what_is_written_as_yaml_or_json_reads_back_identical(tree):
    for written in (dump_yaml(tree), dump_json(tree), dump_json(tree, None)):
        read = read_tree(written.encode())
        assert dump_json(read) == dump_json(tree)


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda drawn: drawn.encode("utf-8", "replace"))
)
def test_no_content_at_all_brings_the_reader_down(content):
    with suppress(InvalidDocument):
        read_tree(content)


@given(st.lists(st.sampled_from(list("[]{}:,&*!|>-?'\"#%@` \n\tab10.~")), max_size=60))
def test_no_heap_of_punctuation_brings_the_reader_down(characters):
    with suppress(InvalidDocument):
        read_tree("".join(characters).encode())
