"""Which pairs first, on a screen, on paper or in a table?"""

from __future__ import annotations

from typing import Annotated

import typer

import ligandkb
from ligandkb.cli.options import (
    Allow,
    AskedDonor,
    AskedMeasured,
    AskedVerdict,
    ClassChoice,
    Composition,
    Data,
    Database,
    ExcludedTag,
    MaxMolarMass,
    MinScore,
    Orderable,
    Out,
    Partners,
    Plqy,
    RankForm,
    Rules,
    Soluble,
    WithLiterature,
)
from ligandkb.cli.output import TABLE_FORMATS, format_of, show
from ligandkb.problems import UsageError


def rank(
    composition: Composition = "CsPbBr3",
    partner: Partners = None,
    all_partners: Annotated[
        bool,
        typer.Option("--all-partners", help="Pair everything with every partner that it can be made with."),
    ] = False,
    ligand_class: Annotated[
        ClassChoice, typer.Option("--class", case_sensitive=False, help="Class of ligand.")
    ] = "all",
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            "-n",
            min=1,
            help="The first so many, whether they can be ordered or not; a table shows the best 15 that can be "
            "ordered, other formats all.",
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show all pairs.")] = False,
    verdict: AskedVerdict = None,
    measured: AskedMeasured = None,
    donor: AskedDonor = None,
    exclude_tag: ExcludedTag = None,
    soluble: Soluble = False,
    orderable: Orderable = False,
    max_molar_mass: MaxMolarMass = None,
    min_score: MinScore = None,
    learned: Annotated[
        bool,
        typer.Option(
            "--learned",
            help="Order by what your recorded outcomes taught (ligandkb learn): chance to improve, and the part of "
            "the headroom that a pair is expected to close. Vetoes, verdicts and scores stay as they are.",
        ),
    ] = False,
    with_literature: WithLiterature = False,
    legend: Annotated[bool, typer.Option("--legend", help="Explain every word below the table.")] = False,
    form: RankForm = None,
    out: Out = None,
    allow: Allow = None,
    plqy: Plqy = None,
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
    compute: Annotated[
        bool,
        typer.Option("--compute", help="First compute the descriptors that are missing (needs [quantum])."),
    ] = False,
) -> None:
    """Rank ligand pairs for one crystal, with what was measured beside what is predicted."""
    output_format = format_of(form, out, TABLE_FORMATS)
    if with_literature and not learned:
        raise UsageError("--with-literature says what to learn from: add --learned, or leave it out")
    from ligandkb.storage.structure_answers import kept_answers  # noqa: PLC0415 - reads chemistry, RDKit with it

    with kept_answers():
        kb = ligandkb.load(data, rules, db)
        if compute:
            kb.compute(kb.species_to_compute())
        first = None if everything else top
        ranked = kb.ranked(
            composition,
            partners=partner or (),
            all_partners=all_partners,
            ligand_class=ligand_class,
            # The screen counts what it doesn't show.
            top=None if output_format == "table" else first,
            allow=allow or (),
            plqy_start_pct=plqy,
            verdict=verdict,
            measured=measured,
            donor=donor,
            exclude_tag=exclude_tag,
            soluble=soluble,
            orderable=orderable,
            max_molar_mass_g_per_mol=max_molar_mass,
            min_score=min_score,
            learned=kb.learn(with_literature=with_literature) if learned else False,
        )
    if output_format == "table":
        from ligandkb.reports.ranking_screen import ranking_screen  # noqa: PLC0415

        show(ranking_screen(ranked, first=first, everything=everything, legend=legend), "table", out)
    elif output_format == "html":
        from ligandkb.reports.ranking_page import ranking_page  # noqa: PLC0415 - only a page opens rows

        show(ranking_page(ranked, kb.catalogue.offers, kb.catalogue.abbreviations), output_format, out)
    else:
        from ligandkb.reports.ranking import ranking_document, ranking_rows  # noqa: PLC0415

        show((ranking_document if output_format == "md" else ranking_rows)(ranked), output_format, out)
