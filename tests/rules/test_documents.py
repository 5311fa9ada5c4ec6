"""Is a YAML file read as it stands, with its places?"""

from __future__ import annotations

import pytest
import yaml

from ligandkb.problems import Problem
from ligandkb.rules.files import documents
from ligandkb.rules.files.documents import (
    MAXIMUM_BYTES,
    Mapping,
    Scalar,
    Sequence,
    parse_document,
    read_document,
)

GOOD = """\
# a comment
- id: NO
  flag: yes
  number: 1_000
  date: 2018-11-21
  nothing:
  list: [a, "b", 'c']
  block: |
    one
      two

    three
  folded: >
    one
    two
- {a: 1, b: ~}
"""


@pytest.fixture(params=["the C parser", "Python's parser"])
def loader(request, monkeypatch):
    if request.param == "Python's parser":
        monkeypatch.setattr(documents, "_LOADER", yaml.SafeLoader)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without libyaml")


def _read(content: str | bytes) -> tuple[documents.Document | None, list[Problem]]:
    problems: list[Problem] = []
    content = content.encode() if isinstance(content, str) else content
    return parse_document("x.yaml", content, problems), problems


def test_nothing_is_turned_into_another_type_and_every_node_has_its_place(loader):
    document, problems = _read(GOOD)
    assert not problems
    first, second = document.root.items
    values = {key.text: (value, key.line, key.column) for key, value in first.items}
    texts = {name: value.text for name, (value, _, _) in values.items() if isinstance(value, Scalar)}
    assert texts == {
        "id": "NO",
        "flag": "yes",
        "number": "1_000",
        "date": "2018-11-21",
        "nothing": "",
        "block": "one\n  two\n\nthree\n",
        "folded": "one two\n",
    }
    assert isinstance(values["list"][0], Sequence)
    assert [item.text for item in values["list"][0].items] == ["a", "b", "c"]
    assert values["id"][1:] == (2, 3)
    assert (values["id"][0].line, values["id"][0].column) == (2, 7)
    assert (values["block"][0].line, values["block"][0].column, values["block"][0].style) == (8, 10, "|")
    assert isinstance(second, Mapping)
    assert second.items[1][1].is_null


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        ("- a: 1\n  b: 2\n  a: 3\n", "3:3", "the key 'a' stands here a second time (first in line 1)"),
        ("- {a: 1, a: 2}", "1:10", "a second time"),
        ("- &x a\n", "1:3", "a YAML anchor (&x)"),
        ("- &x {a: 1}\n", "1:3", "a YAML anchor (&x)"),
        ("- *x\n", "1:3", "a YAML alias (*x)"),
        ("- a: &x 1\n  <<: *x\n", "1:6", "a YAML anchor"),
        ("- !!int 3\n", "1:3", "a YAML tag"),
        ("- ! 3\n", "1:3", "a YAML tag"),
        ("- !thing [a]\n", "1:3", "a YAML tag"),
        ("- [a]: 1\n", "1:3", "a list or mapping stands where a key is expected"),
        ("- a\n---\n- b\n", "2:1", "a second YAML document"),
        ("%YAML 1.1\n---\n- b\n", "1:1", "a YAML directive"),
        ("a: 1\n\tb: 2\n", "2:1", "a tab"),
        ("- a\u200b\n", "1:4", "invisible character U+200B"),
        ("- a\n- b\x07\n", "2:4", "invisible character U+0007"),
        ("- a\x85- b\n", "1:4", "invisible character U+0085"),
        ("- a\r- b\n", "1:4", "a carriage return without a line feed"),
        (b"- a\n- \xff\n", "2:3", "byte 0xFF is not UTF-8"),
        ("- Å\n".encode("latin-1"), "1:3", "byte 0xC5 is not UTF-8"),
        ("- a\n".encode("utf-16"), "1:1", "the file is encoded as UTF-16"),
        ("", "1:1", "the file is empty"),
        ("# only a comment\n", "1:1", "the file is empty"),
        ("- a: b: c\n", "1:7", "this is not YAML"),
        ("- {a: 1\n", "2:1", "this is not YAML"),
        ("- 'a\n", "2:1", "this is not YAML"),
        ("- [[[[[[[[[[1]]]]]]]]]]\n", "1:10", "nested too deeply"),
    ],
)
def test_what_a_rule_file_may_not_hold(loader, content, place, what):
    _, problems = _read(content)
    assert problems, "nothing was reported"
    assert f"{problems[0].line}:{problems[0].column}" == place
    assert what in problems[0].what
    assert problems[0].fix


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(loader):
    windows, problems = _read(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    unix, _ = _read(GOOD)
    assert not problems
    assert windows.root == unix.root
    assert windows.lines == unix.lines


def test_several_faults_are_listed_at_once(loader):
    _, problems = _read("- &a x\n- *a\n- !!str y\n- {b: 1, b: 2}\n")
    assert [problem.line for problem in problems] == [1, 2, 3, 4]


def test_the_second_value_of_a_key_is_dropped(loader):
    document, problems = _read("{a: 1, b: 2, a: 3}")
    assert len(problems) == 1
    assert [(key.text, value.text) for key, value in document.root.items] == [("a", "1"), ("b", "2")]


def test_files_that_cannot_be_read(tmp_path):
    large = tmp_path / "large.yaml"
    large.write_bytes(b"# " + b"x" * MAXIMUM_BYTES)
    for path, what in (
        (tmp_path / "none.yaml", "no such file"),
        (tmp_path, "cannot be read"),
        (large, "larger than"),
    ):
        problems: list[Problem] = []
        assert read_document(path, problems) is None
        assert [problem.line for problem in problems] == [0]
        assert what in problems[0].what
