"""Why this ligand, or not?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

import ligandkb
from ligandkb.cli.interruption import stop_if_pressed
from ligandkb.cli.options import Allow, Composition, Data, Database, Out, Partner, Plqy, Rules, TextFileForm
from ligandkb.cli.output import put, show, write
from ligandkb.problems import InputError, LigandkbError, NotFoundError, UsageError

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase

UNKNOWN_IS_NO_CLEARANCE = (
    "Nothing of it was assessed: an unknown name or number says nothing on whether it is dangerous. Its SMILES would "
    "be checked for what is lethal or explosive."
)


def explain(
    what: Annotated[
        list[str],
        typer.Argument(
            help="Identifier, name, alias, CAS number or SMILES, as bought or as bound, or a pair as rank "
            "calls it (bromide + caesium); several are set side by side."
        ),
    ],
    partner: Partner = None,
    composition: Composition = "CsPbBr3",
    form: TextFileForm = None,
    out: Out = None,
    compute: Annotated[
        bool,
        typer.Option(
            help="Compute the head of an unseen structure on the spot, where [quantum] is installed."
        ),
    ] = True,
    full: Annotated[
        bool,
        typer.Option("--full", help="All rules, descriptors, statements and sources instead of one screen."),
    ] = False,
    bibtex: Annotated[
        bool, typer.Option("--bibtex", help="The sources as BibTeX instead; so does -o NAME.bib.")
    ] = False,
    allow: Allow = None,
    plqy: Plqy = None,
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
) -> None:
    """Explain a ligand, known or unseen: safety first, then verdict, rules and evidence."""
    from ligandkb.assessment.choosing import named_pair  # noqa: PLC0415
    from ligandkb.assessment.explanation import explanation_record  # noqa: PLC0415
    from ligandkb.assessment.headroom import plqy_headroom  # noqa: PLC0415
    from ligandkb.evidence.references import shipped_references  # noqa: PLC0415
    from ligandkb.reports.bibliography import to_bibtex  # noqa: PLC0415
    from ligandkb.reports.comparison import comparison_document  # noqa: PLC0415
    from ligandkb.reports.explanation import explanation_document  # noqa: PLC0415
    from ligandkb.reports.full_explanation import full_explanation_document  # noqa: PLC0415

    bibtex = bibtex or (form is None and out is not None and out.suffix.lower() == ".bib")
    kb = ligandkb.load(data, rules, db)
    explanations: list[dict[str, Any]] = []
    unknown: list[LigandkbError] = []
    headroom = plqy_headroom(plqy)
    for name in what:
        try:
            match, wanted = named_pair(kb.catalogue, name, partner)
        except LigandkbError as error:
            unknown.append(error)
            continue
        if compute:
            _compute_on_the_spot(kb, name)
        stop_if_pressed()
        first, *others = kb.assess_all(name, partners=wanted, composition=composition, allow=allow or ())
        explanations.append(
            explanation_record(kb.judge(), first, others, headroom, match.read_as, kb.catalogue.offers)
        )
    if unknown and not explanations:
        # Alone it keeps its own exit code: 2 where the text could mean several chemicals.
        raise unknown[0] if isinstance(unknown[0], UsageError) and len(what) == 1 else _together(unknown)
    if bibtex:
        bibtex_text = to_bibtex(explanations, kb.meta(), shipped_references())
        put(bibtex_text, as_file=True) if out is None else write(bibtex_text, out)
    elif len(explanations) > 1:
        show(comparison_document(explanations, kb.meta(), full=full), form, out)
    else:
        fill = full_explanation_document if full else explanation_document
        show(fill(explanations[0], kb.meta()), form, out)
    if unknown:
        raise _together(unknown)


def _together(errors: Sequence[LigandkbError]) -> LigandkbError:
    """What is wrong with each name; of one that nothing has, that its silence is no clearance."""
    said = [str(error) for error in errors]
    if any(isinstance(error, NotFoundError) for error in errors):
        said.append(UNKNOWN_IS_NO_CLEARANCE)
    return LigandkbError("\n".join(said))


def _compute_on_the_spot(kb: KnowledgeBase, name: str) -> None:
    """Compute what an explanation lacks; where it can't be kept for next time that is said, and no more."""
    import warnings  # noqa: PLC0415

    try:
        kb.compute_on_the_spot(name)
    except InputError as error:
        warnings.warn(str(error), stacklevel=2)
