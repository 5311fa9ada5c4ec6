"""What does a calculation on the surface say, in words?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ligandkb.missing import Absent, Known, Missing
from ligandkb.reports.document import Block, Column, Document, Facts, Items, items, shown, table
from ligandkb.surface.dilution import DilutionContrast
from ligandkb.surface.gain import GainBound
from ligandkb.surface.geometry import CubeSites
from ligandkb.surface.goodness import probability, runs_verdict
from ligandkb.surface.nmr import BoundLigands, TotalLigandsRange
from ligandkb.surface.traps_fit import TrapFit
from ligandkb.surface.uncertainty import Measured
from ligandkb.surface.xps import VacancyUpperBound


def answer(
    title: str,
    facts: Sequence[tuple[str, str]] = (),
    columns: Sequence[str | Column] = (),
    rows: Sequence[Sequence[str]] = (),
    notes: Sequence[str] = (),
    results: Sequence[Any] = (),
) -> Document:
    """Quantities, perhaps a table, what to keep in mind, and the results themselves for JSON."""
    blocks: list[Block] = [Facts(tuple(facts))] if facts else []
    blocks += [table(columns, rows)] if rows else []
    blocks += [items(*notes)] if notes else []
    return Document(title, tuple(blocks), tuple(results))


def noted(answer: Document, notes: Iterable[str], reword: Callable[[str], str]) -> Document:
    """Say notes before an answer's own, which are reworded: the API's arguments become what was typed."""
    own = [item for block in answer.blocks if isinstance(block, Items) for item in block.items]
    said = (*notes, *(reword(shown(part)) for item in own for part in item.parts))
    others = (block for block in answer.blocks if not isinstance(block, Items))
    return replace(answer, blocks=(*others, *([items(*said)] if said else [])))


def trap_fit_answer(fit: TrapFit, source: str, notes: Sequence[str] = ()) -> Document:
    """Traps from a dilution series."""
    facts = [
        ("k_r/k_nr,trap", str(fit.rate_ratio)),
        ("the same per site of N_max", str(fit.rate_ratio_per_site)),
    ]
    held = [f"pairs per nanocrystal = {fit.parameters['pairs_per_nanocrystal']:g}"]
    if fit.association_constant_per_m is not None:
        facts.append(("K_eq", f"{fit.association_constant_per_m} 1/M"))
    else:
        held.insert(0, f"K_eq = {fit.parameters['association_constant_per_m']:g} 1/M")
    if fit.sites_max is not None:
        facts.append(("N_max", f"{fit.sites_max} per nanocrystal"))
    else:
        held.insert(0, f"N_max = {fit.parameters['sites_max']:g}")
    goodness = f"chi-square {fit.chi_square:.3g} on {fit.degrees_of_freedom} degrees of freedom, "
    if isinstance(fit.goodness_p, Missing):
        goodness = why_unknown(fit.goodness_p)
    else:
        goodness += probability(fit.goodness_p)
    facts += [("held", ", ".join(held)), ("goodness of fit", goodness)]
    facts.append(("shape of the model", runs_verdict(fit.runs_p)))
    points = zip(
        fit.nanocrystal_concentration_um,
        fit.plqy,
        fit.plqy_sigma,
        fit.plqy_fitted,
        fit.residuals / fit.plqy_sigma,
        fit.traps_per_nanocrystal,
        strict=True,
    )
    return answer(
        f"Traps from the dilution series in {source}",
        facts,
        ("nanocrystals (µM)", "PLQY", "sigma", "fitted", "residual/sigma", "traps per nanocrystal"),
        tuple(
            (f"{c:g}", f"{light:.3f}", f"{s:.3f}", f"{fitted:.3f}", f"{residual:+.2f}", f"{traps:.0f}")
            for c, light, s, fitted, residual, traps in points
        ),
        (*fit.notes, *notes),
        (fit,),
    )


def traps_answer(rate_ratio: Measured, rows: Sequence[tuple[str, Measured, Measured]], note: str) -> Document:
    """PLQY and traps that belong together by eq 3; each row with what it starts from."""
    return answer(
        f"Traps and PLQY at k_r/k_nr,trap = {rate_ratio} (eq 3)",
        columns=("from", "traps per nanocrystal", "PLQY"),
        rows=tuple((start, number(traps, ".4g"), number(plqy, ".4g")) for start, traps, plqy in rows),
        notes=(
            *([note] if note else []),
            "Traps are the only loss in eq 3, so a PLQY gives the traps at most, and traps give the PLQY at best.",
        ),
        results=tuple(
            {"from": start, "traps_per_nanocrystal": traps, "plqy": plqy, "rate_ratio": rate_ratio}
            for start, traps, plqy in rows
        ),
    )


def gain_answer(
    gains: Mapping[str, Known[GainBound]], sentences: Mapping[str, str], traps: float
) -> Document:
    """What a perfect ligand could gain at most, by composition."""

    def row(gain: Known[GainBound]) -> tuple[str, str, str]:
        if not isinstance(gain, GainBound):
            return "unknown", "unknown", "unknown"
        digits = 1 if gain.gain < 0.1 else 0
        rough = ", an order of magnitude" if gain.order_of_magnitude_only else ""
        best, most = f"{100 * gain.plqy_with_traps:.{digits}f} %", f"{100 * gain.gain:.{digits}f} points"
        return f"{gain.rate_ratio:g}{rough}", best, most

    return answer(
        f"What a perfect ligand could gain at most, at {traps:g} halide vacancies per nanocrystal",
        columns=("composition", "k_r/k_nr,trap", "PLQY at best", "gain at most"),
        rows=[(composition, *row(gain)) for composition, gain in gains.items()],
        notes=(*sentences.values(), "Nothing is interpolated between compositions."),
        results=tuple(
            {"composition": composition, "gain_bound": gain, "sentence": sentences[composition]}
            for composition, gain in gains.items()
        ),
    )


MEASURED_AS = {
    "observed_hz": "the observed linewidth",
    "bound_hz": "the linewidth of bound ligands",
    "free_hz": "the free linewidth",
    "total_ligands": "all ligands",
}
"""Arguments of :func:`ligandkb.surface.nmr.bound_ligands` in words."""


@dataclass(frozen=True)
class SampleLigands:
    """What the linewidths of one sample say.

    Attributes
    ----------
    sample : str
    found : BoundLigands or TotalLigandsRange
        Where the free linewidth is unknown, :class:`BoundLigands` was computed with 0 Hz: at most.
        Where the total is unknown, it was computed with one ligand in all.
    free_known, total_known : bool
    without_error : tuple of str
        What was given without its error, where something else has one.
    """

    sample: str
    found: BoundLigands | TotalLigandsRange
    free_known: bool = True
    total_known: bool = True
    without_error: tuple[str, ...] = ()


def nmr_answer(samples: Sequence[SampleLigands]) -> Document:
    """Bound ligands, or the range of all ligands, for each sample."""
    rows, results = [], []
    notes: list[str] = []
    for one in samples:
        found = one.found
        notes.extend(note for note in found.notes if note not in notes)
        if isinstance(found, TotalLigandsRange):
            high = "no upper end" if math.isinf(found.at_most.value) else f"at most {found.at_most}"
            rows.append((one.sample, "not asked", "given", f"at least {found.at_least}, {high}", ""))
            results.append({"sample": one.sample, "total_ligands": found})
            continue
        at_most = "" if one.free_known else "at most "
        bound: Known[Measured] = (
            found.bound_ligands if one.total_known else Missing("give all ligands per nanocrystal")
        )
        largest = max(found.variance_shares, key=lambda part: found.variance_shares[part])
        share = (
            f"{found.variance_shares[largest]:.0%} of the variance from {MEASURED_AS.get(largest, largest)}"
        )
        rows.append(
            (
                one.sample,
                f"{at_most}{found.bound_fraction}",
                "unknown" if isinstance(bound, Missing) else f"{at_most}{bound}",
                "given" if one.total_known else "unknown",
                share if one.total_known and found.variance_shares[largest] else "",
            )
        )
        results.append(
            {
                "sample": one.sample,
                "upper_bound_only": not one.free_known,
                "bound_fraction": found.bound_fraction,
                "bound_ligands": bound,
                "variance_shares": found.variance_shares if one.total_known else Missing("total unknown"),
            }
        )
    bare = [one.without_error for one in samples if one.without_error]
    if bare:
        names = ", ".join(dict.fromkeys(name for names in bare for name in names))
        notes.append(f"The ± leaves out what was given without an error: {names}.")
    if not all(one.free_known for one in samples):
        notes.append(
            "At most: the free linewidth is unknown, and any linewidth above 0 Hz gives fewer bound ligands. "
            "Measure it on the same pair without nanocrystals, in the same solvent."
        )
    return answer(
        "Ligands per nanocrystal from linewidths (eqs 2 and 5)",
        columns=("sample", "bound fraction", "bound", "all", Column("remark", wraps=True, below=True)),
        rows=rows,
        notes=notes,
        results=results,
    )


def geometry_answer(cube: CubeSites, lattice_from: str, notes: Sequence[str] = ()) -> Document:
    """Sites of a CsX-terminated cube."""
    spread = f" ± {cube.surface_halide.sigma:,.0f} between crystals" if cube.surface_halide.sigma else ""
    return answer(
        f"Sites of a CsX-terminated cube with an edge of {cube.edge_length_nm:.4g} nm",
        (
            ("lattice constant", f"{cube.lattice_constant_nm:.4f} nm ({lattice_from})"),
            ("octahedra along an edge", f"{cube.cells_per_edge:.2f}"),
            ("Pb, X, Cs in all", f"{cube.lead:,.0f}, {cube.halide:,.0f}, {cube.caesium:,.0f}"),
            ("halide positions of the facets", f"{cube.surface_halide.value:,.1f}{spread}"),
            ("caesium positions of the facets", f"{cube.surface_caesium:,.0f}"),
            ("formal charge of the bare cube", f"{cube.formal_charge_e:+.0f} e"),
        ),
        notes=(
            *notes,
            "The edge is measured between the outermost caesium planes. Real nanocrystals lack caesium at edges "
            "and corners, or balance the charge with ligands.",
        ),
        results=(cube,),
    )


def xps_answer(bounds: Mapping[str, VacancyUpperBound], measured: Measured, lattice_from: str) -> Document:
    """Upper bounds of halide vacancies, for each way of weighing depth."""
    rows, notes = [], [f"Lattice constant: {lattice_from}."]
    for weighting, bound in bounds.items():
        expected = bound.expected
        per_crystal = bound.vacancies_per_nanocrystal
        rows.append(
            (
                weighting,
                f"{expected.caesium_per_lead:.2f} : 1 : {expected.halide_per_lead:.2f}",
                str(bound.vacant_fraction),
                "give --edge" if per_crystal is None else number(per_crystal, ",.0f"),
                "says nothing" if bound.exceeds_outermost_plane else "upper bound",
            )
        )
        notes.extend(note for note in bound.notes if note not in notes)
    return answer(
        f"Halide vacancies at most, from X:Pb = {measured} by XPS",
        columns=(
            *("depth weighed", "Cs : Pb : X of a perfect facet", "vacant per position at most"),
            *("per nanocrystal at most", "verdict"),
        ),
        rows=rows,
        notes=notes,
        results=tuple({"weighting": name, "bound": bound} for name, bound in bounds.items()),
    )


def dilution_answer(contrast: DilutionContrast) -> Document:
    """PLQY at two dilutions: whether vacancies are the problem at all."""
    return answer(
        contrast.meaning,
        (("change of PLQY on dilution", str(contrast.change)), ("verdict", contrast.verdict)),
        notes=contrast.notes,
        results=(contrast,),
    )


def number(number: Measured, digits: str) -> str:
    """A number with its error, or with the digits that it deserves without one."""
    return str(number) if number.sigma else format(number.value, digits)


def why_unknown(absent: Absent) -> str:
    """Say why there is no value, and what would give one."""
    return f"unknown: {absent.fix}" if isinstance(absent, Missing) else str(absent)
