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
    file = str(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        problems.append(Problem(file, 0, 0, "there is no such file", "check the path"))
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        problems.append(
            Problem(file, 0, 0, f"cannot be read ({reason})", "check the path and its permissions")
        )
        return None
    return parse_document(file, content, problems)


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
    text = _decode(file, content, problems)
    if text is None or _has_refused_characters(file, text, problems):
        return None
    root = _compose(file, text, problems)
    return None if root is None else Document(file, text.split("\n"), root)


def _decode(file: str, content: bytes, problems: list[Problem]) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.append(Problem(file, 1, 1, "the file is encoded as UTF-16", "save it as UTF-8"))
        return None
    try:
        # Some editors put a byte order mark first; it means nothing in UTF-8.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        line, column = _position(before, len(before))
        what = f"byte 0x{content[error.start]:02X} is not UTF-8"
        problems.append(Problem(file, line, column, what, "save the file as UTF-8"))
        return None
    return text.replace("\r\n", "\n")


def _has_refused_characters(file: str, text: str, problems: list[Problem]) -> bool:
    before = len(problems)
    if unprintable := UNPRINTABLE.search(text):
        code = f"U+{ord(unprintable.group()):04X}"
        line, column = _position(text, unprintable.start())
        problems.append(Problem(file, line, column, f"invisible character {code}", "delete it"))
    if "\r" in text:
        line, column = _position(text, text.index("\r"))
        what = "a carriage return without a line feed"
        problems.append(Problem(file, line, column, what, "save the file with Unix or Windows line ends"))
    if "\t" in text:
        tabs = [(number, line.index("\t")) for number, line in enumerate(text.split("\n"), 1) if "\t" in line]
        problems.extend(
            Problem(file, number, offset + 1, "a tab", "use spaces")
            for number, offset in tabs[:_MAXIMUM_TABS_LISTED]
        )
    return len(problems) > before


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _compose(file: str, text: str, problems: list[Problem]) -> Node | None:
    try:
        return _Composer(file, text, problems).compose()
    except _TooDeepError as error:
        what, mend = "nested too deeply", f"use at most {MAXIMUM_DEPTH} levels"
        line, column = error.args
        problems.append(Problem(file, line, column, what, mend))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = f"this is not YAML ({error.problem or error.context or 'no reason given'})"
        mend = "check the indentation here and above, and put quotes around a text that holds ': ' or ' #'"
        problems.append(Problem(file, line, column, what, mend))
    except yaml.YAMLError:
        problems.append(Problem(file, 1, 1, "this is not YAML", "compare it with a shipped file"))
    return None


class _TooDeepError(Exception):
    """More levels than any rule file needs, at a line and column: what follows isn't read."""


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
            what, mend = "the file is empty", "write an entry, or delete the file"
            self._problems.append(Problem(self._file, 1, 1, what, mend))
            return None
        return root

    def _node(self, event: yaml.Event) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor is not None or event.tag is not None:
                self._refuse_properties(event)
            return Scalar(event.value, *_place(event), event.style or "")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        assert isinstance(event, yaml.CollectionStartEvent)
        self._refuse_properties(event)
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise _TooDeepError(*_place(event))
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
            key = self._key(event)
            value = self._node(next(self._events))
            earlier = entries.setdefault(key.text, (key, value))[0]
            # The second value of a key is dropped.
            if earlier is not key and key.style != "*":
                what = f"the key {shown(key.text)} stands here a second time (first in line {earlier.line})"
                self._problems.append(Problem(self._file, key.line, key.column, what, "keep one of the two"))
        return Mapping(list(entries.values()), *_place(start))

    def _key(self, event: yaml.Event) -> Scalar:
        key = self._node(event)
        if isinstance(key, Scalar):
            return key
        what, mend = "a list or mapping stands where a key is expected", "write a word before the colon"
        self._report(event, what, mend)
        return Scalar("", *_place(event), "*")

    def _alias(self, event: yaml.AliasEvent) -> Scalar:
        what = f"a YAML alias (*{shown(event.anchor or '', quote=False)})"
        self._report(event, what, "write the value out; a text that starts with * needs quotes")
        return Scalar("", *_place(event), "*")

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            what = f"a YAML anchor (&{shown(event.anchor, quote=False)})"
            self._report(event, what, "leave it out; a text that starts with & needs quotes")
        if event.tag is not None:
            what = f"a YAML tag ({shown(event.tag, quote=False)})"
            self._report(event, what, "leave it out; a text that starts with ! needs quotes")

    def _report(self, event: yaml.Event, what: str, mend: str) -> None:
        self._problems.append(Problem(self._file, *_place(event), what, mend))


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
