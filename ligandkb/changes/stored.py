"""What did a ranking say that somebody stored?"""

from __future__ import annotations

import gzip
import json
import math
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ligandkb.cells import visible
from ligandkb.problems import InputError, Problem

MOST_BYTES = 200_000_000
"""Of a stored ranking, unpacked; one of all pairs with all partners takes about a fiftieth."""
_FIX = "store one with: ligandkb rank --format json -o ranking.json"
_CONTRIBUTION = re.compile(r"(.+) \(([+-]\d+\.?\d*)\)")


@dataclass(frozen=True)
class View:
    """Which pairs were ranked, before anything was selected among them.

    Attributes
    ----------
    partners : tuple of str
        Names of the wanted partners; empty for the usual ones.
    all_partners : bool
        Whether each ligand was paired with every partner.
    ligand_class : tuple of str
        Wanted classes.
    """

    partners: tuple[str, ...] = ()
    all_partners: bool = False
    ligand_class: tuple[str, ...] = ("all",)


@dataclass(frozen=True)
class StoredPair:
    """One row of a ranking, as far as it can be compared.

    Attributes
    ----------
    ligand, smiles, partner : str
        What tells it from others: identifier of the product, SMILES of the binding form, identifier of the partner.
    name : str
        Binding form and partner in words.
    verdict : str
        In the words of the release.
    score, low, high : float
        Log-odds; what it may be as far as something is unknown.
    reasons : mapping of str to float or None
        Sentences of the rules that spoke, with what each added; None for one that vetoes.
    tags, vetoes : tuple of str
        Vetoes that were lifted among them.
    lifted : tuple of str
        Vetoes that were lifted.
    observed : str
        What was measured on this pair; empty for nothing.
    unknown : frozenset of str
        Columns without a value; empty where the release didn't write them.
    known : frozenset of str
        Columns with one.
    """

    ligand: str
    smiles: str
    partner: str
    name: str
    verdict: str
    score: float
    low: float
    high: float
    reasons: Mapping[str, float | None]
    tags: tuple[str, ...]
    vetoes: tuple[str, ...]
    lifted: tuple[str, ...]
    observed: str
    unknown: frozenset[str]
    known: frozenset[str]

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other pairs."""
        return self.ligand, self.smiles, self.partner


@dataclass(frozen=True)
class StoredRanking:
    """A ranking as it was stored, or as it would be.

    Attributes
    ----------
    name : str
        Where it stands, or ``today``.
    version, content : str
        Of ligandkb, and hash of the data and rules that it was made with.
    composition : str
    allow : tuple of str
        Vetoes that were lifted.
    pairs : tuple of StoredPair
        In the order of the ranking.
    is_whole : bool
        Whether all pairs stand in it that were ranked.
    schema_version : int
        Of its JSON; 1 for 0.1.0, which didn't say.
    overlays : tuple of str
        What was laid over the shipped data.
    view : View
        The usual one where the release didn't write it.
    """

    name: str
    version: str
    content: str
    composition: str
    allow: tuple[str, ...]
    pairs: tuple[StoredPair, ...]
    is_whole: bool
    schema_version: int
    overlays: tuple[str, ...] = ()
    view: View = View()


def read_stored(path: Path) -> StoredRanking:
    """Read a ranking that ``ligandkb rank --format json`` wrote, of this release or an earlier one.

    Parameters
    ----------
    path : Path
        JSON file, which may be packed (``.gz``).

    Returns
    -------
    StoredRanking

    Raises
    ------
    InputError
        If it can't be read or holds no ranking; with every row that lacks something.
    """
    try:
        content = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise _refused(path, f"this is no JSON: {error.msg}", error.lineno, error.colno) from error
    except (ValueError, RecursionError) as error:
        raise _refused(path, "this is no JSON that can be read") from error
    if isinstance(content, dict) and isinstance(content.get("answer"), dict):
        content = content["answer"]  # kept with the command that gave it
    if not isinstance(content, dict) or not isinstance(content.get("meta"), dict):
        raise _refused(path, "this is no ranking: it has no 'meta'")
    if not isinstance(content.get("rows"), list):
        raise _refused(path, "this is no ranking: it has no 'rows'")
    return ranking_of(str(path), content["meta"], content["rows"])


def ranking_of(name: str, meta: Mapping[str, Any], rows: Sequence[Any]) -> StoredRanking:
    """Ranking of its rows, as JSON has them.

    Parameters
    ----------
    name : str
        Where it stands.
    meta : mapping
    rows : sequence of mapping

    Returns
    -------
    StoredRanking

    Raises
    ------
    InputError
        With every row that lacks something, or says it in another type.
    """
    problems: list[Problem] = []
    pairs = []
    for number, row in enumerate(rows, 1):
        try:
            pairs.append(_pair(row))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            lacks = (
                f"it lacks {error}"
                if isinstance(error, KeyError)
                else "a value is of another kind than in a ranking"
            )
            problems.append(Problem(name, 0, 0, f"row {number} is none of a ranking: {lacks}", _FIX))
    seen: set[tuple[str, str, str]] = set()
    for number, pair in enumerate(pairs, 1):
        if pair.key in seen:
            what = f"row {number}: {pair.name} of {pair.ligand} stands there twice"
            problems.append(Problem(name, 0, 0, what, _FIX))
        seen.add(pair.key)
    if problems:
        raise InputError(problems)
    try:
        return _ranking(name, meta, tuple(pairs))
    except (KeyError, TypeError, ValueError) as error:
        what = (
            f"'meta' lacks {error}"
            if isinstance(error, KeyError)
            else "'meta' holds a value of another kind than in a ranking"
        )
        raise InputError([Problem(name, 0, 0, what, _FIX)]) from error


def _ranking(name: str, meta: Mapping[str, Any], pairs: tuple[StoredPair, ...]) -> StoredRanking:
    return StoredRanking(
        visible(name),
        _word(meta.get("version", "?")),
        _word(meta.get("content", "")),
        _word(meta["composition"]),
        tuple(sorted(map(_word, meta.get("allow") or ()))),
        pairs,
        len(pairs) >= int(meta.get("pairs", len(pairs))),
        int(meta.get("schema_version", 1)),
        tuple(map(_word, meta.get("overlays") or ())),
        _view(meta.get("view") or {}),
    )


def _view(written: Mapping[str, Any]) -> View:
    if not isinstance(written, Mapping):
        raise TypeError(written)
    return View(
        tuple(map(_word, written.get("partners", ()))),
        bool(written.get("all_partners", False)),
        tuple(map(_word, written.get("ligand_class", ("all",)))),
    )


def _text(path: Path) -> str:
    try:
        with (gzip.open if path.suffix == ".gz" else Path.open)(path, "rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged"
        raise _refused(path, f"can't be read: {reason}") from error
    if len(content) > MOST_BYTES:
        raise _refused(path, f"larger than {MOST_BYTES // 1_000_000} MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(path, "this is no UTF-8 text") from error


def _refused(path: Path, what: str, line: int = 0, column: int = 0) -> InputError:
    return InputError([Problem(visible(str(path)), line, column, what, _FIX)])


def _pair(row: Mapping[str, Any]) -> StoredPair:
    form, partner = _word(row["binding_form"]), _word(row["partner"])
    safety = row["safety"]
    lifted = tuple(map(_word, safety.get("lifted", ())))
    facts = {name for name in row.keys() & FACTS if isinstance(row[name], float | int | str | None)}
    unknown = frozenset(name for name in facts if row[name] is None)
    return StoredPair(
        _word(row["ligand"]),
        _word(row["binding_form_smiles"]),
        partner,
        form if partner == "none" else f"{form} + {partner}",
        _word(row["verdict"]),
        _finite(row["score"]),
        _finite(row["score_low"]),
        _finite(row["score_high"]),
        dict(_reason(_word(sentence)) for sentence in row["reasons"]),
        tuple(map(_word, safety["tags"])),
        (*map(_word, safety["vetoes"]), *lifted),
        lifted,
        _word(row.get("observed") or ""),
        unknown,
        frozenset(facts) - unknown,
    )


FACTS = frozenset(
    {
        "conjugate_acid_pka",
        "hardness_ev",
        "lead_over_proton_above_acetate",
        "soluble",
        "state_20c",
        "cas",
    }
)
"""Columns of a row whose value may have come to be known."""


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return visible(value)


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, float | int) or not math.isfinite(value):
        raise TypeError(value)
    return float(value)


def _reason(sentence: str) -> tuple[str, float | None]:
    found = _CONTRIBUTION.fullmatch(sentence)
    return (found[1], float(found[2])) if found else (sentence, None)
