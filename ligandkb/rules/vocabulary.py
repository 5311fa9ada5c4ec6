"""Which weights, tags and vetoes may a rule name?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ligandkb.problems import InputError, Problem
from ligandkb.rules.files.documents import Mapping as MappingNode
from ligandkb.rules.files.documents import Node, Scalar, read_document
from ligandkb.rules.files.forms import TEXT, Entry, Field, Form, Notes, choice, read_number, word

MAXIMUM_WEIGHT = 5.0
_NAME_PATTERN = (r"[a-z0-9]+(?:-[a-z0-9]+)*", "use lower-case letters, digits and single hyphens")
NAME = word(*_NAME_PATTERN)
"""Form of the names of rules, weights, tags, vetoes and exclusive groups."""


def _read_log_odds(node: Node, name: str, notes: Notes) -> Any:
    value = read_number(node, name, notes)
    if value is None or 0 < value <= MAXIMUM_WEIGHT:
        return value
    what = f"{name} {value:g} is not above 0 and at most {MAXIMUM_WEIGHT:g}"
    return notes.report(node, what, "a rule takes the negative of a weight with a - in front")


_LOG_ODDS = Form(_read_log_odds, {"type": "number", "exclusiveMinimum": 0, "maximum": MAXIMUM_WEIGHT})
_WEIGHT = Entry(
    "the weight",
    {
        "log_odds": Field("The weight, above 0.", _LOG_ODDS, required=True),
        "meaning": Field("What it stands for.", TEXT, required=True),
        "spread_log_odds": Field(
            "How far a rule of this word may be off: one standard deviation, by default the weight itself.",
            _LOG_ODDS,
        ),
    },
)
_ABOUT = choice(("person", "sample", "note"), "value of about")
_INSTEAD = choice(("undecided", "unassessed"), "value of instead")
_TAG = Entry(
    "the tag",
    {
        "meaning": Field("What it tells the reader.", TEXT, required=True),
        "about": Field("Whom it concerns: person, sample or note.", _ABOUT, required=True),
        "instead": Field("Verdict that takes the place of a recommendation.", _INSTEAD),
    },
)
_LIFTED_BY = word(*_NAME_PATTERN, optional=True)
_VETO = Entry(
    "the veto",
    {
        "meaning": Field("Why nothing with it is recommended.", TEXT, required=True),
        "lifted_by": Field("Name for --allow, or null where nothing lifts it.", _LIFTED_BY),
    },
)


class Weight(NamedTuple):
    """A name for a weight.

    Attributes
    ----------
    log_odds : float
        The weight, above 0; a rule takes its negative with ``-name``.
    meaning : str
        What it stands for.
    spread_log_odds : float or None
        Standard deviation of what a rule of this word may be worth, as long as nobody has measured; None for as much
        as the weight itself.
    """

    log_odds: float
    meaning: str
    spread_log_odds: float | None = None


class Tag(NamedTuple):
    """Something that a reader has to know about a row.

    Attributes
    ----------
    meaning : str
        What it tells.
    about : str
        ``"person"`` (can hurt somebody), ``"sample"`` (can hurt the nanocrystals) or ``"note"``.
    instead : str or None
        Verdict of a row that would be recommended without it: ``"undecided"`` or ``"unassessed"``. None where the tag
        changes no verdict.
    """

    meaning: str
    about: str
    instead: str | None = None


class Veto(NamedTuple):
    """A reason not to recommend a row at all.

    Attributes
    ----------
    meaning : str
        Why.
    lifted_by : str or None
        What ``--allow`` has to name to lift it; None where nothing lifts it.
    """

    meaning: str
    lifted_by: str | None = None


class Vocabulary(NamedTuple):
    """All names that the effect of a rule may use.

    Attributes
    ----------
    weights : mapping of str to Weight
    tags : mapping of str to Tag
    vetoes : mapping of str to Veto
    """

    weights: Mapping[str, Weight]
    tags: Mapping[str, Tag]
    vetoes: Mapping[str, Veto]


def read_vocabulary(path: Path) -> Vocabulary:
    """Read the vocabulary of a rules folder, its file ``vocabulary.yaml``.

    Parameters
    ----------
    path : Path
        YAML file with ``weights``, ``tags`` and ``vetoes``.

    Returns
    -------
    Vocabulary

    Raises
    ------
    InputError
        With every problem of the file.
    """
    problems: list[Problem] = []
    document = read_document(path, problems)
    values: dict[str, Any] = {}
    if document is not None:
        notes = Notes(document, problems)
        values = _VOCABULARY.values(_VOCABULARY.found(document.root, notes) or {}, notes)
    if problems:
        raise InputError(problems)
    return Vocabulary(*(values.get(name) or {} for name in Vocabulary._fields))


def _names(kind: str, entry: Entry, make: Callable[..., Any]) -> Form:
    """Mapping of names to entries of one kind."""

    def read(node: Node, _: str, notes: Notes) -> Any:
        if isinstance(node, Scalar) and node.is_null:
            return {}
        if not isinstance(node, MappingNode):
            what = f"the list of {kind} names is not a mapping"
            return notes.report(node, what, "write lines such as name: {meaning: ...}")
        entries: dict[str, Any] = {}
        for key, value in node.items:
            name = NAME.read(key, f"the name of a {kind}", notes)
            notes.owner = f"{kind} {name}" if name else ""
            values = entry.read(value, "", notes)
            notes.owner = ""
            if name is not None and values is not None:
                entries[name] = make(**values)
        return entries

    return Form(read, {"type": "object", "additionalProperties": entry.form.schema})


_VOCABULARY = Entry(
    "the vocabulary",
    {
        "weights": Field("Names for weights.", _names("weight", _WEIGHT, Weight)),
        "tags": Field("Tags that rules may set.", _names("tag", _TAG, Tag)),
        "vetoes": Field("Vetoes that rules may set.", _names("veto", _VETO, Veto)),
    },
)
