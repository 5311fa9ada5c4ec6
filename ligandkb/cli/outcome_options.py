"""Which options does a command take for the fields of an outcome?"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from ligandkb.cli.options import with_capitals
from ligandkb.cli.output import say
from ligandkb.evidence.outcome_fields import CellKind, OutcomeField, option_help
from ligandkb.evidence.outcomes import BATCH, FIELDS, OLD_NAMES

_TYPED = tuple(one for one in (*FIELDS, BATCH) if not one.typed_with)
_WITH_UNCERTAINTY = {one.typed_with for one in FIELDS if one.kind is CellKind.PERCENT}
Command = Callable[..., None]


def takes_fields(*, correcting: bool = False) -> Callable[[Command], Command]:
    """Give a command an option for each field of the table that a person types.

    Parameters
    ----------
    correcting : bool
        Whether the argument of the command is the identifier of an outcome, so that the ligand becomes an option.

    Returns
    -------
    callable
        Decorator of a command whose first argument maps columns to what was typed. An option under its old name
        is read as today's, which is said.
    """
    fields = [one for one in _TYPED if not (correcting and one.column == "id")]

    def give(command: Command) -> Command:
        @wraps(command)
        def call(**given: Any) -> None:
            for old, column in OLD_NAMES.items():
                value, option = given.pop(old), "--" + column.replace("_", "-")
                if value is not None and given[column] is not None:
                    raise typer.BadParameter(f"--{old} and {option} mean the same: give one")
                if value is not None:
                    say(f"note: --{old} is called {option} now; it was read as before")
                    given[column] = value
            typed = {one.column: given.pop(one.column) for one in fields}
            command({column: text for column, text in typed.items() if text is not None}, **given)

        own = [
            one.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for one in list(inspect.signature(command, eval_str=True).parameters.values())[1:]
        ]
        made = [_parameter(one.column, _described(one, correcting)) for one in fields]
        made += [_parameter(old, typer.Option(f"--{old}", hidden=True)) for old in OLD_NAMES]
        needed = [one for one in own if one.default is inspect.Parameter.empty]
        others = [one for one in own if one not in needed]
        call.__signature__ = inspect.Signature([*needed, *made, *others])  # type: ignore[attr-defined]
        return call

    return give


def _parameter(name: str, described: Any) -> inspect.Parameter:
    annotation = Annotated[str | None, described]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _described(one: OutcomeField, correcting: bool) -> Any:
    """Option or argument of a field, as typer wants it."""
    says = option_help(one)
    if one.option == "LIGAND":
        return (
            typer.Option("--ligand", help=says) if correcting else typer.Argument(metavar="LIGAND", help=says)
        )
    metavar = one.unit if one.kind is CellKind.NUMBER and one.unit else None
    if one.kind is CellKind.PERCENT:
        metavar = "PERCENT[±PERCENT]" if one.column in _WITH_UNCERTAINTY else "PERCENT"
    if one.kind is CellKind.COMPOSITION:
        return typer.Option(one.option, "-c", help=says, callback=with_capitals)
    return typer.Option(one.option, metavar=metavar, help=says)
