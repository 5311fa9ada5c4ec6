"""What did this pair do to the PLQY, where, and against what?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import hypot
from typing import Any

from ligandkb.chemistry.composition import Composition
from ligandkb.evidence.outcome_fields import CellKind, OutcomeField, about, fields_of
from ligandkb.provenance import Source

TABLE_1 = "10.1021/jacs.8b11035"


class Effect(StrEnum):
    """Effect on PLQY against the reference state of the same source."""

    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    """Table 1's right column: negligible or negative."""
    DECREASED = "decreased"


class Observed(StrEnum):
    """What the outcomes of one pair say together."""

    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    DECREASED = "decreased"
    CONFLICT = "conflict"


class Application(StrEnum):
    """When the pair was added or taken away."""

    POST_SYNTHETIC = "post_synthetic"
    IN_SYNTHESIS = "in_synthesis"
    REMOVAL = "removal"


UNKNOWN_PARTNER = "unknown"
NO_PARTNER = "none"
RECORDED = "recorded by"
"""How the origin begins of an outcome that stands in the database of recorded ones."""

_EFFECTS = {
    Effect.IMPROVED: "",
    Effect.NOT_IMPROVED: 'Table 1\'s "Negligible/Negative"',
    Effect.DECREASED: "",
}
_STRENGTHS = {
    "table_entry": "a column of a table, no numbers",
    "paired": "before and after",
    "after_only": "",
    "relative": "",
    "qualitative": "words only",
    "binding_only": "bound or not, no PLQY comparison",
}
_CONFOUNDS = {
    "insoluble_salt": "",
    "other_halide": "than the crystal's",
    "mixed_treatment": "more than the pair was changed",
}
REFERENCE_STATES = ("as_made", "oleylammonium_oleate_control", "unknown")
STRENGTHS = tuple(_STRENGTHS)
CONFOUNDS = tuple(_CONFOUNDS)


def _number(help: str, unit: str = "", **described: Any) -> Mapping[str, OutcomeField]:
    return about(CellKind.NUMBER, help, unit=unit, **{"minimum": 0, **described})


def _percent(help: str, unit: str = "%", **described: Any) -> Mapping[str, OutcomeField]:
    return about(CellKind.PERCENT, help, unit=unit, **{"minimum": 0, "maximum": 100, **described})


def _wavelength(help: str) -> Mapping[str, OutcomeField]:
    return _number(help, "nm", minimum=300, maximum=900)


def _words(help: str, words: Mapping[Any, str], **described: Any) -> Mapping[str, OutcomeField]:
    return about(CellKind.WORD, help, words=words, **described)


def _text(help: str, **described: Any) -> Mapping[str, OutcomeField]:
    return about(CellKind.TEXT, help, **{"blank": "", **described})


@dataclass(frozen=True)
class Outcome:
    """A measured effect of one pair.

    What each attribute means, its unit and its range stand beside it, and in the table of ``data/README.md``. What is
    written in % is a fraction here; a blank cell is None or an empty text.

    Attributes
    ----------
    composition : Composition
        The crystal.
    source : Source or None
        DOI and place in it.
    origin : str
        Where the row stands, or who recorded it.
    is_shipped : bool
        Whether it stands in the shipped ``outcomes.csv``, which is reviewed against its sources.
    """

    id: str = field(
        metadata=about(
            CellKind.IDENTIFIER,
            "name of the row",
            unit="kebab-case",
            allowed="unique",
            required=True,
            typed="Identifier; by default made from the content",
        )
    )
    binding_form: str = field(
        metadata=_text(
            "name of the species that binds",
            option="LIGAND",
            typed="What binds: name or SMILES, as bought or as bound",
        )
    )
    binding_form_smiles: str = field(
        metadata=about(
            CellKind.SMILES,
            "that species",
            unit="SMILES with its charge; a Z-type ligand as the whole salt",
            required=True,
            option="LIGAND",
            typed_with="binding_form",
        )
    )
    partner: str = field(
        metadata=_text(
            "the co-ion",
            unit="`id` in partners.csv",
            allowed="or `none`, `unknown`",
            blank=UNKNOWN_PARTNER,
            required=True,
            typed="Name or SMILES of the co-ion, none or unknown",
        )
    )
    composition: Composition = field(
        metadata=about(
            CellKind.COMPOSITION,
            "crystal; `CsPbX3` where the source does not state X, `CsPb(Cl/Br)3` where it does not state the ratio",
            unit="formula",
            required=True,
            typed="Crystal, e.g. CsPbBr3",
        )
    )
    morphology: str = field(
        metadata=_text(
            "shape of the sample, in the source's words: nanocrystals, nanoplatelets (n = 3), film",
            blank="nanocrystals",
            blank_means="nanocrystals",
            old_names=("form",),
            database_column="form",
        )
    )
    route: Application = field(
        metadata=_words(
            "when the pair was added or taken away",
            dict.fromkeys(Application, ""),
            blank=Application.POST_SYNTHETIC,
            blank_means="post_synthetic",
        )
    )
    reference_state: str = field(
        metadata=_words(
            "what the effect is measured against", dict.fromkeys(REFERENCE_STATES, ""), blank="unknown"
        )
    )
    effect: Effect | None = field(
        metadata=_words(
            "effect on PLQY against the reference state",
            _EFFECTS,
            blank_means="no comparison printed",
            required=True,
        )
    )
    plqy_before: float | None = field(
        default=None,
        metadata=_percent("PLQY of the reference state", typed="PLQY of the reference state in %, e.g. 62±3"),
    )
    plqy_before_uncertainty: float | None = field(
        default=None, metadata=_percent("its printed ±", "percentage points", typed_with="plqy_before_pct")
    )
    plqy_after: float | None = field(
        default=None,
        metadata=_percent(
            "PLQY with the pair; after a removal, without it", typed="PLQY with the pair in %, e.g. 98+-3"
        ),
    )
    plqy_after_uncertainty: float | None = field(
        default=None, metadata=_percent("its printed ±", "percentage points", typed_with="plqy_after_pct")
    )
    relative_change: float | None = field(
        default=None,
        metadata=_percent(
            "printed relative change of PLQY, never turned into absolute values",
            "% of an unprinted baseline",
            minimum=-100,
            maximum=10000,
        ),
    )
    equivalents: float | None = field(
        default=None, metadata=_number("ligand pairs per available binding site of the surface")
    )
    concentration_mmol_per_l: float | None = field(
        default=None, metadata=_number("concentration of the ligand pair", "mmol/L")
    )
    nc_concentration_umol_per_l: float | None = field(
        default=None, metadata=_number("concentration of the nanocrystals", "µmol/L")
    )
    time_min: float | None = field(default=None, metadata=_number("duration of the treatment", "min"))
    emission_before_nm: float | None = field(
        default=None, metadata=_wavelength("emission peak of the reference state")
    )
    emission_after_nm: float | None = field(default=None, metadata=_wavelength("emission peak with the pair"))
    strength: str = field(default="", metadata=_words("how much the row can carry", _STRENGTHS))
    confound: str = field(
        default="",
        metadata=_words(
            "another cause that could have made the effect", _CONFOUNDS, blank_means="none known"
        ),
    )
    source: Source | None = field(
        default=None,
        metadata={
            "doi": OutcomeField(
                kind=CellKind.DOI, help="source of the row", unit="DOI without resolver", blank=""
            ),
            "locator": OutcomeField(
                kind=CellKind.TEXT,
                help="place in the source; title and address where no DOI was printed",
                blank="",
            ),
        },
    )
    note: str = field(
        default="", metadata=_text("what a reader must know besides; the reasoning behind a confound")
    )
    added_as: str = field(
        default="",
        metadata=_text(
            "name of the product as bought",
            blank_means="not stated",
            since="0.2.0",
            typed="Product as bought: name or SMILES, where LIGAND names only what binds",
        ),
    )
    added_as_smiles: str = field(
        default="",
        metadata=about(
            CellKind.SMILES,
            "that product",
            unit="SMILES with all its ions",
            since="0.2.0",
            typed_with="added_as",
        ),
    )
    origin: str = ""
    is_shipped: bool = False

    @property
    def doi(self) -> str:
        """DOI of its source, else empty."""
        return self.source.doi if self.source else ""

    @property
    def locator(self) -> str:
        """Place in its source, else empty."""
        return self.source.locator if self.source else ""

    @property
    def ligand_text(self) -> str:
        """What binds and, where it is known and another name, what was bought for it."""
        is_other = self.added_as and self.added_as != self.binding_form
        return f"{self.binding_form} (added as {self.added_as})" if is_other else self.binding_form

    @property
    def is_in_table_1(self) -> bool:
        """Whether it is an entry of Table 1 of Nenon et al.; what a lab adds can't become one."""
        return (
            self.is_shipped
            and self.source is not None
            and self.source.doi == TABLE_1
            and self.strength == "table_entry"
        )


FIELDS = fields_of(Outcome)
"""Everything that files, database, JSON and commands know of an outcome, in the order of the columns."""
BATCH = OutcomeField(
    kind=CellKind.TEXT, help="batch of nanocrystals", name="nc_batch", column="nc_batch", option="--nc-batch"
)
"""What a lab keeps beside an outcome that it records."""
COLUMNS = tuple(one.column for one in FIELDS)
REQUIRED_COLUMNS = tuple(one.column for one in FIELDS if one.required)
OPTIONAL_COLUMNS = tuple(one.column for one in FIELDS if not one.required)
LATE_COLUMNS = frozenset(one.column for one in FIELDS if one.since)
"""Blank in whatever the first release wrote, and in its hashes and identifiers as if it weren't there."""
OLD_NAMES = {old: one.column for one in FIELDS for old in one.old_names}
"""Columns of earlier releases, which are still read, and today's names of them."""


def outcome_cells(outcome: Outcome) -> dict[str, object]:
    """Values of an outcome by column as they are written, PLQY in %; None for a blank cell."""
    return {one.column: one.cell(getattr(outcome, one.name)) for one in FIELDS}


def outcome_values(outcome: Outcome) -> dict[str, object]:
    """Values of an outcome by attribute in types that JSON knows, PLQY as a fraction; None for a blank one.

    What was called otherwise stands under its old name, too, for those who read that.
    """
    values = {one.name: one.plain(getattr(outcome, one.name)) for one in FIELDS}
    return values | {old: values[one.name] for one in FIELDS for old in one.old_names}


def contradiction(outcome: Outcome) -> str:
    """Say how an outcome's own figures deny its effect.

    PLQY before and after are compared beyond their combined uncertainty, that of a figure without one being
    nothing. Equal figures deny no effect.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    str
        In words; empty where they agree, or nothing was compared.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> pair = ("a", "bromide", "[Br-]", "caesium", parse_composition("CsPbBr3"), "nanocrystals")
    >>> how = (Application.POST_SYNTHETIC, "as_made", Effect.IMPROVED)
    >>> contradiction(Outcome(*pair, *how, plqy_before=0.9, plqy_after=0.4))
    "PLQY goes from 90 % to 40 %, which is not 'improved'"
    >>> contradiction(Outcome(*pair, *how, 0.9, 0.03, 0.88, 0.03))
    ''
    """
    if outcome.effect is None:
        return ""
    before, after, relative = outcome.plqy_before, outcome.plqy_after, outcome.relative_change
    if before is not None and after is not None:
        uncertainty = hypot(outcome.plqy_before_uncertainty or 0.0, outcome.plqy_after_uncertainty or 0.0)
        # Fractions have six decimals: what differs by less is the same figure.
        gain = after - before if abs(after - before) > uncertainty + 1e-9 else 0.0
        shown = f"PLQY goes from {100 * before:g} % to {100 * after:g} %"
        denied = gain < 0 if outcome.effect is Effect.IMPROVED else gain > 0
    elif relative is not None:
        shown = f"a relative change of {100 * relative:+g} % is stated"
        # It has no uncertainty, within which a small rise may be no improvement.
        denied = {Effect.IMPROVED: relative < 0, Effect.DECREASED: relative > 0}.get(outcome.effect, False)
    else:
        return ""
    return f"{shown}, which is not {str(outcome.effect)!r}" if denied else ""
