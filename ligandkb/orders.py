"""Which pairs shall be ordered together, and what does that take?"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from ligandkb.arguments import Several, names
from ligandkb.assessment.choosing import named_pair, pairs_of
from ligandkb.assessment.headroom import plqy_headroom
from ligandkb.assessment.selection import SelectionWords, selection
from ligandkb.chemistry.composition import Composition, parse_composition
from ligandkb.ranks import DEFAULT_COMPOSITION, Ranks

if TYPE_CHECKING:
    from ligandkb.assessment.judge import Assessment
    from ligandkb.learning.batch_choice import Goal
    from ligandkb.learning.proposals import NextBatch
    from ligandkb.planning.exchange import Protocol
    from ligandkb.planning.order import Order
    from ligandkb.planning.shortlist import Shortlist


@dataclass(frozen=True, repr=False)
class Orders(Ranks):
    """What was read, and what is worth ordering of it."""

    def shortlist(
        self,
        composition: str | Composition = DEFAULT_COMPOSITION,
        n: int = 8,
        *,
        have: Several[str] = (),
        must: Several[str] = (),
        without: Several[str] = (),
        accept: Several[str] = (),
        partners: Several[str] | None = None,
        plqy_start_pct: float | None = None,
        among: Sequence[Assessment] | None = None,
        **selected: Unpack[SelectionWords],
    ) -> Shortlist:
        """Choose the panel to order, with the controls that make its results mean something.

        Parameters
        ----------
        composition : str or Composition
            The crystal.
        n : int
            Candidates; controls come on top.
        have : str or iterable of str
            What stands in the lab, by name, CAS number or SMILES: preferred among equals, and needn't be bought. What
            a lab's ``offers.csv`` says is in stock counts, too.
        must, without : str or iterable of str
            What has to be in, and products, binding forms or partners that nobody wants.
        accept : str or iterable of str
            Dangers to people that are taken beyond those of oleylammonium-oleate, such as ``toxic``. Nothing brings
            back what is vetoed.
        partners : str or iterable of str, optional
            Names of the wanted partners; by default as in :meth:`rank`.
        plqy_start_pct : float, optional
            PLQY of the sample before treatment, in %.
        among : sequence of Assessment, optional
            Candidates, in their order, in the place of all that the catalogue has: such as the best of a screened
            list, ``top.ranked.assessments``. Controls come from the catalogue all the same.
        **selected
            What a candidate must be, see :class:`~ligandkb.assessment.selection.SelectionWords`.

        Returns
        -------
        Shortlist

        Raises
        ------
        NotFoundError, UsageError
            If a name in ``must`` or ``without`` is unknown, or what has to be in is vetoed or dangerous
            beyond what was accepted.

        Warns
        -----
        UserWarning
            If the catalogue doesn't have something that stands in the lab; the panel says so, too.

        Examples
        --------
        >>> import ligandkb as lk
        >>> found = lk.load().shortlist("CsPbBr3", 4)
        >>> [pick.name for pick in found.picks][:2]
        ['bromide + didodecyldimethylammonium', 'hexylphosphonate + oleylammonium']
        >>> [pick.role for pick in found.controls]
        ['reference', 'native halide', 'expected failure']
        """
        from ligandkb.planning.shelf import stands_in_lab, unwanted  # noqa: PLC0415 - ranking has no use for it
        from ligandkb.planning.shortlist import shortlist  # noqa: PLC0415

        crystal = parse_composition(composition)
        shelf = stands_in_lab(self.catalogue, names("have", have))
        for note in shelf.notes:
            warnings.warn(f"have: {note}", stacklevel=2)
        asked = [
            pairs_of(self.catalogue, *named_pair(self.catalogue, one, partners))[0]
            for one in names("must", must)
        ]
        return shortlist(
            self.assessments(crystal, partners=partners) if among is None else among,
            self.judge(),
            self.catalogue,
            crystal,
            n=n,
            must=self.judge().assess(asked, crystal),
            without=unwanted(self.catalogue, names("without", without)),
            conditions=dict(selection(self.rulebook.vocabulary.tags, **selected).conditions()),
            have=shelf.products,
            accept=names("accept", accept),
            plqy_start_pct=plqy_start_pct,
            usual=None if partners is None and among is None else self.assessments(crystal),
            meta=self.meta() | {"not_found": list(shelf.not_found), "not_on_shelf": list(shelf.notes)},
        )

    def order(
        self,
        shortlist: Shortlist,
        *,
        nanocrystal_concentration_um: float,
        volume_ml: float,
        edge_length_nm: float,
        lattice_constant_nm: float | None = None,
        protocol: Protocol | None = None,
    ) -> Order:
        """Plan every pair of a shortlist on one sample, and sum what has to be bought.

        Parameters
        ----------
        shortlist : Shortlist
            As from :meth:`shortlist`.
        nanocrystal_concentration_um, volume_ml, edge_length_nm, lattice_constant_nm : float
            The sample for one pair, as in :meth:`plan`.
        protocol : Protocol, optional
            The paper's by default.

        Returns
        -------
        Order
            A pair that the planner refuses is in it with the reason.

        Raises
        ------
        UsageError
            Where a number can't be what it claims to be.

        Examples
        --------
        >>> import ligandkb as lk
        >>> kb = lk.load()
        >>> sample = dict(nanocrystal_concentration_um=1.0, volume_ml=2.0, edge_length_nm=9.5)
        >>> made = kb.order(kb.shortlist("CsPbBr3", 2, have="oleylamine"), **sample)
        >>> [line.product.name for line in made.lines if not line.in_lab][:2]
        ['didodecyldimethylammonium bromide', 'hexylphosphonic acid']
        """
        from ligandkb.planning.order import order_for  # noqa: PLC0415 - ranking has no use for it
        from ligandkb.planning.pair_plan import crystals  # noqa: PLC0415

        sample = crystals(
            parse_composition(shortlist.meta["composition"]),
            nanocrystal_concentration_um,
            volume_ml,
            edge_length_nm,
            lattice_constant_nm=lattice_constant_nm,
        )
        return order_for(shortlist, self.judge(), self.catalogue, sample, protocol=protocol)

    def next_batch(
        self,
        composition: str | Composition = DEFAULT_COMPOSITION,
        n: int = 4,
        *,
        goal: Goal = "balanced",
        have: Several[str] = (),
        in_lab: bool = False,
        without: Several[str] = (),
        accept: Several[str] = (),
        partners: Several[str] | None = None,
        plqy_start_pct: float | None = None,
        with_literature: bool = False,
        seed: int = 0,
        **selected: Unpack[SelectionWords],
    ) -> NextBatch:
        """Choose the pairs to test next, by what the lab measured so far, with the controls of the batch.

        Parameters
        ----------
        composition : str or Composition
            The crystal.
        n : int
            Pairs; controls come on top.
        goal : {"bright", "learn", "balanced"}
            The brightest pair, the weights of the rules, or half of each: see :mod:`ligandkb.learning.batch_choice`.
        have, without, accept, partners
            As of :meth:`shortlist`.
        in_lab : bool
            Only what stands in the lab.
        plqy_start_pct : float, optional
            PLQY of the crystals as made, in %: how well a figure tells what was closed depends on it.
        with_literature : bool
            Learn from shipped outcomes, too, see :meth:`learn`.
        seed : int
            Of the draws: with the same one the same database gives the same answer.
        **selected
            What a pair must be, see :class:`~ligandkb.assessment.selection.SelectionWords`.

        Returns
        -------
        NextBatch
            Without any recorded outcome it rests on the rulebook alone, and says so.

        Raises
        ------
        NotFoundError, UsageError
            If a name is unknown, or a number, a goal or a danger can't be meant.

        Warns
        -----
        UserWarning
            If the catalogue doesn't have something that stands in the lab.

        Examples
        --------
        >>> import ligandkb as lk
        >>> found = lk.load(db="none").next_batch("CsPbBr3", 2)
        >>> found.meta["learned_from"]
        'from the rulebook alone, without an outcome of yours'
        >>> len(found.proposals), [one.role for one in found.controls]
        (2, ['reference'])
        """
        from ligandkb.learning.candidates import Wishes, candidates_of  # noqa: PLC0415 - ranking has no use for it
        from ligandkb.learning.next_batch import next_batch  # noqa: PLC0415
        from ligandkb.learning.so_far import known_so_far, pairs_by_key  # noqa: PLC0415
        from ligandkb.planning.shelf import stands_in_lab, unwanted  # noqa: PLC0415

        crystal, judge = parse_composition(composition), self.judge()
        headroom = plqy_headroom(plqy_start_pct)
        shelf = stands_in_lab(self.catalogue, names("have", have))
        for note in shelf.notes:
            warnings.warn(f"have: {note}", stacklevel=2)
        wishes = Wishes(
            shelf.products,
            in_lab,
            names("accept", accept),
            unwanted(self.catalogue, names("without", without)),
            dict(selection(self.rulebook.vocabulary.tags, **selected).conditions()),
        )
        known = known_so_far(
            self.catalogue, judge, self.outcomes, self.recorded, with_literature=with_literature
        )
        view = self.assessments(crystal, partners=partners)
        seen = {item.pair.key: item for item in view}
        elsewhere = pairs_by_key(self.catalogue, [key for key in known.measured if key not in seen])
        others = judge.assess(elsewhere, crystal)
        measured = [seen[key] for key in known.measured if key in seen] + list(others)
        may_be_best = [item for item in measured if not item.safety.vetoes]
        candidates = candidates_of(
            (*view, *others),
            judge,
            self.catalogue,
            crystal,
            wishes,
            measured=known.measured,
            learned_from=known.learned_from,
        )
        return next_batch(
            candidates,
            known,
            judge,
            measured=may_be_best,
            n=n,
            goal=goal,
            seed=seed,
            wishes=wishes,
            plqy_start=None if headroom is None else 1.0 - headroom,
            meta=self.meta()
            | {
                "composition": str(crystal),
                "learned_from": known.label,
                "own_outcomes": sum(known.measured.values()),
                "own_outcomes_left_out": known.left_out,
                "own_pairs_left_out": len(known.measured) - len(may_be_best),
                "not_found": list(shelf.not_found),
                "not_on_shelf": list(shelf.notes),
                "unlike_repeats": [str(one) for one in known.unlike_repeats],
                "in_lab": sorted(shelf.products),
            },
        )
