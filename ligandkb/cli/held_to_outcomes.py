"""Which commands hold rules and score against what was measured?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import ligandkb
from ligandkb.cli.options import Data, Database, Out, Rules, TableFileForm
from ligandkb.cli.output import show


def rules_on_outcomes(
    form: TableFileForm = None, out: Out = None, data: Data = None, rules: Rules = None, db: Database = None
) -> None:
    """Each rule on measured outcomes: where it fired, what its weight claims, and what supports it."""
    from ligandkb.reports.rules_on_outcomes import rules_document  # noqa: PLC0415
    from ligandkb.validation.in_sample import sources_of_rules  # noqa: PLC0415
    from ligandkb.validation.judged_outcomes import basis_of, judged_outcomes  # noqa: PLC0415
    from ligandkb.validation.rules_on_outcomes import rules_on_outcomes  # noqa: PLC0415

    kb = ligandkb.load(data, rules, db)
    judged = judged_outcomes(kb.catalogue, kb.outcomes, kb.judge())
    found = rules_on_outcomes(kb.rulebook, judged, sources_of_rules(kb.rulebook, kb.outcomes))
    show(rules_document(found, basis_of(judged, len(kb.outcomes)), kb.meta()), form, out)


def score_on_outcomes(
    form: TableFileForm = None,
    out: Out = None,
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            help="CSV file with id and score of outcomes, such as this command writes in another release; "
            "repeat for several."
        ),
    ] = None,
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
) -> None:
    """The score on measured outcomes, each without the rules written from its source, beside what it must beat."""
    from ligandkb.reports.score_on_outcomes import outcomes_document  # noqa: PLC0415
    from ligandkb.validation.in_sample import sources_of_rules  # noqa: PLC0415
    from ligandkb.validation.judged_outcomes import basis_of, judged_outcomes  # noqa: PLC0415
    from ligandkb.validation.other_scores import read_scores  # noqa: PLC0415
    from ligandkb.validation.score_on_outcomes import predictors, scored_outcomes  # noqa: PLC0415

    kb = ligandkb.load(data, rules, db)
    judged = judged_outcomes(kb.catalogue, kb.outcomes, kb.judge())
    scored = scored_outcomes(kb.rulebook, judged, sources_of_rules(kb.rulebook, kb.outcomes))
    known = {one.outcome.id for one in judged}
    others = {path.stem: read_scores(path, known) for path in beside or ()}
    sound = [one for one in scored if not one.judged.outcome.confound]
    basis = basis_of(judged, len(kb.outcomes))
    every, unconfounded = predictors(scored, others), predictors(sound, others)
    show(outcomes_document(scored, every, unconfounded, basis, kb.meta()), form, out)
