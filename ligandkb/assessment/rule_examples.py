"""Do the examples of the rules come out as their authors say?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ligandkb.assessment.judge import Assessment
from ligandkb.problems import LigandkbError, Problem
from ligandkb.rules.rulebook import Rulebook


def example_problems(
    rulebook: Rulebook,
    assess: Callable[[str], Assessment],
    truth: Callable[[Sequence[Assessment]], NDArray[np.int8]],
) -> list[Problem]:
    """Run the examples of every rule.

    Parameters
    ----------
    rulebook : Rulebook
    assess : callable
        From an example, a name or SMILES, to its assessment.
    truth : callable
        From assessments to the truth of every rule (rows) on each (columns).

    Returns
    -------
    list of Problem
        One for each example on which a rule doesn't do what it says.
    """
    problems: list[Problem] = []
    assessed: dict[str, Assessment] = {}
    for name in sorted({name for rule in rulebook.rules for name in (*rule.fires, *rule.silent)}):
        try:
            assessed[name] = assess(name)
        except LigandkbError as error:
            problems.extend(
                Problem(rule.file, rule.line, 1, f"{rule.id}: example {name!r}: {error}")
                for rule in rulebook.rules
                if name in (*rule.fires, *rule.silent)
            )
    truths = truth(list(assessed.values()))
    position = {name: column for column, name in enumerate(assessed)}
    for row, rule in enumerate(rulebook.rules):
        for wanted, examples in ((True, rule.fires), (False, rule.silent)):
            for name in examples:
                if name in position and (truths[row, position[name]] > 0) != wanted:
                    does = "does not fire" if wanted else "fires"
                    fix = "fix the condition or the example"
                    problems.append(Problem(rule.file, rule.line, 1, f"{rule.id}: {does} on {name!r}", fix))
    return problems
