"""What did another release say of the outcomes that are stored today?

    python benchmarks/other_release.py [--all-rules] COMMAND... > 0.1.0.csv
    ligandkb validate outcomes --beside 0.1.0.csv

COMMAND runs that release, e.g. ``0.1.0/bin/ligandkb``. Each pair is asked for with ``explain``, on its own crystal.
A score is out of sample: less what those rules added that were written from an outcome of the same source, as that
release says in ``derived_from``; ``--all-rules`` leaves them in. A partner that the release doesn't know, and one that
the outcome doesn't state, is the one that it takes by itself.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ligandkb as lk
from ligandkb.evidence.outcomes import TABLE_1, UNKNOWN_PARTNER, Outcome
from ligandkb.provenance import Source
from ligandkb.validation.in_sample import IN_SAMPLE, source_of
from ligandkb.validation.judged_outcomes import can_be_judged

Ask = Callable[[str, Sequence[str]], Any]
"""From a structure and options of ``explain`` to its JSON, or None where the release refuses."""


def asked_of(command: Sequence[str]) -> Ask:
    """Ask a release by its command."""

    def ask(structure: str, options: Sequence[str]) -> Any:
        line = [*command, "explain", *options, "--no-compute", "-f", "json", "--", structure]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else None

    return ask


def explanation_of(outcome: Outcome, ask: Ask) -> Mapping[str, Any] | None:
    """What a release says of the pair of an outcome; None where it can't be asked for."""
    crystal = ["--composition", str(outcome.composition)]
    partner = ["--partner", outcome.partner] if outcome.partner != UNKNOWN_PARTNER else []
    found = ask(outcome.binding_form_smiles, crystal + partner)
    if found is None and partner:
        found = ask(outcome.binding_form_smiles, crystal)
    explained: Mapping[str, Any] | None = found[0] if isinstance(found, list) else found
    return explained


def score_of(explained: Mapping[str, Any], source: str, sources: Mapping[str, str]) -> float | None:
    """Score without the rules that were written from a source.

    Parameters
    ----------
    explained : mapping
        Answer of ``explain``.
    source : str
        The source whose rules are left out; empty to leave none out.
    sources : mapping of str to str
        From what ``derived_from`` names to its source.

    Returns
    -------
    float or None
        None where the release's weights don't add up to its score, so that nothing can be taken off.
    """
    added = {
        rule["id"]: rule.get("added", rule["weight"]) or 0.0
        for rule in explained["rules"]
        if rule["state"] == "fired"
    }
    if abs(sum(added.values()) - explained["score"]) > 1e-6:
        return None
    left_out = {
        rule["id"]
        for rule in explained["rules"]
        if source in {sources.get(name) for name in rule["derived_from"]}
    }
    return sum((one for name, one in added.items() if name not in left_out), 0.0)


def main() -> None:
    """Write one row for each outcome."""
    command = sys.argv[1:]
    all_rules = command[:1] == ["--all-rules"]
    ask = asked_of(command[all_rules:])
    outcomes = lk.load(data=()).outcomes
    sources = {one.id: source_of(one) for one in outcomes} | {IN_SAMPLE: Source(TABLE_1).name}
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["id", "score"])
    for outcome in filter(can_be_judged, outcomes):
        explained = explanation_of(outcome, ask)
        score = (
            None
            if explained is None
            else score_of(explained, "" if all_rules else source_of(outcome), sources)
        )
        out.writerow([outcome.id, "" if score is None else f"{score:.6f}"])
        if score is None:
            print(f"{outcome.id}: no score", file=sys.stderr)


if __name__ == "__main__":
    main()
