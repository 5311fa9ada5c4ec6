"""What can a chemist ask?"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ligandkb.arguments import Several, name, names, renamed
from ligandkb.assessment.choosing import named_pair, pairs_of
from ligandkb.assessment.gain import DEFAULT_TRAPS, gain_on
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.pairs import unbound_pair
from ligandkb.assessment.rule_examples import example_problems
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.composition import Composition, parse_composition
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level, read_levels
from ligandkb.missing import Known
from ligandkb.orders import Orders
from ligandkb.problems import Problem, UsageError
from ligandkb.ranks import DEFAULT_COMPOSITION
from ligandkb.rules.explain import RuleState
from ligandkb.validation.catalogue import Coverage, coverage
from ligandkb.validation.hardness import TableOneReport, table_one_family, table_one_report
from ligandkb.validation.table1_entries import nulls_by_head

if TYPE_CHECKING:
    import pandas as pd

    from ligandkb.descriptors.quantum.compute import Limits, Progress, Summary
    from ligandkb.planning.bottles import Label
    from ligandkb.planning.exchange import ExchangePlan, Protocol
    from ligandkb.surface.gain import GainBound

ON_THE_SPOT_SECONDS = 60.0
Screened: TypeAlias = str | Path | Iterable[str | tuple[str, str]]
"""A file by its path, or a stream of structures: SMILES, or pairs of SMILES and what they are called by."""


@dataclass(frozen=True, repr=False)
class KnowledgeBase(Orders):
    """Catalogue, rules and evidence, ready to be asked.

    Made by :func:`load`; what it holds is listed under :class:`~ligandkb.contents.Contents`, how it ranks under
    :class:`~ligandkb.ranks.Ranks`, what it would order under :class:`~ligandkb.orders.Orders`.
    """

    def assess(
        self,
        what: str,
        *,
        partners: Several[str] | None = None,
        composition: str | Composition = DEFAULT_COMPOSITION,
        allow: Several[str] = (),
        partner: str | None = None,
    ) -> Assessment:
        """Assess one ligand, known or unseen.

        Parameters
        ----------
        what : str
            Identifier, name, alias, CAS number, or SMILES as bought or as bound; or a pair as it is called in a
            ranking, ``bromide + didodecyldimethylammonium``.
        partners : str or iterable of str, optional
            Names of the wanted partners; by default the one that it usually comes with.
        composition : str or Composition
            The crystal.
        allow : str or iterable of str
            Vetoes to lift: ``lethal``.
        partner : str, optional
            Old name of ``partners``.

        Returns
        -------
        Assessment
            Of the first binding form; :meth:`assess_all` gives all.

        Raises
        ------
        NotFoundError
            If nothing has that name and it isn't a SMILES.
        UsageError
            If it can't be paired with that partner.

        Examples
        --------
        >>> import ligandkb as lk
        >>> lk.load().assess("OC(=O)CF").verdict.value
        'vetoed'
        """
        partners = renamed("partner", "partners", partner, partners)
        return self.assess_all(what, partners=partners, composition=composition, allow=allow)[0]

    def assess_all(
        self,
        what: str,
        *,
        partners: Several[str] | None = None,
        composition: str | Composition = DEFAULT_COMPOSITION,
        allow: Several[str] = (),
        partner: str | None = None,
    ) -> tuple[Assessment, ...]:
        """Assess every pair that a ligand can form, the one that was asked for first.

        Parameters, errors: as in :meth:`assess`.
        """
        partners = renamed("partner", "partners", partner, partners)
        match, partners = named_pair(self.catalogue, name("what", what), partners)
        pairs = pairs_of(self.catalogue, match, partners)
        return self.judge(allow).assess(pairs, parse_composition(composition))

    def gain(
        self,
        composition: str | Composition = DEFAULT_COMPOSITION,
        *,
        traps_per_nanocrystal: float = DEFAULT_TRAPS,
    ) -> Known[GainBound]:
        """What a ligand that fills every halide vacancy could gain at most.

        Parameters
        ----------
        composition : str or Composition
            The crystal.
        traps_per_nanocrystal : float
            Halide vacancies per nanocrystal; 190 in the CsPbBr3 of Nenon et al. (doi 10.1021/jacs.8b11035).

        Returns
        -------
        GainBound, or the reason for its absence

        Examples
        --------
        >>> import ligandkb as lk
        >>> round(lk.load().gain("CsPbBr3").gain, 2)
        0.36
        """
        return gain_on(parse_composition(composition), self.catalogue.sites, traps_per_nanocrystal)

    def plan(
        self,
        what: str,
        *,
        nanocrystal_concentration_um: float,
        volume_ml: float,
        edge_length_nm: float,
        partners: Several[str] | None = None,
        form: str | None = None,
        composition: str | Composition = DEFAULT_COMPOSITION,
        lattice_constant_nm: float | None = None,
        edge_sigma_nm: float = 0.0,
        protocol: Protocol | None = None,
        ligand_label: Label | None = None,
        partner_label: Label | None = None,
        allow: Several[str] = (),
        partner: str | None = None,
    ) -> ExchangePlan:
        """Plan a ligand exchange: what to weigh in, what to do, and what will hurt.

        Parameters
        ----------
        what, partners, composition, allow, partner
            As in :meth:`assess`; a plan is for one partner.
        nanocrystal_concentration_um, volume_ml, edge_length_nm, edge_sigma_nm : float
            The sample: µM of nanocrystals, mL, mean edge in nm and its spread.
        form : str, optional
            Name or SMILES of the binding form where the ligand has several, such as a dianion; by default the
            first.
        lattice_constant_nm : float, optional
            Edge of the cube with one Pb, in nm; by default the sourced one of CsPbCl3, CsPbBr3 or CsPbI3.
        protocol : Protocol, optional
            The paper's by default.
        ligand_label, partner_label : Label, optional
            Purity, acid or amine value where the bottles say more than the catalogue.

        Returns
        -------
        ExchangePlan

        Raises
        ------
        NotFoundError
            If nothing has that name and it isn't a SMILES.
        InputError
            If the ligand is vetoed, binds no lead, or is no product as bought.
        UsageError
            Where a number can't be what it claims to be, or the partner doesn't fit.

        Examples
        --------
        >>> import ligandkb as lk
        >>> sample = dict(nanocrystal_concentration_um=1.0, volume_ml=2.0, edge_length_nm=9.5)
        >>> plan = lk.load().plan("hexylphosphonic acid", partners="oleylammonium", **sample)
        >>> [f"{dose.reagent.name}: {dose.milligram:.2f} mg" for dose in plan.all_cycles]
        ['hexylphosphonic acid: 6.38 mg', 'oleylamine: 10.22 mg']
        """
        from ligandkb.planning.pair_plan import (  # noqa: PLC0415 - ranking has no use for it
            choose_form,
            crystals,
            other_forms,
            plan_pair,
            refuse_vetoed,
        )

        partners = names("partners", renamed("partner", "partners", partner, partners))
        if len(partners) > 1:
            raise UsageError(f"a plan is for one partner, not for {len(partners)}: {', '.join(partners)}")
        every = self.assess_all(what, partners=partners, composition=composition, allow=allow)
        assessment = choose_form(every, None if form is None else name("form", form))
        refuse_vetoed(assessment)
        return plan_pair(
            assessment,
            self.rule_states(assessment),
            self.rulebook.vocabulary,
            crystals(
                assessment.composition,
                nanocrystal_concentration_um,
                volume_ml,
                edge_length_nm,
                lattice_constant_nm=lattice_constant_nm,
                edge_sigma_nm=edge_sigma_nm,
            ),
            index=self.judge().index,
            protocol=protocol,
            ligand_label=ligand_label,
            partner_label=partner_label,
            remarks=(*named_pair(self.catalogue, what)[0].remarks, *other_forms(assessment, every)),
        )

    def screen(
        self,
        what: Screened,
        *,
        workers: int = 1,
        composition: str | Composition = DEFAULT_COMPOSITION,
        columns: Several[str] | None = None,
        allow: Several[str] = (),
        smiles_column: str = "",
        id_column: str = "",
        cas_column: str = "",
        carry: Several[str] | None = None,
        chunk_lines: int = 500,
    ) -> Iterator[pd.DataFrame]:
        """Judge any number of structures, in a stream; ``ligandkb screen`` writes the same rows into files.

        Parameters
        ----------
        what : path, or iterable of str or of (str, str)
            A list: ``.smi``, ``.csv``, ``.tsv``, ``.sdf`` or ``.parquet``, each also with ``.gz`` behind it; or SMILES,
            each alone or in a pair with what it is called by.
        workers : int
            Processes; 0 for this one alone, where a line that hangs or crashes stops all.
        composition : str or Composition
            The crystal.
        columns : str or iterable of str, optional
            Columns to work out; by default all that a ranking has.
        allow : str or iterable of str
            Vetoes to lift: ``lethal``.
        smiles_column, id_column, cas_column : str
            Headings in a table; by default those that are known.
        carry : str or iterable of str, optional
            Columns of a table to carry along; by default prices, packs and the like.
        chunk_lines : int
            Structures that come back together.

        Returns
        -------
        iterator of pandas.DataFrame
            One row a pair, in the order of the lines, by ``line`` and ``id``; by the values that are shipped, whatever
            this machine has computed. ``attrs["rejected"]`` holds what has no rows: ``line``, ``id``, ``smiles``,
            ``reason``.

        Raises
        ------
        UsageError
            If an option can't be meant.
        InputError
            If a file can't be read, or has no column of structures.
        ExtraMissingError
            Without the extra ``[screen]``.

        Examples
        --------
        >>> import ligandkb as lk
        >>> for frame in lk.load().screen(["OC(=O)CF", ("CCCCN", "A-2"), "C1CC"], columns=["verdict"], workers=0):
        ...     print(frame.to_dict("records"), [one["line"] for one in frame.attrs["rejected"]])
        [{'line': 1, 'id': '', 'verdict': 'vetoed'}, {'line': 2, 'id': 'A-2', 'verdict': 'unassessed'}] [3]
        """
        # By its name: the room lies above this one, since whoever screens loads a knowledge base.
        found: Iterator[pd.DataFrame] = import_module("ligandkb.screening.frames").frames_of(
            self,
            what,
            workers=workers,
            composition=composition,
            columns=columns,
            allow=allow,
            smiles_column=smiles_column,
            id_column=id_column,
            cas_column=cas_column,
            carry=carry,
            chunk_lines=chunk_lines,
        )
        return found

    def compute(
        self,
        species: Several[str],
        levels: Several[Level | str] = DEFAULT_LEVEL,
        *,
        workers: int = 1,
        limits: Limits | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Summary:
        """Compute quantum chemical descriptors that are not at hand yet, and keep them in the cache.

        Parameters
        ----------
        species : str or iterable of str
            Canonical SMILES, usually :meth:`species_to_compute`.
        levels : Level, str, or iterable of them
            Methods and surroundings, such as ``GFN2-xTB, toluene``.
        workers : int
            Processes.
        limits : Limits, optional
            Bounds on one species.
        progress : callable, optional
            Called after each species.

        Returns
        -------
        Summary

        Raises
        ------
        ExtraMissingError
            If the extra ``[quantum]`` is not installed.
        """
        from ligandkb.descriptors.quantum.compute import compute  # noqa: PLC0415 - ranking computes nothing

        values = self.computed
        return compute(
            names("species", species),
            read_levels(levels),
            lookup=values.lookup,
            store=values.store,
            workers=workers,
            limits=limits,
            progress=progress,
        )

    def compute_on_the_spot(self, what: str) -> None:
        """Compute what one ligand lacks: seconds; nothing without the extra ``[quantum]``.

        Parameter, errors: as in :meth:`assess`.
        """
        match, _ = named_pair(self.catalogue, name("what", what))
        species = self.species_to_compute([match.product])
        if species and importlib.util.find_spec("tblite") and importlib.util.find_spec("ase"):
            from ligandkb.descriptors.quantum.compute import Limits  # noqa: PLC0415

            self.compute(species, limits=Limits(seconds=ON_THE_SPOT_SECONDS))

    def rule_states(self, assessment: Assessment) -> tuple[RuleState, ...]:
        """State of every rule for an assessed pair: fired, silent, unknown or not applicable, and why."""
        return self.judge().explain(assessment)

    def example_problems(self) -> list[Problem]:
        """Run the examples of every rule; one problem for each on which a rule doesn't do what it says."""
        return example_problems(self.rulebook, self.assess, self.judge().truth)

    def vetoes_of(self, products: Sequence[Product]) -> tuple[frozenset[str], ...]:
        """Kinds of veto that each product raises by itself, whatever it is paired with."""
        pairs = [unbound_pair(product) for product in products]
        crystal = parse_composition(DEFAULT_COMPOSITION)
        return tuple(frozenset(item.safety.vetoes) for item in self.judge().assess(pairs, crystal))

    def hardness_on_table1(self) -> TableOneReport:
        """Hardness, donor charge, charge transfer and frontier level held against Table 1, head by head.

        What was tried was written down beforehand (docs/quantum.md); values that were not computed are named.
        """
        heads = self.table1().heads()
        family = table_one_family(heads, self.computed.lookup)
        nulls = nulls_by_head(self.table1_entries())
        return table_one_report(family, list(heads.improved), list(heads.not_improved), nulls=nulls)

    def coverage(self) -> Coverage:
        """How much of the catalogue and its outcomes is verified."""
        return coverage(self.catalogue, self.outcomes, self.aqueous.pka)
