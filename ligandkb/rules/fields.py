"""What may stand in a rule file, a vocabulary or a column list?

The fields of each kind of entry are stated once, here: readers refuse what isn't among them, and the JSON
schema for editors is made from them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping as MappingOf
from typing import NamedTuple

from ligandkb.problems import Problem, did_you_mean
from ligandkb.rules.documents import Mapping, Node, Scalar, Sequence, has_invisible_characters, shown

MAXIMUM_TEXT = 4000
MAXIMUM_NAMES = 500
MAXIMUM_WEIGHT = 5.0
MAXIMUM_EXAMPLE = 200

IDENTIFIER = r"[a-z0-9]+(?:-[a-z0-9]+)*"
COLUMN_NAME = r"[a-z][a-z0-9_]{0,63}"
OUTCOME_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
ON_UNKNOWN = ("widen", "ignore", "veto")
TAG_SUBJECTS = ("person", "sample", "note")
COLUMN_KINDS = ("number", "text", "flag")

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


class Field(NamedTuple):
    """One field of an entry.

    Attributes
    ----------
    meaning : str
        Shown by editors.
    required : bool
        Whether an entry without it is wrong.
    """

    meaning: str
    required: bool = False


RULE: MappingOf[str, Field] = {
    "id": Field("Short name in lower case with hyphens, the same for ever.", required=True),
    "title": Field("What the rule says, in one line.", required=True),
    "rationale": Field("Why it should be so, in the field's words.", required=True),
    "citation": Field("Source, or list of sources.", required=True),
    "derived_from": Field("Outcomes that the rule was written from, so that validation can leave them out."),
    "when": Field("Condition on the columns; see docs/rules-language.md.", required=True),
    "effect": Field(
        "What follows when the rule fires: a weight, a tag, a veto, or several of them.", required=True
    ),
    "exclusive": Field("Name of a group of rules of which one can hold at most: one weight of it counts."),
    "on_unknown": Field("What follows when the condition can't be decided."),
    "explain": Field("Sentence with {column} or {column:.2f} where values go.", required=True),
    "examples": Field("Names of ligands on which the rule must fire or stay silent."),
}
CITATION: MappingOf[str, Field] = {
    "doi": Field("Digital object identifier, without https://doi.org/.", required=True),
    "locator": Field("Where in the source: table, figure, page or section.", required=True),
}
EFFECT: MappingOf[str, Field] = {
    "weight": Field(
        "Log-odds: a number, or the name of a declared weight, with - in front for its negative."
    ),
    "tag": Field("Name of a declared tag."),
    "veto": Field("Name of a declared veto."),
}
EXAMPLES: MappingOf[str, Field] = {
    "fires": Field("Names of ligands on which the rule fires."),
    "silent": Field("Names of ligands on which it doesn't."),
}
VOCABULARY: MappingOf[str, Field] = {
    "weights": Field("Names for weights."),
    "tags": Field("Tags that rules may set."),
    "vetoes": Field("Vetoes that rules may set."),
}
WEIGHT: MappingOf[str, Field] = {
    "log_odds": Field("The weight, above 0.", required=True),
    "meaning": Field("What it stands for.", required=True),
}
TAG: MappingOf[str, Field] = {
    "meaning": Field("What it tells the reader.", required=True),
    "about": Field("Whom it concerns: person, sample or note.", required=True),
}
VETO: MappingOf[str, Field] = {
    "meaning": Field("Why nothing with it is recommended.", required=True),
    "lifted_by": Field("Name for --allow, or null where nothing lifts it."),
}
COLUMN: MappingOf[str, Field] = {
    "name": Field("Name with its unit as suffix.", required=True),
    "kind": Field("number, text or flag.", required=True),
    "meaning": Field("In the field's words, with convention and sign.", required=True),
    "unit": Field("Unit, empty for pure numbers, texts and flags."),
    "allowed": Field("All values that a text can take; none for free text."),
    "minimum": Field("Smallest value of a number."),
    "maximum": Field("Largest value of a number."),
    "nullable": Field("false where there always is a value."),
}


class FieldReader:
    """Takes fields out of a YAML tree and notes everything that is wrong with them.

    Each method returns None where it has noted a problem.

    Parameters
    ----------
    file : str
        Path as the user wrote it.
    problems : list of Problem
        Problems are appended here.
    """

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
        self.owner = ""

    def report(self, node: Node, what: str, mend: str = "") -> None:
        """Note a problem at a node."""
        self.report_at(node.line, node.column, what, mend)

    def report_at(self, line: int, column: int, what: str, mend: str = "") -> None:
        """Note a problem at a position."""
        owner = f"{self.owner}: " if self.owner else ""
        self.problems.append(Problem(self.file, line, column, owner + what, mend))

    def fields(self, node: Node, known: MappingOf[str, Field], name: str) -> dict[str, Node] | None:
        """Fields of a mapping by name; unknown and required but absent ones are noted."""
        if not isinstance(node, Mapping):
            if not is_reported(node):
                self.report(node, f"{name} is not a mapping", f"write lines such as {next(iter(known))}: ...")
            return None
        found: dict[str, Node] = {}
        for key, value in node.items:
            if key.text in known:
                found[key.text] = value
            elif key.style != "*":
                mend = did_you_mean(key.text, known) or f"it can hold {', '.join(known)}"
                self.report(key, f"{name} has no field {shown(key.text)}", mend)
        for field_name, field in known.items():
            if field.required and field_name not in found:
                self.report(node, f"{name} has no {field_name}", f"add {field_name}: {field.meaning}")
        return found

    def text(self, node: Node, name: str, maximum: int = MAXIMUM_TEXT) -> str | None:
        """Text of a scalar, without white space around it; it may not be empty."""
        if not isinstance(node, Scalar):
            self.report(node, f"{name} is not a text", "write one text after the colon")
        elif node.style == "*":
            pass
        elif node.is_null or not node.text.strip():
            self.report(node, f"{name} is empty", "write it, or leave out the line")
        elif len(node.text) > maximum:
            self.report(node, f"{name} is longer than {maximum} characters", "shorten it")
        elif node.style == '"' and has_invisible_characters(node.text):
            # Only an escape in double quotes can bring one in: the file itself has been searched.
            self.report(node, f"{name} holds an invisible character", "delete it")
        else:
            return node.text.strip()
        return None

    def word(self, node: Node, name: str, pattern: str, form: str) -> str | None:
        """Text that matches a pattern; ``form`` says in words which."""
        text = self.text(node, name)
        if text is not None and re.fullmatch(pattern, text) is None:
            self.report(node, f"{name} {shown(text)} has a wrong form", form)
            return None
        return text

    def choice(self, node: Node, name: str, known: MappingOf[str, object] | tuple[str, ...]) -> str | None:
        """Text that is one of the known ones."""
        text = self.text(node, name)
        if text is None or text in known:
            return text
        mend = did_you_mean(text, known) or (f"it can be {', '.join(known)}" if known else "none is declared")
        self.report(node, f"no {name} is called {shown(text)}", mend)
        return None

    def number(self, node: Node, name: str) -> float | None:
        """Finite number."""
        text = self.text(node, name)
        if text is None:
            return None
        assert isinstance(node, Scalar)
        if node.style or _NUMBER.fullmatch(text) is None:
            self.report(
                node, f"{name} {shown(text)} is not a number", "write a number such as 1.2, without quotes"
            )
            return None
        value = float(text)
        if not math.isfinite(value):
            self.report(node, f"{name} {shown(text)} is too large", "write a smaller number")
            return None
        return value

    def texts(self, node: Node, name: str, maximum: int = MAXIMUM_EXAMPLE) -> tuple[str, ...] | None:
        """Texts of a list, each once."""
        if not isinstance(node, Sequence):
            if not is_reported(node):
                self.report(node, f"{name} is not a list", "write it in square brackets: [a, b]")
            return None
        if len(node.items) > MAXIMUM_NAMES:
            self.report(node, f"{name} has more than {MAXIMUM_NAMES} entries", "shorten it")
            return None
        texts: list[str] = []
        for item in node.items:
            text = self.text(item, f"an entry of {name}", maximum)
            if text is not None and text in texts:
                self.report(item, f"{name} names {shown(text)} twice", "keep one of the two")
            elif text is not None:
                texts.append(text)
        return tuple(texts)


def is_reported(node: Node) -> bool:
    """Tell whether a node stands for an alias, which is noted where the file is read."""
    return isinstance(node, Scalar) and node.style == "*"
