"""What could a perfect ligand gain at most on this crystal?

The bound is the same for every ligand, so a ranking states it once: it tells whether filling vacancies
is worth the trouble at all, before anyone asks which ligand does it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ligandkb.catalogue.sites import Site
from ligandkb.chemistry.composition import Composition
from ligandkb.missing import Absent, Known, Missing
from ligandkb.problems import InputError, Problem
from ligandkb.surface.gain import GainBound, gain_bound
from ligandkb.surface.published import VACANCIES, PublishedRateRatio, published_rate_ratio
from ligandkb.surface.uncertainty import Measured

DEFAULT_TRAPS = VACANCIES.measured.value
"""Vacancies per nanocrystal of the CsPbBr3 that Nenon et al. (doi 10.1021/jacs.8b11035) measured."""


def rate_ratio_on(composition: Composition, sites: Iterable[Site]) -> float | PublishedRateRatio | Absent:
    """k_r/k_nr,trap of a crystal, or the reason why there is none.

    Parameters
    ----------
    composition : Composition
    sites : iterable of Site
        Rows of ``sites.csv``; a ratio there is a lab's own, and comes before the paper's.

    Returns
    -------
    float, PublishedRateRatio, or the reason for its absence
        What the paper says about its own fit comes along where the value is the paper's; nothing is
        interpolated between compositions.

    Examples
    --------
    >>> from ligandkb.catalogue.sites import Site
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> crystal = parse_composition("MAPbBr3")
    >>> own = Site(crystal, 500.0, Missing(), Missing(), None, "")
    >>> rate_ratio_on(crystal, [own]), type(rate_ratio_on(crystal, [])).__name__
    (500.0, 'Missing')
    """
    if composition.is_family:
        return Missing(
            "the composition does not state the halides and their ratio: write it out, like CsPbBr3"
        )
    shares = {halide: amount / 3.0 for halide, amount in composition.amounts.items()}
    published = published_rate_ratio(shares, a_site=composition.a_site)
    for site in sites:
        ratio = site.kr_over_knr_trap
        if str(site.composition) == str(composition) and isinstance(ratio, float):
            same = isinstance(published, PublishedRateRatio) and published.value == ratio
            return published if same else ratio
    return published


def known_rate_ratio(composition: Composition, sites: Iterable[Site]) -> tuple[Measured, str]:
    """k_r/k_nr,trap of a crystal, with what its source says of it.

    Raises
    ------
    InputError
        If there is none, with the reason.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> known_rate_ratio(parse_composition("CsPbBr3"), [])[1][:49]
    'k_r/k_nr,trap of CsPbBr3: close fit; no error pri'
    """
    ratio = rate_ratio_on(composition, sites)
    if isinstance(ratio, PublishedRateRatio):
        source = f"doi {ratio.source.doi}, {ratio.source.locator}"
        return Measured(ratio.value), f"k_r/k_nr,trap of {composition}: {ratio.note} ({source})."
    if isinstance(ratio, float):
        return Measured(ratio), f"k_r/k_nr,trap of {composition} from sites.csv."
    why = ratio.fix if isinstance(ratio, Missing) else str(ratio)
    what = f"k_r/k_nr,trap is unknown: {why}"
    raise InputError([Problem(str(composition), 0, 0, what, "or give --rate-ratio")])


def gain_on(
    composition: Composition, sites: Iterable[Site], traps_per_nanocrystal: float = DEFAULT_TRAPS
) -> Known[GainBound]:
    """Bound what filling every halide vacancy can gain on a crystal.

    Parameters
    ----------
    composition : Composition
    sites : iterable of Site
    traps_per_nanocrystal : float
        Halide vacancies per nanocrystal.

    Returns
    -------
    GainBound, or the reason for its absence

    Raises
    ------
    UsageError
        If the number of vacancies can't be one.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> crystal = parse_composition("CsPbBr3")
    >>> f"{gain_on(crystal, []).gain:.2f}"
    '0.36'
    """
    return gain_bound(traps_per_nanocrystal, rate_ratio_on(composition, sites))


def gain_sentence(gain: Known[GainBound], composition: Composition) -> str:
    """Say in one line what a perfect ligand could gain at most, or why that is unknown.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> gain_sentence(Missing("not measured"), parse_composition("CsPbCl3"))
    'What filling every halide vacancy of CsPbCl3 could gain is unknown: not measured. Phase stability is not covered.'
    """
    if isinstance(gain, GainBound):
        return f"On {composition}: {gain.sentence[0].lower()}{gain.sentence[1:]}"
    reason = gain.fix if isinstance(gain, Missing) else str(gain)
    return (
        f"What filling every halide vacancy of {composition} could gain is unknown: {reason}. "
        "Phase stability is not covered."
    )
