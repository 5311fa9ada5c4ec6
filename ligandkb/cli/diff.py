"""Which command says why yesterday's advice changed?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import ligandkb
from ligandkb.cli.options import Data, Database, Out, Rules, TableFileForm
from ligandkb.cli.output import show
from ligandkb.problems import UsageError

if TYPE_CHECKING:
    from ligandkb.changes.stored import StoredRanking
    from ligandkb.knowledge_base import KnowledgeBase


def diff(
    old: Annotated[Path, typer.Argument(help="A ranking that was stored: ligandkb rank -o ranking.json.")],
    new: Annotated[
        Path | None, typer.Argument(help="Another one; without it, what would be answered today.")
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="List pairs of which tags, scores or measurements alone changed, too."),
    ] = False,
    form: TableFileForm = None,
    out: Out = None,
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
) -> None:
    """Say which verdicts, vetoes, tags and scores of a stored ranking changed, and why."""
    from ligandkb.changes.compare import changes  # noqa: PLC0415
    from ligandkb.changes.faults import read_faults  # noqa: PLC0415
    from ligandkb.changes.stored import read_stored  # noqa: PLC0415
    from ligandkb.reports.changes import changes_document  # noqa: PLC0415
    from ligandkb.resources import faults_of_0_1_0  # noqa: PLC0415

    before = read_stored(old)
    kb = ligandkb.load(data, rules, db)
    now = _today(kb, before) if new is None else read_stored(new)
    if new is not None and before.composition != now.composition:
        raise UsageError(
            f"{old} is for {before.composition}, {new} for {now.composition}: compare rankings of one crystal"
        )
    # The JSON of 0.1.0 has no number of its schema.
    table = faults_of_0_1_0()
    since_0_1_0 = before.schema_version == 1 < now.schema_version and table.is_file()
    found = changes(before, now, read_faults(table) if since_0_1_0 else ())
    show(changes_document(found, kb.meta(), everything=everything), form, out)


def _today(kb: KnowledgeBase, stored: StoredRanking) -> StoredRanking:
    """The same ranking today; a pair that isn't made by default is looked up among those with all partners."""
    from ligandkb.changes.stored import View, ranking_of  # noqa: PLC0415

    def ranked(view: View) -> StoredRanking:
        found = kb.ranked(
            stored.composition,
            partners=view.partners,
            all_partners=view.all_partners,
            ligand_class=view.ligand_class,
            allow=stored.allow,
        )
        return ranking_of("today", found.meta, found.rows())

    now = ranked(stored.view)
    lacking = {pair.key for pair in stored.pairs} - {pair.key for pair in now.pairs}
    if not lacking:
        return now
    others = tuple(pair for pair in ranked(View(all_partners=True)).pairs if pair.key in lacking)
    return replace(now, pairs=(*now.pairs, *others))
