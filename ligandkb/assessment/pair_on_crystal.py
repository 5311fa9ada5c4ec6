"""What is known of a pair that meets a crystal, before any column is worked out?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rdkit import Chem

from ligandkb.assessment.dangers import Dangers, ProductDanger
from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.solubility import SolubleBy, solubility_of
from ligandkb.catalogue.products import Product
from ligandkb.catalogue.solubility import SolubilityTable
from ligandkb.chemistry.composition import HALIDE_IONS, HALIDES, Composition, halide_ions_in
from ligandkb.chemistry.hazards import alerts_of, released_by
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.contract import Values
from ligandkb.descriptors.lead_scale import Sourced
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.missing import Known, NotApplicable

NO_PARTNER = NotApplicable("no partner")
_LABILE_HALIDE = Chem.MolFromSmarts("[Cl,Br,I;$(*[#5,#14,#15,#16,#17,#35,#53]),$(*[CX3]=[O,S])]")


@remembered(65536)
def _labile_halides(smiles: str) -> frozenset[str]:
    """Chlorine, bromine and iodine that amines or moisture set free: on acyl, sulfonyl, B, Si, P, or each other."""
    mol = parse(smiles)
    return frozenset(
        mol.GetAtomWithIdx(match[0]).GetSymbol() for match in mol.GetSubstructMatches(_LABILE_HALIDE)
    )


def _may_hold_halide(smiles: str) -> bool:
    return "Cl" in smiles or "Br" in smiles or "I" in smiles


@dataclass(frozen=True)
class PairOnCrystal:
    """A pair that meets a crystal, with what was read of labels.

    Attributes
    ----------
    pair : Pair
    composition : Composition
    form_values : mapping
        Descriptors of the pair's binding form, by name.
    dangers : Dangers
        Says what products bring by themselves.
    computed : callable
        Stored quantum chemical values, from key to record, or None.
    solubility : SolubilityTable
        What was printed of solubility.
    partner_pka : Sourced, Missing or NotApplicable
        Of the partner, as the conjugate acid of its amine.
    """

    pair: Pair
    composition: Composition
    form_values: Values = field(repr=False)
    dangers: Dangers = field(repr=False)
    computed: Lookup = field(repr=False)
    solubility: SolubilityTable = field(default_factory=dict, repr=False)
    partner_pka: Known[Sourced] = NO_PARTNER

    @property
    def products(self) -> Iterator[Product]:
        """Products of every way to make the pair: a danger in one of them is shown on the row."""
        return (product for recipe in self.pair.recipes for product in recipe.products)

    @cached_property
    def product_dangers(self) -> tuple[ProductDanger, ...]:
        """What each of the products brings by itself, each once."""
        return tuple([self.dangers.of(one) for one in {one.id: one for one in self.products}.values()])

    @cached_property
    def alerts(self) -> frozenset[str]:
        """Alerts of what is bought, and of what is in the vial together."""
        raised: frozenset[str] = frozenset().union(*[danger.alerts for danger in self.product_dangers])
        if len(self.pair.recipes) == 1:
            raised |= released_by(raised)
        else:
            vials = [
                frozenset().union(*[self.dangers.of(product).alerts for product in recipe.products])
                for recipe in self.pair.recipes
            ]
            raised = raised.union(*map(released_by, vials))
        # A partner's row need not say what its product says.
        partner = self.pair.partner
        return raised if partner is None else raised | alerts_of(partner.smiles)

    @cached_property
    def printed_statements(self) -> frozenset[str]:
        """Codes on labels and lists, inherited ones among them."""
        return frozenset().union(*[danger.statements for danger in self.product_dangers])

    @cached_property
    def unread_products(self) -> tuple[str, ...]:
        """Names of the products of which no label was read, or a part of it only, as a government's list is."""
        return tuple([danger.name for danger in self.product_dangers if danger.is_open])

    @cached_property
    def solubility_found(self) -> tuple[Known[bool], SolubleBy]:
        """Whether the pair dissolves, and how that is known."""
        return solubility_of(self.pair, self.solubility)

    @cached_property
    def bound_halides(self) -> frozenset[str]:
        """Halides that bind, or that a metal halide brings."""
        return halide_ions_in(self.pair.form.form.smiles)

    @cached_property
    def brought_halides(self) -> frozenset[str]:
        """Halides that come into the vial as ions or are easily set free; fluoride is not counted."""
        bringing = [product for product in self.products if _may_hold_halide(product.smiles)]
        if not bringing:
            return frozenset()
        parts = {species.smiles for product in bringing for species in product.species}
        # A hydrogen halide, whose SMILES is the halogen's symbol, gives its ion to the amine.
        ions = {HALIDE_IONS.get(part, part) for part in parts} & set(HALIDES)
        return frozenset(ions).union(*(_labile_halides(product.smiles) for product in bringing))
