"""What may stand in a field of an entry, how is it read, and what do editors know of it?

Each form reads a node of a YAML tree, notes everything that is wrong with it, and describes itself in the
terms of a JSON schema. So what is refused and what an editor marks are stated once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from collections.abc import Mapping as MappingOf
from typing import Any, NamedTuple

from ligandkb.problems import Problem, did_you_mean
from ligandkb.rules.files.documents import Document, Mapping, Node, Scalar, Sequence
from ligandkb.rules.language.texts import has_invisible_characters, shown

MAXIMUM_TEXT = 4000
MAXIMUM_NAMES = 500
MAXIMUM_EXAMPLE = 200

_EMPTY = "write it, or leave out the line"
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


class Notes:
    """What is wrong with a file.

    Parameters
    ----------
    document : Document
        The file.
    problems : list of Problem
        Problems are appended here.

    Attributes
    ----------
    owner : str
        The entry that is being read, which messages begin with.
    """

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.file, self.lines, self.problems = document.file, document.lines, problems
        self.owner = ""

    def report(self, node: Node, what: str, fix: str) -> Any:
        """Note a problem at a node, which has no value then.

        An alias has been reported where the file was read.
        """
        if not (isinstance(node, Scalar) and node.style == "*"):
            self.report_at(node.line, node.column, what, fix)

    def report_at(self, line: int, column: int, what: str, fix: str) -> None:
        """Note a problem at a position."""
        owner = f"{self.owner}: " if self.owner else ""
        self.problems.append(Problem(self.file, line, column, owner + what, fix))


class Form(NamedTuple):
    """What may stand in a field.

    Attributes
    ----------
    read : callable
        Takes a node, the name that messages give it, and :class:`Notes`; gives the value, or None where a
        problem was noted.
    schema : dict
        The same as JSON schema.
    """

    read: Callable[[Node, str, Notes], Any]
    schema: dict[str, Any]


def text(maximum: int = MAXIMUM_TEXT, *, optional: bool = False) -> Form:
    """Text, without white space around it; empty only where it is optional."""

    def read(node: Node, name: str, notes: Notes) -> Any:
        if not isinstance(node, Scalar):
            return notes.report(node, f"{name} is not a text", "write one text after the colon")
        if node.is_null or not node.text.strip():
            return None if optional else notes.report(node, f"{name} is empty", _EMPTY)
        if len(node.text) > maximum:
            return notes.report(node, f"{name} is longer than {maximum} characters", "shorten it")
        if node.style == '"' and has_invisible_characters(node.text):
            # Only an escape in double quotes can bring one in: the file itself has been searched.
            return notes.report(node, f"{name} holds an invisible character", "delete it")
        return node.text.strip()

    return Form(read, {"type": "string", "minLength": 1})


TEXT = text()


def word(pattern: str, advice: str, *, optional: bool = False) -> Form:
    """Text that matches a pattern; ``advice`` says in words which."""
    any_text = text(optional=optional)

    def read(node: Node, name: str, notes: Notes) -> Any:
        value = any_text.read(node, name, notes)
        if value is not None and re.fullmatch(pattern, value) is None:
            return notes.report(node, f"{name} {shown(value)} has a wrong form", advice)
        return value

    return Form(read, TEXT.schema | {"pattern": f"^{pattern}$"})


def choice(names: Collection[str], kind: str) -> Form:
    """One of several words; ``kind`` is what messages call them."""

    def read(node: Node, _: str, notes: Notes) -> Any:
        value = TEXT.read(node, kind, notes)
        if value is None or value in names:
            return value
        known = f"it can be {', '.join(names)}" if names else "none is declared"
        return notes.report(node, f"no {kind} is called {shown(value)}", did_you_mean(value, names) or known)

    return Form(read, {"type": "string", "enum": list(names)})


def read_number(node: Node, name: str, notes: Notes) -> Any:
    """Read a finite number, written without quotes."""
    value = TEXT.read(node, name, notes)
    if value is None or not isinstance(node, Scalar):
        return None
    if node.style or _NUMBER.fullmatch(value) is None:
        fix = "write a number such as 1.2, without quotes"
        return notes.report(node, f"{name} {shown(value)} is not a number", fix)
    if not math.isfinite(float(value)):
        return notes.report(node, f"{name} {shown(value)} is too large", "write a smaller number")
    return float(value)


NUMBER = Form(read_number, {"type": "number"})


def texts(item: Form | None = None, kind: str = "") -> Form:
    """List of texts, each once; ``kind`` is what messages call an entry."""
    one = item or text(MAXIMUM_EXAMPLE)

    def read(node: Node, name: str, notes: Notes) -> Any:
        if not isinstance(node, Sequence):
            return notes.report(node, f"{name} is not a list", "write it in square brackets: [a, b]")
        if len(node.items) > MAXIMUM_NAMES:
            return notes.report(node, f"{name} has more than {MAXIMUM_NAMES} entries", "shorten it")
        values: list[str] = []
        for entry in node.items:
            value = one.read(entry, kind or f"an entry of {name}", notes)
            if value is not None and value in values:
                notes.report(entry, f"{name} names {shown(value)} twice", "keep one of the two")
            elif value is not None:
                values.append(value)
        return tuple(values)

    schema = {"type": "array", "items": one.schema, "uniqueItems": True, "maxItems": MAXIMUM_NAMES}
    return Form(read, schema)


class Field(NamedTuple):
    """One field of an entry.

    Attributes
    ----------
    meaning : str
        Shown by editors.
    form : Form
        What may stand in it.
    required : bool
        Whether an entry without it is wrong.
    """

    meaning: str
    form: Form
    required: bool = False


class Entry(NamedTuple):
    """Mapping of known fields.

    Attributes
    ----------
    label : str
        What messages call it.
    fields : mapping of str to Field
    if_empty : str
        What to write into an entry without fields; nothing where it may be empty.
    one_of : tuple of str
        Fields of which it holds one and not two.
    """

    label: str
    fields: MappingOf[str, Field]
    if_empty: str = ""
    one_of: tuple[str, ...] = ()

    def found(self, node: Node, notes: Notes) -> dict[str, Node] | None:
        """Fields by name; unknown ones, and required ones that are absent, are noted."""
        if not isinstance(node, Mapping):
            fix = f"write lines such as {next(iter(self.fields))}: ..."
            notes.report(node, f"{self.label} is not a mapping", fix)
            return None
        if self.if_empty and not node.items:
            notes.report(node, f"{self.label} is empty", self.if_empty)
        found: dict[str, Node] = {}
        for key, value in node.items:
            if key.text in self.fields:
                found[key.text] = value
            else:
                fix = did_you_mean(key.text, self.fields) or f"it can hold {', '.join(self.fields)}"
                notes.report(key, f"{self.label} has no field {shown(key.text)}", fix)
        for name, field in self.fields.items():
            if field.required and name not in found:
                notes.report(node, f"{self.label} has no {name}", f"add {name}: {field.meaning}")
        if self.one_of and len(found.keys() & set(self.one_of)) != 1:
            has = "two" if found.keys() & set(self.one_of) else "neither"
            notes.report(node, f"{self.label} has {has} of {' and '.join(self.one_of)}", "give one of them")
        return found

    def values(self, found: MappingOf[str, Node], notes: Notes) -> dict[str, Any]:
        """Read fields."""
        return {name: self.fields[name].form.read(node, name, notes) for name, node in found.items()}

    def read(self, node: Node, _: str, notes: Notes) -> dict[str, Any] | None:
        """Read all fields; None where anything is wrong."""
        before = len(notes.problems)
        values = self.values(self.found(node, notes) or {}, notes)
        return values if len(notes.problems) == before and self.is_whole(values) else None

    def is_whole(self, values: MappingOf[str, Any]) -> bool:
        """Tell whether all required fields have a value; an alias, for one, has none."""
        required = {name for name, field in self.fields.items() if field.required}
        return all(values.get(name) is not None for name in required | (values.keys() & set(self.one_of)))

    @property
    def form(self) -> Form:
        """The entry as a form of a field."""
        properties = {
            name: {"description": field.meaning} | field.form.schema for name, field in self.fields.items()
        }
        schema = {
            "type": "object",
            "properties": properties,
            "required": [name for name, field in self.fields.items() if field.required],
            "additionalProperties": False,
        }
        if self.if_empty:
            schema["minProperties"] = 1
        if self.one_of:
            schema["oneOf"] = [{"required": [name]} for name in self.one_of]
        return Form(self.read, schema)


def one_or_more(entry: Entry) -> Form:
    """An entry, or a list of them."""

    def read(node: Node, name: str, notes: Notes) -> Any:
        if isinstance(node, Sequence) and not node.items:
            fields = ", ".join(f"{field}: ..." for field in entry.fields)
            notes.report(node, f"{name} is empty", f"write {{{fields}}}")
        return [
            entry.read(one, name, notes) for one in (node.items if isinstance(node, Sequence) else [node])
        ]

    one = entry.form.schema
    many = {"type": "array", "items": one, "minItems": 1}
    return Form(read, {"type": ["object", "array"], "oneOf": [one, many]})
