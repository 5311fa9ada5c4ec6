"""How does a group bring its databases of outcomes together, and ready its server?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

import ligandkb
from ligandkb.cli.interruption import stop_if_pressed
from ligandkb.cli.options import Database
from ligandkb.cli.output import say
from ligandkb.problems import UsageError, counted
from ligandkb.storage import outcome_location

if TYPE_CHECKING:
    from ligandkb.evidence.outcomes import Outcome
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.storage.outcome_location import Location
    from ligandkb.storage.outcome_merging import Merged

_SHOWN = 5
Other = Annotated[
    str,
    typer.Argument(metavar="OTHER", help="What to merge: SQLite file or postgresql:// URL; it is only read."),
]


def merge(other: Other, db: Database = None) -> None:
    """Add every version of another database.

    Withdrawals come along, and who recorded what and when. All of it is added or, where something contradicts, nothing.
    """
    from ligandkb.storage.outcome_merging import merge as merge_into  # noqa: PLC0415
    from ligandkb.storage.outcome_reading import stored_recordings  # noqa: PLC0415

    source, target = outcome_location.locate(other), outcome_location.locate(db)
    if source.is_absent():
        what = "none is no database" if source.path is None else f"there is no database {source}"
        raise UsageError(f"{what}: name the file or the URL to merge")
    found = stored_recordings(source, history=True)
    stop_if_pressed()
    merged = merge_into(target, found, str(source))
    say_merged(merged, target, ligandkb.load(db=outcome_location.NO_DATABASE) if merged.new else None)


def say_merged(merged: Merged, target: Location, kb: KnowledgeBase | None) -> None:
    """Confirm on stdout which outcomes got versions, and say on stderr what is to be known of them."""
    from ligandkb.cli.outcome_names import vetoes_of  # noqa: PLC0415

    outcomes = {one.outcome.id: one.outcome for one in merged.new}
    if outcomes:
        print("\n".join(outcomes), flush=True)
    ligands = {outcome.binding_form_smiles: outcome for outcome in outcomes.values()}
    for line in vetoes_of(kb, ligands.values()) if kb else ():
        say(line)
    for name in _strange_partners(kb, outcomes.values()) if kb else ():
        say(
            f"look again: partner {name!r} is unknown here: put it into partners.csv, meaning the same as there"
        )
    say(f"{counted(len(merged.new), 'version')} of {counted(len(outcomes), 'outcome')} added to {target}")
    if merged.old:
        say(f"{counted(len(merged.old), 'version')} stood there already, with the same content")
    for one in merged.others[:_SHOWN]:
        what = f"{one.outcome.id}, version {one.version}, by {one.recorded_by} on {one.recorded_at:%Y-%m-%d}"
        say(f"  {what}: the same stands there as recorded by somebody else or at another time")
    if len(merged.others) > _SHOWN:
        say(f"  and {counted(len(merged.others) - _SHOWN, 'more version')} likewise")


def _strange_partners(kb: KnowledgeBase, outcomes: Iterable[Outcome]) -> list[str]:
    """Partners that stand in no table here, under the names of another laboratory's own."""
    from ligandkb.evidence.outcomes import NO_PARTNER, UNKNOWN_PARTNER  # noqa: PLC0415

    known = {partner.id for partner in kb.catalogue.partners} | {NO_PARTNER, UNKNOWN_PARTNER}
    named = {outcome.partner for outcome in outcomes} - known
    return sorted(name for name in named if "[" not in name)  # a SMILES says all by itself


def migrate(db: Database = None) -> None:
    """Make the tables, or bring them up to date.

    It records nothing. Before old tables are changed a copy is made of them.
    """
    from ligandkb.storage.outcome_connections import writing  # noqa: PLC0415
    from ligandkb.storage.outcome_revisions import REVISIONS  # noqa: PLC0415

    location = outcome_location.locate(db)
    with writing(location):
        stop_if_pressed()
    say(f"{location} is of schema {REVISIONS[-1]}, today's")
