"""Which weights, tags and vetoes may a rule name?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from ligandkb.problems import InputError, Problem
from ligandkb.rules.documents import Mapping as MappingNode
from ligandkb.rules.documents import Node, Scalar, read_document
from ligandkb.rules.fields import (
    IDENTIFIER,
    MAXIMUM_WEIGHT,
    TAG,
    TAG_SUBJECTS,
    VETO,
    VOCABULARY,
    WEIGHT,
    FieldReader,
)

Entry = TypeVar("Entry")
_NAME_FORM = "use lower-case letters, digits and single hyphens"


class Weight(NamedTuple):
    """A name for a weight.

    Attributes
    ----------
    log_odds : float
        The weight, above 0; a rule takes its negative with ``-name``.
    meaning : str
        What it stands for.
    """

    log_odds: float
    meaning: str


class Tag(NamedTuple):
    """Something that a reader has to know about a row.

    Attributes
    ----------
    meaning : str
        What it tells.
    about : str
        ``"person"`` (can hurt somebody), ``"sample"`` (can hurt the nanocrystals) or ``"note"``.
    """

    meaning: str
    about: str


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
    vocabulary = Vocabulary({}, {}, {})
    document = read_document(path, problems)
    if document is not None:
        reader = FieldReader(document.file, problems)
        found = reader.fields(document.root, VOCABULARY, "the vocabulary") or {}
        vocabulary = Vocabulary(
            weights=_entries(found.get("weights"), "weight", _weight, reader),
            tags=_entries(found.get("tags"), "tag", _tag, reader),
            vetoes=_entries(found.get("vetoes"), "veto", _veto, reader),
        )
    if problems:
        raise InputError(problems)
    return vocabulary


def _entries(
    node: Node | None, kind: str, read: Callable[[Node, FieldReader], Entry | None], reader: FieldReader
) -> dict[str, Entry]:
    if node is None or (isinstance(node, Scalar) and (node.is_null or node.style == "*")):
        return {}
    if not isinstance(node, MappingNode):
        reader.report(
            node, f"the list of {kind} names is not a mapping", "write lines such as name: {meaning: ...}"
        )
        return {}
    entries: dict[str, Entry] = {}
    for key, value in node.items:
        name = None if key.style == "*" else reader.word(key, f"the name of a {kind}", IDENTIFIER, _NAME_FORM)
        reader.owner = f"{kind} {name}" if name else ""
        entry = read(value, reader)
        reader.owner = ""
        if name is not None and entry is not None:
            entries[name] = entry
    return entries


def _weight(node: Node, reader: FieldReader) -> Weight | None:
    found = reader.fields(node, WEIGHT, "the weight") or {}
    meaning = reader.text(found["meaning"], "meaning") if "meaning" in found else None
    log_odds = reader.number(found["log_odds"], "log_odds") if "log_odds" in found else None
    if log_odds is not None and not 0 < log_odds <= MAXIMUM_WEIGHT:
        what = f"log_odds {log_odds:g} is not above 0 and at most {MAXIMUM_WEIGHT:g}"
        reader.report(found["log_odds"], what, "a rule takes the negative of a weight with a - in front")
        return None
    return Weight(log_odds, meaning) if meaning is not None and log_odds is not None else None


def _tag(node: Node, reader: FieldReader) -> Tag | None:
    found = reader.fields(node, TAG, "the tag") or {}
    meaning = reader.text(found["meaning"], "meaning") if "meaning" in found else None
    about = reader.choice(found["about"], "value of about", TAG_SUBJECTS) if "about" in found else None
    return Tag(meaning, about) if meaning is not None and about is not None else None


def _veto(node: Node, reader: FieldReader) -> Veto | None:
    before = len(reader.problems)
    found = reader.fields(node, VETO, "the veto") or {}
    meaning = reader.text(found["meaning"], "meaning") if "meaning" in found else None
    lifted_by = None
    lifting = found.get("lifted_by")
    if lifting is not None and not (isinstance(lifting, Scalar) and lifting.is_null):
        lifted_by = reader.word(lifting, "lifted_by", IDENTIFIER, _NAME_FORM)
    return Veto(meaning, lifted_by) if meaning is not None and len(reader.problems) == before else None
