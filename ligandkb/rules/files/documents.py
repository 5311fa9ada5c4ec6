"""What does this YAML file say, and where?

A YAML file becomes a tree of three kinds of node, each with its line and column. The tree is built from
PyYAML's parser events and not by ``yaml.load``: so nothing is constructed from tags, ``NO`` stays text, and
anchors, aliases and tags, which a reader of rules would stumble over, can be refused where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from ligandkb.problems import Problem
from ligandkb.rules.language.texts import UNPRINTABLE, shown

MAXIMUM_BYTES = 1024 * 1024
MAXIMUM_DEPTH = 8
_MAXIMUM_TABS_LISTED = 20

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """One text of a YAML file.

    Attributes
    ----------
    text : str
        As YAML reads it, never turned into a number, truth value or date.
    line, column : int
        1-based position of its first character or block indicator.
    style : str
        ``""`` for plain text, else ``'`` ``"`` ``|`` ``>``; ``*`` for an alias, which has been reported.
    """

    text: str
    line: int
    column: int
    style: str

    @property
    def is_null(self) -> bool:
        """Whether nothing is written here, or one of YAML's words for nothing."""
        return not self.style and self.text in {"", "~", "null", "Null", "NULL"}


class Sequence(NamedTuple):
    """A list of a YAML file."""

    items: list[Node]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys and values of a YAML file, each key once."""

    items: list[tuple[Scalar, Node]]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


class Document(NamedTuple):
    """A YAML file.

    Attributes
    ----------
    file : str
        Path as the user wrote it.
    lines : list of str
        Raw source lines, without line ends.
    root : Node
        What stands at the top.
    """

    file: str
    lines: list[str]
    root: Node


def read_document(path: Path, problems: list[Problem]) -> Document | None:
    """Read one YAML file.

    Parameters
    ----------
    path : Path
        File to read.
    problems : list of Problem
        Everything that is wrong with the file as YAML is appended here; nothing is raised.

    Returns
    -------
    Document or None
        None if there is nothing to read further.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        what, fix = "there is no such file", "check the path"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        what, fix = f"cannot be read ({reason})", "check the path and its permissions"
    else:
        return parse_document(str(path), content, problems)
    problems.append(Problem(str(path), 0, 0, what, fix))
    return None


def parse_document(file: str, content: bytes, problems: list[Problem]) -> Document | None:
    """Parse the content of one YAML file; see :func:`read_document`.

    Examples
    --------
    >>> parse_document("a.yaml", b"halide: NO", []).root.items[0][1].text
    'NO'
    """
    if len(content) > MAXIMUM_BYTES:
        what = f"is larger than {MAXIMUM_BYTES // 1024} KiB"
        problems.append(Problem(file, 0, 0, what, "split it into several files"))
        return None
    root: Node | None = None
    try:
        text = _decode(content)
        refused = _refused_characters(text)
        problems.extend(Problem(file, *refusal) for refusal in refused)
        root = None if refused else _Composer(file, text, problems).compose()
    except _UnreadableError as error:
        problems.append(Problem(file, *error.args))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = f"this is not YAML ({error.problem or error.context or 'no reason given'})"
        fix = "check the indentation here and above, and put quotes around a text that holds ': ' or ' #'"
        problems.append(Problem(file, *place, what, fix))
    except yaml.YAMLError:
        problems.append(Problem(file, 1, 1, "this is not YAML", "compare it with a shipped file"))
    return None if root is None else Document(file, text.split("\n"), root)


Refusal = tuple[int, int, str, str]
"""Line and column, what is wrong, and how to fix it."""


class _UnreadableError(Exception):
    """A :data:`Refusal` after which nothing more can be read."""


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _UnreadableError(1, 1, "the file is encoded as UTF-16", "save it as UTF-8")
    try:
        # Some editors put a byte order mark first; it means nothing in UTF-8.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        what = f"byte 0x{content[error.start]:02X} is not UTF-8"
        raise _UnreadableError(*_position(before, len(before)), what, "save the file as UTF-8") from None


def _refused_characters(text: str) -> list[Refusal]:
    refused: list[Refusal] = []
    if unprintable := UNPRINTABLE.search(text):
        what = f"invisible character U+{ord(unprintable.group()):04X}"
        refused.append((*_position(text, unprintable.start()), what, "delete it"))
    if "\r" in text:
        what, fix = "a carriage return without a line feed", "save the file with Unix or Windows line ends"
        refused.append((*_position(text, text.index("\r")), what, fix))
    tabs = ((number, line.find("\t")) for number, line in enumerate(text.split("\n"), 1))
    places = [(number, offset + 1) for number, offset in tabs if offset >= 0][:_MAXIMUM_TABS_LISTED]
    return refused + [(*place, "a tab", "use spaces") for place in places]


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _Composer:
    """Builds the tree from parser events, and reports what YAML allows but a rule file doesn't."""

    def __init__(self, file: str, text: str, problems: list[Problem]) -> None:
        self._file, self._problems = file, problems
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))
        self._depth = 0

    def compose(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    self._report(event, "a YAML directive (%)", "leave it out")
                if documents > 1:
                    self._report(event, "a second YAML document", "leave out the --- or make a second file")
                    break
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event)
        if root is None or (isinstance(root, Scalar) and root.is_null):
            what, fix = "the file is empty", "write an entry, or delete the file"
            self._problems.append(Problem(self._file, 1, 1, what, fix))
            return None
        return root

    def _node(self, event: yaml.Event) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor is not None or event.tag is not None:
                self._refuse_properties(event)
            return Scalar(event.value, *_place(event), event.style or "")
        if isinstance(event, yaml.AliasEvent):
            what = f"a YAML alias (*{shown(event.anchor or '', quote=False)})"
            self._report(event, what, "write the value out; a text that starts with * needs quotes")
            return Scalar("", *_place(event), "*")
        assert isinstance(event, yaml.CollectionStartEvent)
        self._refuse_properties(event)
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise _UnreadableError(*_place(event), "nested too deeply", f"use at most {MAXIMUM_DEPTH} levels")
        node = self._mapping(event) if isinstance(event, yaml.MappingStartEvent) else self._sequence(event)
        self._depth -= 1
        return node

    def _sequence(self, start: yaml.Event) -> Sequence:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event))
        return Sequence(items, *_place(start))

    def _mapping(self, start: yaml.Event) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event)
            if not isinstance(key, Scalar):
                what = "a list or mapping stands where a key is expected"
                self._report(event, what, "write a word before the colon")
                key = Scalar("", *_place(event), "*")
            value = self._node(next(self._events))
            earlier = entries.setdefault(key.text, (key, value))[0]
            # The second value of a key is dropped.
            if earlier is not key and key.style != "*":
                what = f"the key {shown(key.text)} stands here a second time (first in line {earlier.line})"
                self._problems.append(Problem(self._file, key.line, key.column, what, "keep one of the two"))
        return Mapping(list(entries.values()), *_place(start))

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        for kind, sign, name in (("anchor", "&", event.anchor), ("tag", "!", event.tag)):
            if name is not None:
                what = f"a YAML {kind} ({sign.strip('!')}{shown(name, quote=False)})"
                self._report(event, what, f"leave it out; a text that starts with {sign} needs quotes")

    def _report(self, event: yaml.Event, what: str, fix: str) -> None:
        self._problems.append(Problem(self._file, *_place(event), what, fix))


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
