"""Where files, databases and science meet."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from ligandkb import __version__
from ligandkb.catalogue.catalogue import Catalogue, read_catalogue
from ligandkb.catalogue.finding import Match, find, find_partner
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.composition import Composition, parse_composition
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.species import Kind, split
from ligandkb.descriptors.measured import PkaTable, read_pka
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level
from ligandkb.evidence.agreement import EvidenceIndex
from ligandkb.evidence.outcomes import NO_PARTNER, Effect, Outcome, read_outcomes
from ligandkb.missing import Known, Missing
from ligandkb.problems import (
    InputError,
    LigandkbError,
    Problem,
    UsageError,
    did_you_mean,
)
from ligandkb.provenance import content_hash
from ligandkb.ranking.assessment import Assessment, Judge, Verdict, in_order
from ligandkb.ranking.columns import rule_columns
from ligandkb.ranking.frame import Ranking, ranking_frame
from ligandkb.ranking.gain import DEFAULT_TRAPS, gain_on, gain_sentence, gain_value
from ligandkb.ranking.pairs import (
    NATIVE_PARTNER,
    Pair,
    all_partner_ids,
    lay_out_pairs,
    unbound_pair,
)
from ligandkb.resources import data_directory, rules_directory
from ligandkb.rules.explain import RuleState
from ligandkb.rules.rulebook import Rulebook, read_rulebook, rule_files
from ligandkb.rules.vocabulary import read_vocabulary
from ligandkb.storage.computed_values import ComputedValues, cache_path
from ligandkb.storage.recorded import recorded_outcomes
from ligandkb.validation.catalogue import Coverage, coverage
from ligandkb.validation.hardness import TableOneReport, table_one_report
from ligandkb.validation.hardness_runs import table_one_family, table_one_heads
from ligandkb.validation.table1 import Agreement, Entry, LeftOut, agreement

if TYPE_CHECKING:
    from ligandkb.descriptors.quantum.compute import Limits, Progress, Summary
    from ligandkb.ranking.bottles import Label
    from ligandkb.surface.exchange import ExchangePlan, Protocol
    from ligandkb.surface.gain import GainBound

DEFAULT_COMPOSITION = "CsPbBr3"
ON_THE_SPOT_SECONDS = 60.0
IN_SAMPLE = "table-1"
"""What a rule's ``derived_from`` names when it was written from Table 1."""
CLASSES = ("X", "L", "Z", "zwitterion", "all")
REFERENCE_X = ("oleate", NATIVE_PARTNER)
REFERENCE_L = ("oleylamine", NO_PARTNER)


@dataclass(frozen=True)
class KnowledgeBase:
    """Catalogue, rules and evidence, ready to be asked.

    Made by :func:`load`.

    Attributes
    ----------
    catalogue : Catalogue
    outcomes : tuple of Outcome
    rulebook : Rulebook
    pka : PkaTable
        Measured pKa values of conjugate acids.
    computed : ComputedValues
        Stored quantum chemical values: shipped ones and those in the cache.
    content : str
        Hash of all data and rules read.
    overlays : tuple of str
        Folders laid over the shipped data.
    """

    catalogue: Catalogue
    outcomes: tuple[Outcome, ...]
    rulebook: Rulebook
    pka: PkaTable
    computed: ComputedValues
    content: str
    overlays: tuple[str, ...] = ()
    _index: EvidenceIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", EvidenceIndex(self.outcomes))

    def __repr__(self) -> str:
        return (
            f"KnowledgeBase({len(self.ligands)} ligands, {len(self.catalogue.partners)} partners, "
            f"{len(self.outcomes)} outcomes, {len(self.rulebook.rules)} rules, content {self.content})"
        )

    @property
    def ligands(self) -> tuple[Product, ...]:
        """Products that are ranked."""
        return tuple(product for product in self.catalogue.products if product.role == "ligand")

    def rank(
        self,
        composition: str = DEFAULT_COMPOSITION,
        *,
        partners: Sequence[str] = (),
        all_partners: bool = False,
        ligand_class: str = "all",
        top: int | None = None,
        allow: Iterable[str] = (),
    ) -> Ranking:
        """Rank ligand pairs for one crystal.

        Parameters
        ----------
        composition : str
            Such as ``CsPbBr3``.
        partners : sequence of str
            Names of the wanted partners; none for the usual view, in which acids come with oleylammonium
            and salts with the ion that they bring.
        all_partners : bool
            Pair everything with every partner that it can be made with.
        ligand_class : str
            ``X``, ``L``, ``Z``, ``zwitterion`` or ``all``.
        top : int, optional
            Number of rows.
        allow : iterable of str
            Vetoes to lift: ``lethal``.

        Returns
        -------
        Ranking
            One row for each pair; ``attrs`` says what it was made from.

        Raises
        ------
        UsageError
            If a composition, partner, class or veto doesn't exist.

        Examples
        --------
        >>> import ligandkb as lk
        >>> lk.load().rank("CsPbBr3", top=1).loc[0, "observed"]
        'improved'
        """
        crystal = parse_composition(composition)
        assessments = self.assessments(
            crystal, partners=partners, all_partners=all_partners, ligand_class=ligand_class, allow=allow
        )
        shown = assessments if top is None else assessments[: max(top, 0)]
        gain = self.gain(composition)
        meta = self.meta() | {
            "composition": str(crystal),
            "allow": sorted(allow),
            "pairs": len(assessments),
            "not_computed": sum(isinstance(item.values["hardness_ev"], Missing) for item in assessments),
            "shown": len(shown),
            "table1_agreement": str(self.table1_agreement(crystal)),
            "in_sample": True,
            "gain_bound": gain_value(gain),
            "gain_bound_sentence": gain_sentence(gain, crystal),
        }
        return ranking_frame(shown, meta)

    def assessments(
        self,
        composition: Composition,
        *,
        partners: Sequence[str] = (),
        all_partners: bool = False,
        ligand_class: str = "all",
        allow: Iterable[str] = (),
    ) -> tuple[Assessment, ...]:
        """Assess all pairs of the catalogue, in the order of a ranking; parameters as in :meth:`rank`."""
        if ligand_class not in CLASSES:
            hint = did_you_mean(ligand_class, CLASSES)
            raise UsageError(f"{ligand_class!r} is not a class of ligand: {hint or ', '.join(CLASSES)}")
        wanted = self._wanted(partners, all_partners)
        pairs = lay_out_pairs(self.catalogue, self.ligands, wanted)
        if ligand_class != "all":
            pairs = tuple(pair for pair in pairs if pair.form.form.ligand_class == LigandClass(ligand_class))
        return in_order(self._judge(allow).assess(pairs, composition))

    def assess(
        self,
        what: str,
        *,
        partner: str | None = None,
        composition: str = DEFAULT_COMPOSITION,
        allow: Iterable[str] = (),
    ) -> Assessment:
        """Assess one ligand, known or unseen.

        Parameters
        ----------
        what : str
            Identifier, name, alias, CAS number, or SMILES as bought or as bound.
        partner : str, optional
            Name of the partner; by default the one that it usually comes with.
        composition : str
            The crystal.
        allow : iterable of str
            Vetoes to lift: ``lethal``.

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
        return self.assess_all(what, partner=partner, composition=composition, allow=allow)[0]

    def assess_all(
        self,
        what: str,
        *,
        partner: str | None = None,
        composition: str = DEFAULT_COMPOSITION,
        allow: Iterable[str] = (),
    ) -> tuple[Assessment, ...]:
        """Assess every pair that a ligand can form, the one that was asked for first.

        Parameters, errors: as in :meth:`assess`.
        """
        crystal = parse_composition(composition)
        match = self.find(what)
        judge = self._judge(allow)
        if not match.product.forms:
            return judge.assess([unbound_pair(match.product)], crystal)
        wanted = self._wanted([partner], all_partners=False) if partner else None
        every = lay_out_pairs(
            self.catalogue,
            [match.product],
            (*all_partner_ids(self.catalogue, [match.product]), NO_PARTNER),
        )
        usual = lay_out_pairs(self.catalogue, [match.product], None)
        chosen = usual if wanted is None else tuple(pair for pair in every if pair.partner_id in wanted)
        if match.form is not None:
            # A form that was named comes first, also where the usual view leaves it out (lead nitrate's nitrate).
            named = [pair for pair in chosen if pair.form.form == match.form.form] or [
                pair for pair in every if pair.form.form == match.form.form and wanted is None
            ]
            chosen = (*named, *(pair for pair in chosen if pair not in named))
        if not chosen:
            possible = sorted({pair.partner_id for pair in every})
            raise UsageError(
                f"{match.product.name} does not pair with {partner}: it pairs with {', '.join(possible)}"
            )
        return judge.assess(chosen, crystal)

    def gain(
        self, composition: str = DEFAULT_COMPOSITION, *, traps_per_nanocrystal: float = DEFAULT_TRAPS
    ) -> Known[GainBound]:
        """What a ligand that fills every halide vacancy could gain at most.

        Parameters
        ----------
        composition : str
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
        partner: str | None = None,
        composition: str = DEFAULT_COMPOSITION,
        lattice_constant_nm: float | None = None,
        edge_sigma_nm: float = 0.0,
        protocol: Protocol | None = None,
        ligand_label: Label | None = None,
        partner_label: Label | None = None,
        allow: Iterable[str] = (),
    ) -> ExchangePlan:
        """Plan a ligand exchange: what to weigh in, what to do, and what will hurt.

        Parameters
        ----------
        what, partner, composition, allow
            As in :meth:`assess`.
        nanocrystal_concentration_um, volume_ml, edge_length_nm, edge_sigma_nm : float
            The sample: µM of nanocrystals, mL, mean edge in nm and its spread.
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
        >>> plan = lk.load().plan("hexylphosphonic acid", partner="oleylammonium", **sample)
        >>> [f"{dose.reagent.name}: {dose.milligram:.2f} mg" for dose in plan.all_cycles]
        ['hexylphosphonic acid: 6.38 mg', 'oleylamine: 10.22 mg']
        """
        from ligandkb.ranking.exchange import crystals, plan_pair  # noqa: PLC0415 - ranking has no use for it

        assessment = self.assess(what, partner=partner, composition=composition, allow=allow)
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
            protocol=protocol,
            ligand_label=ligand_label,
            partner_label=partner_label,
            remarks=(gain_sentence(self.gain(composition), assessment.composition),),
        )

    def heads(self) -> tuple[str, ...]:
        """Distinct heads of everything that is ranked and has a donor, the references among them."""
        forms = (named.form for product in self.ligands for named in product.forms)
        return tuple(dict.fromkeys(head_of(form.smiles) for form in forms if form.mode is not None))

    def uncut_forms(self) -> tuple[str, ...]:
        """Distinct binding forms with a donor, their tails on."""
        forms = (named.form for product in self.ligands for named in product.forms)
        return tuple(dict.fromkeys(form.smiles for form in forms if form.mode is not None))

    def compute(
        self,
        species: Iterable[str],
        levels: Sequence[Level] = (DEFAULT_LEVEL,),
        *,
        workers: int = 1,
        limits: Limits | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Summary:
        """Compute quantum chemical descriptors that are not at hand yet, and keep them in the cache.

        Parameters
        ----------
        species : iterable of str
            Canonical SMILES, usually :meth:`heads`.
        levels : sequence of Level
            Methods and surroundings.
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
            species,
            levels,
            lookup=values.lookup,
            store=values.store,
            workers=workers,
            limits=limits,
            progress=progress,
        )

    def compute_on_the_spot(self, what: str) -> None:
        """Compute the heads of one ligand that lack values: seconds; nothing without the extra ``[quantum]``.

        Parameter, errors: as in :meth:`find`.
        """
        heads = [head_of(named.form.smiles) for named in self.find(what).product.forms if named.form.mode]
        if heads and importlib.util.find_spec("tblite") and importlib.util.find_spec("ase"):
            from ligandkb.descriptors.quantum.compute import Limits  # noqa: PLC0415

            self.compute(heads, limits=Limits(seconds=ON_THE_SPOT_SECONDS))

    def rule_states(self, assessment: Assessment) -> tuple[RuleState, ...]:
        """State of every rule for an assessed pair: fired, silent, unknown or not applicable, and why."""
        return self._judge(()).explain(assessment)

    def example_problems(self) -> list[Problem]:
        """Run the examples of every rule.

        Returns
        -------
        list of Problem
            One for each example on which a rule doesn't do what it says.
        """
        judge = self._judge(())
        crystal = parse_composition(DEFAULT_COMPOSITION)
        names = sorted({name for rule in self.rulebook.rules for name in (*rule.fires, *rule.silent)})
        problems: list[Problem] = []
        assessed: dict[str, Assessment] = {}
        for name in names:
            try:
                assessed[name] = self.assess(name, composition=str(crystal))
            except LigandkbError as error:
                problems.extend(
                    Problem(rule.file, rule.line, 1, f"{rule.id}: example {name!r}: {error}")
                    for rule in self.rulebook.rules
                    if name in (*rule.fires, *rule.silent)
                )
        truth = judge.truth(list(assessed.values()))
        position = {name: column for column, name in enumerate(assessed)}
        for row, rule in enumerate(self.rulebook.rules):
            for wanted, examples in ((True, rule.fires), (False, rule.silent)):
                for name in examples:
                    if name in position and (truth[row, position[name]] > 0) != wanted:
                        does = "does not fire" if wanted else "fires"
                        mend = "mend the condition or the example"
                        problems.append(
                            Problem(rule.file, rule.line, 1, f"{rule.id}: {does} on {name!r}", mend)
                        )
        return problems

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
        return find(self.catalogue, what)

    def _wanted(self, partners: Sequence[str], all_partners: bool) -> tuple[str, ...] | None:
        if all_partners:
            return (*all_partner_ids(self.catalogue, self.ligands), NO_PARTNER)
        if not partners:
            return None
        known = all_partner_ids(self.catalogue, self.ligands)
        return tuple(find_partner(self.catalogue, name, known) for name in partners)

    def _judge(self, allow: Iterable[str]) -> Judge:
        vetoes = self.rulebook.vocabulary.vetoes
        lifted = {veto.lifted_by for veto in vetoes.values() if veto.lifted_by}
        allowed = frozenset(allow)
        for name in allowed:
            if name not in lifted:
                raise UsageError(f"{name!r} can't be allowed: only {', '.join(sorted(lifted))} can")
        return Judge(
            self.rulebook,
            self._index,
            self._references(),
            self.catalogue.statements,
            self.pka,
            self.computed.lookup,
            allowed,
        )

    def _references(self) -> dict[LigandClass, Pair]:
        references: dict[LigandClass, Pair] = {}
        for ligand_class, (form_name, partner) in (
            (LigandClass.X, REFERENCE_X),
            (LigandClass.L, REFERENCE_L),
        ):
            products = [p for p in self.ligands if any(form.name == form_name for form in p.forms)]
            wanted = [partner] if partner != NO_PARTNER else None
            for pair in lay_out_pairs(self.catalogue, products, wanted):
                if pair.form.name == form_name and pair.partner_id == partner:
                    references.setdefault(ligand_class, pair)
        return references

    def table1_agreement(self, composition: Composition | None = None) -> Agreement:
        """How far the rules agree with Table 1 of Nenon et al.; in-sample."""
        return agreement(self.table1_entries(composition))

    def table1_entries(self, composition: Composition | None = None) -> tuple[Entry, ...]:
        """Entries of Table 1 with their predictions, whatever vetoes hold."""
        return tuple(
            self._table1_entry(item) for item in self._table1_assessments(self.rulebook, composition)
        )

    def table1_left_out(self, composition: Composition | None = None) -> tuple[LeftOut, ...]:
        """Each entry of Table 1 without the rules that were written from it and fired on it."""
        found = []
        for assessment in self._table1_assessments(self.rulebook, composition):
            fired = tuple(
                state.rule.id
                for state in self.rule_states(assessment)
                if state.state == "fired" and state.rule.weight and IN_SAMPLE in state.rule.derived_from
            )
            kept = tuple(rule for rule in self.rulebook.rules if rule.id not in fired)
            reduced = self._table1_assessments(replace(self.rulebook, rules=kept), composition)
            again = next(item for item in reduced if item.pair.key == assessment.pair.key)
            above = again.verdict is Verdict.RECOMMENDED
            found.append(LeftOut(self._table1_entry(assessment), fired, again.score, above))
        return tuple(found)

    def _table1_assessments(
        self, rulebook: Rulebook, composition: Composition | None
    ) -> tuple[Assessment, ...]:
        keys = {
            (outcome.binding_form_smiles, outcome.partner)
            for outcome in self.outcomes
            if outcome.is_in_table_1
        }
        partners = sorted({partner for _, partner in keys})
        products = [
            product
            for product in self.ligands
            if any((named.form.smiles, partner) in keys for named in product.forms for partner in partners)
        ]
        pairs = [pair for pair in lay_out_pairs(self.catalogue, products, partners) if pair.key in keys]
        crystal = composition or parse_composition(DEFAULT_COMPOSITION)
        vetoes = rulebook.vocabulary.vetoes.values()
        judge = replace(self._judge(veto.lifted_by for veto in vetoes if veto.lifted_by), rulebook=rulebook)
        return judge.assess(pairs, crystal)

    def _table1_entry(self, assessment: Assessment) -> Entry:
        pair = assessment.pair
        outcome = next(
            outcome
            for outcome in self.outcomes
            if outcome.is_in_table_1 and (outcome.binding_form_smiles, outcome.partner) == pair.key
        )
        metals = {species.kind for species in split(pair.form.form.smiles)} & {Kind.METAL, Kind.ALKALI}
        chain, acidity = (assessment.values[name] for name in ("chain_length_carbons", "conjugate_acid_pka"))
        return Entry(
            binding_form=pair.form.name,
            partner=pair.partner_id,
            improved=outcome.effect is Effect.IMPROVED,
            score=assessment.score,
            above_reference=assessment.verdict is Verdict.RECOMMENDED,
            has_metal=bool(metals)
            or (pair.partner is not None and pair.partner.kind in (Kind.METAL, Kind.ALKALI)),
            chain_length_carbons=chain if not isinstance(chain, str) else Missing(chain),
            conjugate_acid_pka=acidity if not isinstance(acidity, str) else Missing(acidity),
            confound=outcome.confound,
            head=assessment.head,
        )

    def hardness_on_table1(self) -> TableOneReport:
        """Hardness, donor charge, charge transfer and frontier level held against Table 1, head by head.

        What was tried was written down beforehand (docs/quantum.md); values that were not computed are named.
        """
        entries = [outcome for outcome in self.outcomes if outcome.is_in_table_1]
        heads = table_one_heads(
            (outcome.binding_form_smiles, outcome.effect is Effect.IMPROVED) for outcome in entries
        )
        values: dict[str, dict[str, list[float]]] = {}
        for entry in self.table1_entries():
            for name, value in (
                ("low aqueous pKa of the conjugate acid", entry.conjugate_acid_pka),
                ("no metal in the pair", float(entry.has_metal)),
                ("chain length", entry.chain_length_carbons),
            ):
                if isinstance(value, float):
                    values.setdefault(name, {}).setdefault(entry.head, []).append(value)
        directions = {
            "low aqueous pKa of the conjugate acid": -1,
            "no metal in the pair": -1,
            "chain length": 0,
        }
        nulls = {
            name: (direction, {head: fmean(found) for head, found in values.get(name, {}).items()})
            for name, direction in directions.items()
        }
        family = table_one_family(heads, self.computed.lookup)
        return table_one_report(family, list(heads.improved), list(heads.not_improved), nulls=nulls)

    def coverage(self) -> Coverage:
        """How much of the catalogue and its outcomes is verified."""
        return coverage(self.catalogue, self.outcomes, self.pka)

    def meta(self) -> dict[str, Any]:
        """What every output carries: version, hash of data and rules, overlays."""
        return {
            "version": __version__,
            "content": self.content,
            "overlays": list(self.overlays),
            "overlaid": list(self.catalogue.overlaid),
        }


def load(
    data: Sequence[str | Path] = (), rules: Sequence[str | Path] = (), db: str | None = None
) -> KnowledgeBase:
    """Load the shipped knowledge base, with a lab's own folders laid over it.

    Parameters
    ----------
    data : sequence of path
        Folders with any of ``ligands.csv``, ``partners.csv``, ``sites.csv``, ``outcomes.csv``.
    rules : sequence of path
        Folders with further rule files. The shipped rules always hold: safety can't be left out.
    db : str, optional
        Database of recorded outcomes: path of a SQLite file or a SQLAlchemy URL; by default what
        ``LIGANDKB_DB`` says, else the user's own. One that doesn't exist holds nothing.

    Returns
    -------
    KnowledgeBase

    Raises
    ------
    InputError
        With every problem of every file.

    Examples
    --------
    >>> import ligandkb as lk
    >>> len(lk.load().ligands) >= 30
    True
    """
    problems: list[Problem] = []
    directories = _laid_over(data_directory(), data, problems)
    rule_directories = _laid_over(rules_directory(), rules, problems)
    if problems:
        raise InputError(problems)
    catalogue = read_catalogue(directories, problems)
    outcome_files = [directory / "outcomes.csv" for directory in directories]
    outcome_files = [path for position, path in enumerate(outcome_files) if not position or path.exists()]
    recorded = recorded_outcomes(db)
    outcomes = (*read_outcomes(outcome_files, problems), *recorded)
    pka = read_pka(data_directory() / "conjugate_acid_pka.csv", problems)
    rule_paths = [path for directory in rule_directories for path in rule_files(directory)]
    vocabulary = rulebook = None
    try:
        vocabulary = read_vocabulary(rules_directory() / "vocabulary.yaml")
        rulebook = read_rulebook(rule_paths, columns=rule_columns(), vocabulary=vocabulary)
    except InputError as error:
        problems.extend(error.problems)
    if problems or rulebook is None:
        raise InputError(problems)
    tables = [path for directory in directories for path in sorted(directory.glob("*.csv"))]
    return KnowledgeBase(
        catalogue,
        outcomes,
        rulebook,
        pka,
        ComputedValues(data_directory() / "computed" / "descriptors.csv", cache_path()),
        content_hash([*tables, *rule_paths]),
        (
            *(str(path) for path in [*directories[1:], *rule_directories[1:]]),
            *([f"{len(recorded)} recorded outcomes"] if recorded else []),
        ),
    )


def _laid_over(shipped: Path, paths: Sequence[str | Path], problems: list[Problem]) -> list[Path]:
    """The shipped folder with a lab's folders after it."""
    folders = [shipped]
    for path in paths:
        folder = Path(path)
        if not folder.is_dir():
            what = "this is not a folder" if folder.exists() else "there is no such folder"
            problems.append(Problem(str(path), 0, 0, what, "make one with ligandkb init, or check the path"))
        elif folder.resolve() != shipped:
            folders.append(folder)
    return folders
