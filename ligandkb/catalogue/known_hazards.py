"""What do labels and governments say of this product, and of what is in it?

A product is looked up by its structure, in whatever drawing, and by its CAS number: no name or number that a lab gives
to its row can hide what the structure is. A product that nothing knows has not been assessed, which is never the same
as harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from typing import Any

from ligandkb.catalogue.cas_conflicts import structures_of_numbers
from ligandkb.catalogue.hazard_label import CLASSIFIED, HazardLabel, HazardReading
from ligandkb.catalogue.hazard_parents import drawings, has_isotopes, parents, reduced, without_water
from ligandkb.catalogue.hazard_tables import HazardTables
from ligandkb.catalogue.products import Product
from ligandkb.catalogue.purity import purity_fraction
from ligandkb.chemistry.species import formula_unit


@dataclass(frozen=True)
class KnownHazards:
    """Labels that were read and lists of governments.

    Attributes
    ----------
    labels : mapping of str to HazardLabel
        What was read of labels, by canonical SMILES of a product's formula unit.
    tables : HazardTables or None
        Lists of governments; None leaves them out.

    Examples
    --------
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> hazards = KnownHazards({"O=C(O)CF": HazardLabel.read({"H300"})})
    >>> hazards.label(product_from_smiles("[2H]OC(=O)CF")).codes
    frozenset({'H300'})
    """

    labels: Mapping[str, HazardLabel]
    tables: HazardTables | None = None
    _labels: dict[tuple[str, tuple[str, ...], str], HazardLabel | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _inherited: dict[tuple[str, tuple[str, ...], str], HazardLabel | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def label(self, product: Product) -> HazardLabel | None:
        """What is known of a product as bought, from every source.

        An isotopically labelled compound is looked up without its isotopes, a bare anion as its acid: nobody sells
        it otherwise. A hydrate bears what its anhydrous form bears, too: an entry of Annex VI is for both.

        Parameters
        ----------
        product : Product

        Returns
        -------
        HazardLabel or None
            None where no source knows it.
        """
        if self._is_unknown(product):
            return None
        key = _key(product)
        if key not in self._labels:
            if len(self._labels) >= _MOST_KEPT:
                self._labels.clear()
            self._labels[key] = _together(self._readings(product))
        return self._labels[key]

    def inherited(self, product: Product) -> HazardLabel | None:
        """What kills or harms for good because of what is in a product: a poison in water, its hydrate, its salt.

        H300, H310, H330, H340, H350 and H360 are passed on; of an ion, which doesn't evaporate, H330 isn't, and nothing
        is passed from a mineral acid to its salts: caesium fluoride is no hydrogen fluoride. Where a list classifies
        the product itself for a route or a kind, what another list says of its parts by that isn't passed on.

        Parameters
        ----------
        product : Product

        Returns
        -------
        HazardLabel or None
            None if nothing is passed on. It is no reading of the product's own label.

        Examples
        --------
        >>> from ligandkb.catalogue.products import product_from_smiles
        >>> hazards = KnownHazards({"Sc1ccccc1": HazardLabel.read({"H300", "H330"}, "somewhere")})
        >>> sorted(hazards.inherited(product_from_smiles("[Na+].[S-]c1ccccc1")).codes)
        ['H300']
        """
        if _is_one_molecule(product):  # which has no parts
            return None
        key = _key(product)
        if key not in self._inherited:
            if len(self._inherited) >= _MOST_KEPT:
                self._inherited.clear()
            self._inherited[key] = _together(self._passed_on(product))
        return self._inherited[key]

    def of_cas_number(self, cas: str) -> HazardLabel | None:
        """What lists say of a CAS number whose structure nobody gave.

        Examples
        --------
        >>> from ligandkb.catalogue.hazard_tables import HazardTables
        >>> from ligandkb.resources import data_directory
        >>> hazards = KnownHazards({}, HazardTables(data_directory() / "hazards"))
        >>> sorted(hazards.of_cas_number("57-24-9").codes)
        ['H300', 'H310', 'H370', 'H372', 'H400', 'H410']
        """
        return _together(self.tables.readings([cas])) if self.tables is not None else None

    def structures_of_numbers(self, product: Product) -> tuple[str, ...]:
        """Other structures than its own that the lists have for a product's CAS numbers: what may be in the bottle."""
        return structures_of_numbers(product, self.tables) if self.tables is not None else ()

    def safety_data(self, product: Product) -> tuple[str, ...]:
        """Exposure limits, flash point and lists of carcinogens in words, each with its source."""
        if self.tables is None or self._is_unknown(product):
            return ()
        return self.tables.safety_data(self._cas_numbers(product))

    def _is_unknown(self, product: Product) -> bool:
        """Whether it can be told at a glance that nothing knows a product, as nothing does most of a supplier's list.

        A molecule alone, without a CAS number, is looked up as it is: it has no other drawing by which it is listed.
        """
        return (
            not (product.cas or product.other_cas)
            and _is_one_molecule(product)
            and self._lack(product.species[0].smiles)
        )

    def __getstate__(self) -> dict[str, Any]:
        # What was asked so far stays here: another process gets what was read, and asks anew.
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def _lack(self) -> Callable[[str], bool]:
        def lack(smiles: str) -> bool:
            return (
                smiles not in self.labels
                and not has_isotopes(smiles)
                and (self.tables is None or self.tables.lack(smiles))
            )

        return lru_cache(maxsize=4096)(lack)

    def _readings(self, product: Product) -> Iterator[HazardReading]:
        smiles = formula_unit(product.species)
        keys = (*drawings(smiles), formula_unit(reduced(product.species)))
        read = next((self.labels[key] for key in keys if key in self.labels), None)
        yield from read.readings if read is not None else ()
        if self.tables is not None:
            fraction = purity_fraction(product.purity)
            yield from self.tables.readings(
                self._cas_numbers(product), None if fraction is None else 100 * fraction, smiles
            )

    def _passed_on(self, product: Product) -> Iterator[HazardReading]:
        own = self.label(product)
        # What holds for all cadmium compounds is no judgement on cadmium chloride in water.
        read = HazardLabel(tuple(one for one in own.readings if not one.of_group)) if own else None
        classified = frozenset(_JUDGED[code] for code in (read.codes if read else ()) if code in _JUDGED)
        for smiles, passed_on in parents(product.species):
            for reading in self._of_structure(smiles):
                left = passed_on - classified if reading.what == CLASSIFIED else passed_on
                if passed := frozenset(one for one in reading.statements if one[:4] in left):
                    source = f"of {smiles}: {reading.source}"
                    yield HazardReading(passed, source, in_part=True, what=reading.what)

    def _of_structure(self, smiles: str) -> Iterator[HazardReading]:
        yield from self.labels[smiles].readings if smiles in self.labels else ()
        if self.tables is not None:
            yield from self.tables.readings(self._listed(smiles), smiles=smiles)

    def _cas_numbers(self, product: Product) -> tuple[str, ...]:
        """Numbers under which a product is listed, and those of its anhydrous form."""
        unit, once = formula_unit(product.species), formula_unit(reduced(product.species))
        drawn = dict.fromkeys((product.smiles, *drawings(unit), once))
        listed = next((numbers for smiles in drawn if (numbers := self._listed(smiles))), ())
        dry = without_water(product.species)
        of_dry = self._listed(formula_unit(reduced(dry))) if dry else ()
        return (*filter(None, (product.cas, *product.other_cas)), *listed, *of_dry)

    def _listed(self, smiles: str) -> tuple[str, ...]:
        return self.tables.cas_numbers(smiles) if self.tables is not None else ()


_JUDGED = {f"H3{route}{step}": f"H3{route}0" for route in (0, 1, 3) for step in (0, 1, 2, 3)} | {
    f"H3{kind}{step}": f"H3{kind}0" for kind in (4, 5, 6) for step in (0, 1)
}
"""The worst by the route, or of the kind, that a statement tells of: who printed it has judged that."""


_MOST_KEPT = 8192
"""Answers that are kept of products that are looked up at length."""


def _is_one_molecule(product: Product) -> bool:
    """Whether a product is one uncharged molecule, without water, solvent or counter-ion."""
    return len(product.species) == 1 and product.species[0].charge == 0 and product.species[0].count == 1


def _key(product: Product) -> tuple[str, tuple[str, ...], str]:
    return product.smiles, (product.cas, *product.other_cas), product.purity


def _together(readings: Iterable[HazardReading]) -> HazardLabel | None:
    found = tuple(dict.fromkeys(readings))
    return HazardLabel(found) if found else None
