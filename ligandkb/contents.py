"""What was read?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ligandkb import __version__
from ligandkb.arguments import Several, name, names
from ligandkb.assessment.judge import Judge
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.finding import find
from ligandkb.catalogue.match import Match
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.heads import head_of
from ligandkb.descriptors.aqueous import AqueousConstants
from ligandkb.descriptors.quantum.columns import species_to_compute
from ligandkb.evidence.agreement import EvidenceIndex
from ligandkb.evidence.outcomes import Outcome
from ligandkb.problems import UsageError
from ligandkb.provenance import SCHEMA_VERSION
from ligandkb.rules.rulebook import Rulebook
from ligandkb.storage.computed_values import ComputedValues

if TYPE_CHECKING:
    from ligandkb.storage.outcome_recordings import Recording


@dataclass(frozen=True)
class Contents:
    """Catalogue, rules, evidence and values, as they were read.

    Attributes
    ----------
    catalogue : Catalogue
    outcomes : tuple of Outcome
    rulebook : Rulebook
    aqueous : AqueousConstants
        Measured constants of protons and lead in water.
    computed : ComputedValues
        Stored quantum chemical values: shipped ones and those in the cache.
    content : str
        Hash of all data and rules read.
    overlays : tuple of str
        Folders laid over the shipped data.
    recorded : tuple of Recording
        Who recorded those of the outcomes that stand in the database, when, on which batch.
    """

    catalogue: Catalogue
    outcomes: tuple[Outcome, ...]
    rulebook: Rulebook
    aqueous: AqueousConstants
    computed: ComputedValues
    content: str
    overlays: tuple[str, ...] = ()
    recorded: tuple[Recording, ...] = field(default=(), repr=False)
    _index: EvidenceIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", EvidenceIndex(self.outcomes))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({len(self.ligands)} ligands, {len(self.catalogue.partners)} partners, "
            f"{len(self.outcomes)} outcomes, {len(self.rulebook.rules)} rules, content {self.content})"
        )

    @property
    def ligands(self) -> tuple[Product, ...]:
        """Products that are ranked."""
        return self.catalogue.ligands

    def heads(self) -> tuple[str, ...]:
        """Distinct heads of everything that is ranked and has a donor, the references among them."""
        return tuple(dict.fromkeys(head_of(form.smiles) for form in self._forms() if form.mode is not None))

    def species_to_compute(self, products: Sequence[Product] | None = None) -> tuple[str, ...]:
        """Distinct species on which quantum chemical values are computed.

        Parameters
        ----------
        products : sequence of Product, optional
            All that are ranked, and the catalogue's partners, by default.

        Returns
        -------
        tuple of str
            Canonical SMILES.
        """
        if products is None:
            return species_to_compute(self._forms(), (partner.smiles for partner in self.catalogue.partners))
        cations = (part.smiles for one in products for part in one.species if part.kind.is_cation)
        return species_to_compute((named.form for one in products for named in one.forms), cations)

    def uncut_forms(self) -> tuple[str, ...]:
        """Distinct binding forms with a donor, their tails on."""
        return tuple(dict.fromkeys(form.smiles for form in self._forms() if form.mode is not None))

    def _forms(self) -> Iterator[BindingForm]:
        return (named.form for product in self.ligands for named in product.forms)

    def find(self, what: str) -> Match:
        """Find a ligand by identifier, name, alias, CAS number, name of its binding form, or SMILES.

        Parameters
        ----------
        what : str

        Returns
        -------
        Match

        Raises
        ------
        NotFoundError
            If nothing has that name and it isn't a SMILES; offers the nearest names.
        StructureError
            If it is plainly meant as a SMILES but can't be used.
        """
        return find(self.catalogue, name("what", what))

    def judge(self, allow: Several[str] = ()) -> Judge:
        """Who judges pairs by these rules and values.

        Parameters
        ----------
        allow : str or iterable of str
            Vetoes to lift: ``lethal``.

        Returns
        -------
        Judge

        Raises
        ------
        UsageError
            If a veto can't be lifted.
        """
        vetoes = self.rulebook.vocabulary.vetoes
        lifted = {veto.lifted_by for veto in vetoes.values() if veto.lifted_by}
        allowed = frozenset(names("allow", allow))
        for one in allowed:
            if one not in lifted:
                raise UsageError(f"{one!r} can't be allowed: only {', '.join(sorted(lifted))} can")
        return Judge(
            self.rulebook,
            self._index,
            self.catalogue.hazards,
            self.aqueous,
            self.computed.lookup,
            allowed,
            self.catalogue.solubility,
            self.catalogue.offered,
        )

    def meta(self) -> dict[str, Any]:
        """What every output carries: version, hash of data and rules, overlays."""
        return {
            "version": __version__,
            "schema_version": SCHEMA_VERSION,
            "content": self.content,
            "overlays": list(self.overlays),
            "overlaid": list(self.catalogue.overlaid),
        }
