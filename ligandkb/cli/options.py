"""Which options do commands share?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import typer
from typer.core import TyperCommand

import ligandkb
from ligandkb.problems import UsageError

Function = TypeVar("Function", bound=Callable[..., Any])


TableFormat = Literal["table", "csv", "json", "md", "html"]
RankFormat = Literal["table", "csv", "json", "md", "html", "xlsx"]
TextFormat = Literal["text", "json", "md", "html"]
ClassChoice = Literal["X", "L", "Z", "zwitterion", "none", "all"]


class OncePerOption(TyperCommand):
    """A command that refuses what could not be meant: an option given twice of which one value would be lost."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; typer alone would silently take the last value."""
        if "--help" not in args and "-h" not in args:
            *_, given = self.make_parser(ctx).parse_args(args=list(args))
            for parameter, count in Counter(given).items():
                # A flag that is repeated says the same twice; one that has an opposite may say both.
                repeats_itself = getattr(parameter, "is_flag", False) and not parameter.secondary_opts
                if count > 1 and not (parameter.multiple or repeats_itself):
                    names = "/".join((*parameter.opts, *parameter.secondary_opts))
                    ctx.fail(f"{names} is given {count} times: give it once")
        return super().parse_args(ctx, args)


class Commands(typer.Typer):
    """A group of commands each of which refuses an option given twice."""

    def command(self, *args: Any, **settings: Any) -> Callable[[Function], Function]:
        """Add a command as typer does, by default a :class:`OncePerOption`."""
        settings.setdefault("cls", OncePerOption)
        return super().command(*args, **settings)


_SYMBOL = re.compile("cs|ma|fa|pb|br|cl|i|x", re.IGNORECASE)
_SYMBOLS = {symbol.lower(): symbol for symbol in ("Cs", "MA", "FA", "Pb", "Br", "Cl", "I", "X")}


def with_capitals(formula: str | None) -> str | None:
    """Give a crystal typed in any letters its capitals; what is no composition then stays as typed.

    No two crystals differ in capitals alone: none of their symbols is the beginning of another one.

    Examples
    --------
    >>> with_capitals("cspb(br0.5cl0.5)3"), with_capitals("fapbi3"), with_capitals("CsPbBr")
    ('CsPb(Br0.5Cl0.5)3', 'FAPbI3', 'CsPbBr')
    """
    if formula is None:
        return None
    spelt = _SYMBOL.sub(lambda found: _SYMBOLS[found[0].lower()], formula)
    try:
        ligandkb.parse_composition(spelt)
    except UsageError:
        return formula
    return spelt


Data = Annotated[
    list[Path] | None,
    typer.Option(help="Folder with a lab's own tables, by default LIGANDKB_DATA; repeat for several."),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option(help="Folder with a lab's own rules, added to the shipped ones; by default LIGANDKB_RULES."),
]
Composition = Annotated[
    str,
    typer.Option(
        "--composition",
        "-c",
        envvar="LIGANDKB_COMPOSITION",
        help="Crystal, e.g. CsPbBr3 or CsPbBr1.5Cl1.5.",
        callback=with_capitals,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(help="Product, ligand or partner that nobody wants; repeat for several."),
]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TAG",
        help="Danger to people that you take, e.g. toxic or stench, beyond those of oleylamine and oleic acid; "
        "repeat for several. Nothing brings back what is vetoed.",
    ),
]
Partner = Annotated[
    str | None,
    typer.Option("--partner", "-p", help="Partner; by default the one that it usually comes with."),
]
Partners = Annotated[
    list[str] | None,
    typer.Option("--partner", "-p", help="Partner to pair with, e.g. oleylammonium; repeat for several."),
]
Allow = Annotated[
    list[str] | None, typer.Option(help="Lift a veto on your own word: lethal. Explosives can't be allowed.")
]
Plqy = Annotated[
    float | None,
    typer.Option(
        "--plqy",
        help="PLQY of your sample before treatment, in %: what it leaves to gain is stated.",
    ),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        envvar="LIGANDKB_DB",
        help="Recorded outcomes: SQLite file, or postgresql://USER@HOST/DATABASE; by default yours.",
    ),
]
WithLiterature = Annotated[
    bool,
    typer.Option(
        "--with-literature",
        help="Learn from the published outcomes, too: each counts half, and their bias to success is allowed for.",
    ),
]
TableForm = Annotated[TableFormat, typer.Option("--format", "-f", help="Output format.")]
TextForm = Annotated[TextFormat, typer.Option("--format", "-f", help="Output format.")]
AskedVerdict = Annotated[
    list[str] | None,
    typer.Option(
        "--verdict",
        help="Only these: recommended, undecided, unassessed, no-better, vetoed; repeat for several.",
    ),
]
AskedMeasured = Annotated[
    list[str] | None,
    typer.Option(
        "--measured",
        help="Only what was measured so: improved, not-improved, decreased, conflict; figures (before and after); "
        "near (a near pair only); nothing.",
    ),
]
AskedDonor = Annotated[
    list[str] | None,
    typer.Option("--donor", help="Only this family of donors, e.g. carboxylate, phosphonate, amine."),
]
ExcludedTag = Annotated[
    list[str] | None,
    typer.Option("--exclude-tag", help="Leave out what bears this tag, e.g. pfas. No tag is no clearance."),
]
Soluble = Annotated[
    bool, typer.Option("--soluble", help="Only what is known or judged to dissolve in toluene or hexane.")
]
Orderable = Annotated[
    bool, typer.Option("--orderable", help="Only what has a CAS number, a supplier or an offer of your lab.")
]
MaxMolarMass = Annotated[
    float | None,
    typer.Option("--max-molar-mass", help="Of the ligand's product as bought, in g/mol."),
]
MinScore = Annotated[float | None, typer.Option("--min-score", help="Least score, in log-odds.")]
Out = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "--out",
        "-o",
        help="File to write instead of printing; the format follows from its name unless --format says one.",
    ),
]
_FORMAT_OF_FILE = "Output format; by default what the name of -o ends in, else text."
RankForm = Annotated[RankFormat | None, typer.Option("--format", "-f", help=_FORMAT_OF_FILE)]
TableFileForm = Annotated[TableFormat | None, typer.Option("--format", "-f", help=_FORMAT_OF_FILE)]
TextFileForm = Annotated[TextFormat | None, typer.Option("--format", "-f", help=_FORMAT_OF_FILE)]
