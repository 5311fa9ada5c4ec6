"""Which commands are there?"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Optional

import typer

from ligandkb import __version__

app = typer.Typer(
    name="ligandkb",
    help="Which ligands to buy for bright CsPbX3 nanocrystals: ranked, explained, sourced.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class TableFormat(StrEnum):
    """Formats of tables."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


class TextFormat(StrEnum):
    """Formats of texts."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


class ClassChoice(StrEnum):
    """Classes of ligand to show."""

    X = "X"
    L = "L"
    Z = "Z"
    ZWITTERION = "zwitterion"
    ALL = "all"


Composition = Annotated[
    str,
    typer.Option(
        "--composition", "-c", envvar="LIGANDKB_COMPOSITION", help="Crystal, e.g. CsPbBr3 or CsPbBr1.5Cl1.5."
    ),
]
Allow = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads this annotation at run time
    typer.Option("--allow", help="Lift a veto on your own word: lethal. Explosives can't be allowed."),
]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"ligandkb {__version__}")
        raise typer.Exit


@app.command()
def rank(
    composition: Composition = "CsPbBr3",
    partner: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--partner", "-p", help="Partner to pair with, e.g. oleylammonium; repeat for several."),
    ] = None,
    all_partners: Annotated[
        bool, typer.Option("--all-partners", help="Pair everything with every partner that it can be made with.")
    ] = False,
    ligand_class: Annotated[ClassChoice, typer.Option("--class", help="Class of ligand.")] = ClassChoice.ALL,
    top: Annotated[Optional[int], typer.Option("--top", "-n", min=1, help="Number of rows.")] = None,  # noqa: UP045
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="Output format.")] = TableFormat.TABLE,
    allow: Allow = None,
) -> None:
    """Rank ligand pairs for one crystal, with what was measured beside what is predicted."""
    from ligandkb.knowledge_base import load  # noqa: PLC0415
    from ligandkb.reports.ranking import print_table, render_ranking  # noqa: PLC0415

    ranking = load().rank(
        composition,
        partners=partner or (),
        all_partners=all_partners,
        ligand_class=ligand_class.value,
        top=top,
        allow=allow or (),
    )
    text = render_ranking(ranking, form.value)
    if text is None:
        print_table(ranking)
    else:
        print(text, end="" if text.endswith("\n") else "\n")


@app.command()
def explain(
    what: Annotated[str, typer.Argument(help="Identifier, name, alias, CAS number or SMILES, as bought or as bound.")],
    partner: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--partner", "-p", help="Partner; by default the one that it usually comes with."),
    ] = None,
    composition: Composition = "CsPbBr3",
    form: Annotated[TextFormat, typer.Option("--format", "-f", help="Output format.")] = TextFormat.TEXT,
    allow: Allow = None,
) -> None:
    """Explain one ligand, known or unseen: safety first, then verdict, rules and evidence."""
    from ligandkb.knowledge_base import load  # noqa: PLC0415
    from ligandkb.reports.explanation import (  # noqa: PLC0415
        explanation_record,
        to_explanation_json,
        to_explanation_text,
    )

    kb = load()
    first, *others = kb.assess_all(what, partner=partner, composition=composition, allow=allow or ())
    explanation = explanation_record(first, kb.rule_states(first), others, kb.meta())
    if form is TextFormat.JSON:
        print(to_explanation_json(explanation))
    else:
        print(to_explanation_text(explanation, markdown=form is TextFormat.MD), end="")
