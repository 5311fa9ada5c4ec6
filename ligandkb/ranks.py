"""Which pairs first, of those that somebody wants to see?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ligandkb.arguments import Several, names
from ligandkb.assessment.choosing import chosen_pairs
from ligandkb.assessment.headroom import headroom_sentence, plqy_headroom
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.order import in_order
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.assessment.selection import left_out, selection
from ligandkb.chemistry.composition import Composition, parse_composition
from ligandkb.contents import Contents
from ligandkb.missing import Missing
from ligandkb.validation.table1 import Agreement, Entry, LeftOut, agreement
from ligandkb.validation.table1_entries import TableOne

if TYPE_CHECKING:
    from ligandkb.assessment.frame import Ranking
    from ligandkb.assessment.moved import Moved
    from ligandkb.assessment.outlook import Outlook
    from ligandkb.learning.learned import Learned

DEFAULT_COMPOSITION = "CsPbBr3"


@dataclass(frozen=True, repr=False)
class Ranks(Contents):
    """What was read, and the order of the pairs that can be made of it, with its agreement with Table 1."""

    def rank(
        self,
        composition: str | Composition = DEFAULT_COMPOSITION,
        *,
        partners: Several[str] | None = None,
        all_partners: bool = False,
        ligand_class: Several[str] = "all",
        top: int | None = None,
        allow: Several[str] = (),
        plqy_start_pct: float | None = None,
        verdict: Several[str] | None = None,
        measured: Several[str] | None = None,
        donor: Several[str] | None = None,
        exclude_tag: Several[str] | None = None,
        soluble: bool = False,
        orderable: bool = False,
        max_molar_mass_g_per_mol: float | None = None,
        min_score: float | None = None,
        learned: bool | Learned = False,
    ) -> Ranking:
        """Rank ligand pairs for one crystal, as a data frame.

        Parameters
        ----------
        composition : str or Composition
            Such as ``CsPbBr3``.
        partners : str or iterable of str, optional
            Names of the wanted partners; by default the usual view, in which acids come with oleylammonium
            and salts with the ion that they bring.
        all_partners : bool
            Pair everything with every partner that it can be made with.
        ligand_class : str or iterable of str
            ``X``, ``L``, ``Z``, ``zwitterion``, ``none`` (no donor group that is known) or ``all``.
        top : int, optional
            Number of rows.
        allow : str or iterable of str
            Vetoes to lift: ``lethal``.
        plqy_start_pct : float, optional
            PLQY of the sample before treatment, in %: what it leaves to gain is stated.
        verdict, measured, donor, exclude_tag, soluble, orderable, max_molar_mass_g_per_mol, min_score
            What a pair must be to be shown, see :class:`~ligandkb.assessment.selection.SelectionWords`.
        learned : bool or Learned
            Order by what was learned from outcomes, as from :meth:`learn`; True learns from the lab's own. Columns
            say what is expected of each pair; vetoes, verdicts and scores stay the rulebook's.

        Returns
        -------
        Ranking
            One row for each pair; ``attrs`` says what it was made from, and what was left out.

        Raises
        ------
        UsageError
            If a composition, partner, class, veto or word of a selection doesn't exist.
        NothingToLearn
            If it is to go by outcomes that say nothing.

        Examples
        --------
        >>> import ligandkb as lk
        >>> kb = lk.load()
        >>> kb.rank("CsPbBr3", top=1).loc[0, "observed"]
        'improved'
        >>> kb.rank(donor="phosphonate", orderable=True, exclude_tag="pfas").loc[0, "measured"]
        '76 → 98 %'
        """
        from ligandkb.assessment.frame import ranking_frame  # noqa: PLC0415 - text needs no pandas

        return ranking_frame(
            self.ranked(
                composition,
                partners=partners,
                all_partners=all_partners,
                ligand_class=ligand_class,
                top=top,
                allow=allow,
                plqy_start_pct=plqy_start_pct,
                verdict=verdict,
                measured=measured,
                donor=donor,
                exclude_tag=exclude_tag,
                soluble=soluble,
                orderable=orderable,
                max_molar_mass_g_per_mol=max_molar_mass_g_per_mol,
                min_score=min_score,
                learned=learned,
            )
        )

    def ranked(
        self,
        composition: str | Composition = DEFAULT_COMPOSITION,
        *,
        partners: Several[str] | None = None,
        all_partners: bool = False,
        ligand_class: Several[str] = "all",
        top: int | None = None,
        allow: Several[str] = (),
        plqy_start_pct: float | None = None,
        verdict: Several[str] | None = None,
        measured: Several[str] | None = None,
        donor: Several[str] | None = None,
        exclude_tag: Several[str] | None = None,
        soluble: bool = False,
        orderable: bool = False,
        max_molar_mass_g_per_mol: float | None = None,
        min_score: float | None = None,
        learned: bool | Learned = False,
    ) -> RankedPairs:
        """Rank ligand pairs for one crystal; parameters and errors as in :meth:`rank`.

        Examples
        --------
        >>> import ligandkb as lk
        >>> [row["cas"] for row in lk.load().ranked(donor="phosphonate", top=2).rows()]
        ['4721-24-8', '4724-48-5']
        """
        crystal = parse_composition(composition)
        wanted = selection(
            self.rulebook.vocabulary.tags,
            verdict=verdict,
            measured=measured,
            donor=donor,
            exclude_tag=exclude_tag,
            soluble=soluble,
            orderable=orderable,
            max_molar_mass_g_per_mol=max_molar_mass_g_per_mol,
            min_score=min_score,
        )
        wanted_partners, classes = names("partners", partners), names("ligand_class", ligand_class)
        lifted = names("allow", allow)
        every = self.assessments(
            crystal,
            partners=wanted_partners,
            all_partners=all_partners,
            ligand_class=classes,
            allow=lifted,
        )
        headroom = plqy_headroom(plqy_start_pct)
        outlooks: tuple[Outlook, ...] = ()
        taught: dict[str, Any] = {}
        if learned is not False:
            every, outlooks, taught = self._in_learned_order(every, learned, headroom)
        kept = [(item, place) for place, item in enumerate(every, 1) if wanted.keeps(item)]
        shown = kept if top is None else kept[: max(top, 0)]
        meta = self.meta() | {
            "composition": str(crystal),
            "allow": sorted(lifted),
            "view": {
                "partners": list(wanted_partners),
                "all_partners": all_partners,
                "ligand_class": list(classes),
            },
            "pairs": len(every),
            "selected": len(kept),
            "shown": len(shown),
            "selection": left_out(every, wanted),
            "not_computed": sum(isinstance(item.values["hardness_ev"], Missing) for item in every),
            "verdicts": dict(Counter(str(item.verdict) for item in every).most_common()),
            "table1_agreement": str(self.table1_agreement(crystal)),
            "in_sample": True,
            "yardsticks": [
                {"pair": item.name, "score_low": item.score_low, "score_high": item.score_high}
                for item in self.judge().yardsticks(crystal)
            ],
            "bands": len({item.band for item in every}),
            "plqy_headroom": headroom,
            "plqy_headroom_sentence": headroom_sentence(headroom, expected=bool(outlooks)),
            **taught,
        }
        return RankedPairs(
            tuple(item for item, _ in shown),
            meta,
            tuple(place for _, place in shown),
            Counter(item.band for item in every),
            tuple(outlooks[place - 1] for _, place in shown) if outlooks else (),
            () if outlooks else self._moved(every, {item.pair.key for item, _ in kept}),
        )

    def _moved(self, every: tuple[Assessment, ...], kept: Set[tuple[str, str]]) -> tuple[Moved, ...]:
        """Those of the kept that own outcomes moved."""
        if all(outcome.is_shipped for outcome in self.outcomes):
            return ()
        from ligandkb.assessment.moved import moved_by_own  # noqa: PLC0415 - where nothing is a lab's own

        return tuple(one for one in moved_by_own(every, self.outcomes) if one.pair.key in kept)

    def learn(self, *, with_literature: bool = False) -> Learned:
        """Learn from the lab's own outcomes how far each rule holds.

        Parameters
        ----------
        with_literature : bool
            Learn from the shipped outcomes, too: at half their weight, and with an allowance for what isn't printed.

        Returns
        -------
        Learned
            Before and after of each rule (``lessons``), and what is expected of pairs; for :meth:`rank`.

        Raises
        ------
        NothingToLearn
            Where the outcomes say nothing about any rule, with all reasons and how to fix them.

        Examples
        --------
        >>> import ligandkb as lk
        >>> learned = lk.load(db="none").learn(with_literature=True)
        >>> next(str(one.word) for one in learned.lessons if one.rule.id == "phosphonate-donor")
        'as it was'
        """
        from ligandkb.learning.learned import learn  # noqa: PLC0415 - a plain ranking has no use for it

        return learn(
            self.catalogue, self.judge(), self.outcomes, self.recorded, with_literature=with_literature
        )

    def _in_learned_order(
        self, every: tuple[Assessment, ...], learned: bool | Learned, headroom: float | None
    ) -> tuple[tuple[Assessment, ...], tuple[Outlook, ...], dict[str, Any]]:
        from ligandkb.learning.learned import in_learned_order  # noqa: PLC0415 - a plain ranking has no use for it

        taught = self.learn() if isinstance(learned, bool) else learned
        start = None if headroom is None else 1.0 - headroom
        ordered, outlooks = in_learned_order(every, taught.outlooks(every, plqy_start=start))
        meta = {
            "from": taught.label,
            "own_outcomes": taught.own.total,
            "literature_outcomes": taught.literature.total,
            "level": taught.posterior.settings.level,
            "unlike_repeats": [str(one) for one in taught.unlike_repeats],
        }
        return ordered, outlooks, {"learned": meta}

    def assessments(
        self,
        composition: str | Composition = DEFAULT_COMPOSITION,
        *,
        partners: Several[str] | None = None,
        all_partners: bool = False,
        ligand_class: Several[str] = "all",
        allow: Several[str] = (),
    ) -> tuple[Assessment, ...]:
        """Assess all pairs of the catalogue, in the order of a ranking; parameters as in :meth:`rank`."""
        pairs = chosen_pairs(
            self.catalogue, partners=partners, all_partners=all_partners, ligand_class=ligand_class
        )
        return in_order(self.judge(allow).assess(pairs, parse_composition(composition)))

    def table1_agreement(self, composition: str | Composition = DEFAULT_COMPOSITION) -> Agreement:
        """How far the rules agree with Table 1 of Nenon et al.; in-sample."""
        return agreement(self.table1_entries(composition))

    def table1_entries(self, composition: str | Composition = DEFAULT_COMPOSITION) -> tuple[Entry, ...]:
        """Entries of Table 1 with their predictions, whatever vetoes hold."""
        return self.table1(composition).entries()

    def table1_left_out(self, composition: str | Composition = DEFAULT_COMPOSITION) -> tuple[LeftOut, ...]:
        """Each entry of Table 1 without the rules that were written from it and fired on it."""
        return self.table1(composition).left_out()

    def table1(self, composition: str | Composition = DEFAULT_COMPOSITION) -> TableOne:
        """Table 1 with a judge who lifts every veto that can be."""
        liftable = {veto.lifted_by for veto in self.rulebook.vocabulary.vetoes.values() if veto.lifted_by}
        return TableOne(self.catalogue, self.outcomes, self.judge(liftable), parse_composition(composition))
