"""What does the declared ramp of the electron affinity say of what was measured, and of a library?

    python benchmarks/electron_affinity.py outcomes [--known OUTCOMES]
    python benchmarks/electron_affinity.py library ACIDS [--count 2000] [--seconds 900] [--out FILE]

The first prints how many binding forms of stored outcomes lie above either end of the ramp, by what was measured of
them; forms with an outcome that the table OUTCOMES (that of another release) has too are counted apart. The second
draws acids with a fixed seed and computes them in that order for as long as it may; FILE keeps each value, so that the
same command goes on where it was stopped. The draw up to the first that isn't computed is a random sample itself.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

import ligandkb as lk
from ligandkb.chemistry.forms import binding_forms
from ligandkb.descriptors.quantum.columns import electron_acceptor
from ligandkb.descriptors.quantum.definitions import key
from ligandkb.descriptors.quantum.evaluation import evaluate
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL
from ligandkb.descriptors.quantum.workers import run_in_workers
from ligandkb.evidence.outcomes import Outcome
from ligandkb.missing import Failed, Known
from ligandkb.problems import StructureError
from ligandkb.validation.judged_outcomes import can_be_judged

SEED = 2018
RULE = "accepts-the-excited-electron"
SHOWN = {
    "quinaldic acid": "O=C(O)c1ccc2ccccc2n1",
    "terephthalic acid": "O=C(O)c1ccc(C(=O)O)cc1",
    "cinnamic acid": "O=C(O)/C=C/c1ccccc1",
    "4-(trifluoromethyl)benzoic acid": "O=C(O)c1ccc(C(F)(F)F)cc1",
}
LIMIT_S = 120.0
"""Longer molecules are given up."""


def affinity_of(molecule: str) -> float | None:
    """Electron affinity in eV of a neutral molecule, computed now; None where it fails."""
    name = "electron_affinity_ev"
    (value,) = (one.value for one in evaluate(molecule, [DEFAULT_LEVEL]) if one.key.name == name)
    return value if isinstance(value, float) else None


def computed(molecules: Iterable[str], out: Path, seconds: float) -> dict[str, float | None]:
    """Affinities by molecule: those that OUT has, then those that are done in time, in the order given."""
    found: dict[str, float | None] = {}
    if out.exists():
        found = dict(json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    todo = [one for one in dict.fromkeys(molecules) if one not in found]
    end = time.monotonic() + seconds
    with out.open("a", encoding="utf-8") as stream:
        for molecule, value in run_in_workers(affinity_of, todo, seconds=LIMIT_S):
            found[molecule] = None if isinstance(value, Failed) else value
            stream.write(json.dumps([molecule, found[molecule]]) + "\n")
            stream.flush()
            if time.monotonic() > end:
                break
    return found


def ramp_of(knowledge: lk.KnowledgeBase) -> tuple[float, float]:
    """Both ends of the declared ramp, in eV."""
    (ramp,) = next(rule.graded for rule in knowledge.rulebook.rules if rule.id == RULE)
    return ramp.start, ramp.end


def measured_as(outcomes: Iterable[Outcome]) -> str:
    """What was measured of a form: improved, decreased, not improved, or several of these."""
    return " and ".join(sorted({str(one.effect).replace("_", " ") for one in outcomes}, reverse=True))


def forms_of(outcomes: Iterable[Outcome]) -> Mapping[str, list[Outcome]]:
    """Outcomes that print an effect by their binding form."""
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in filter(can_be_judged, outcomes):
        found[outcome.binding_form_smiles].append(outcome)
    return found


def known_before(table: Path | None) -> frozenset[str]:
    """Identifiers of another release's outcomes."""
    if table is None:
        return frozenset()
    with table.open(encoding="utf-8", newline="") as stream:
        return frozenset(row["id"] for row in csv.DictReader(stream))


def outcome_lines(knowledge: lk.KnowledgeBase, known: frozenset[str], out: Path) -> Iterator[str]:
    """Confusion of the ramp on stored outcomes, and each form that it catches or that decreased."""
    start, end = ramp_of(knowledge)
    forms = forms_of(knowledge.outcomes)
    species = {smiles: electron_acceptor(smiles) for smiles in forms}
    kept = knowledge.computed
    values: dict[str, Known[float | str]] = {}
    for one in species.values():
        record = (
            kept.lookup(key("electron_affinity_ev", one, "", DEFAULT_LEVEL)) if isinstance(one, str) else None
        )
        if isinstance(one, str) and record is not None:
            values[one] = record.value
    lacking = [one for one in species.values() if isinstance(one, str) and one not in values]
    values |= {
        one: Failed("not computed") if value is None else value
        for one, value in computed(lacking, out, 3600).items()
    }
    table: Counter[tuple[str, str, str]] = Counter()
    rows: list[tuple[float, str]] = []
    for smiles, outcomes in forms.items():
        molecule = species[smiles]
        value = values[molecule] if isinstance(molecule, str) else molecule
        which = "in sample" if any(one.id in known for one in outcomes) else "new"
        effect = measured_as(outcomes)
        number = value if isinstance(value, float) else None
        step = (
            "no value"
            if number is None
            else f"> {end:g}"
            if number > end
            else f"> {start:g}"
            if number > start
            else "below"
        )
        table[which, effect, step] += 1
        if number is None or number > start or effect != "improved":
            shown = str(value) if number is None else f"{number:+.2f} eV"
            rows.append(
                (-99.0 if number is None else number, f"  {which:<9} {effect:<24} {shown:<10} {smiles}")
            )
    steps = ("below", f"> {start:g}", f"> {end:g}", "no value")
    yield f"distinct binding forms: {len(forms)}; affinity in eV, {', '.join(steps)}"
    for which, effect in sorted({(which, effect) for which, effect, _ in table}):
        counts = " ".join(f"{table[which, effect, step]:5d}" for step in steps)
        yield f"{which:<9} {effect:<24} {counts}"
    yield from (line for _, line in sorted(rows, reverse=True))


def library_lines(knowledge: lk.KnowledgeBase, acids: Path, options: argparse.Namespace) -> Iterator[str]:
    """Share of drawn acids above either end of the ramp."""
    start, end = ramp_of(knowledge)
    drawn = drawn_from(acids, options.count)
    molecules = [molecule_of(smiles) for smiles in drawn]
    found = computed(filter(None, molecules), options.out, options.seconds)
    # Up to the first that is lacking: small molecules recur, and would count too often among those drawn later.
    first = takewhile(lambda one: one is None or one in found, molecules)
    done = [found[one] for one in first if one is not None]
    values = [one for one in done if one is not None]
    yield (
        f"{len(drawn)} acids drawn (seed {SEED}), {molecules.count(None)} of them without a neutral molecule; "
        f"{len(done)} tried, {len(done) - len(values)} failed, n = {len(values)}"
    )
    for limit in (start, end):
        above = sum(one > limit for one in values)
        yield f"above {limit:g} eV: {above} of {len(values)} ({above / max(len(values), 1):.1%})"
    for smiles, value in computed(SHOWN.values(), options.out, 3600).items():
        if smiles in SHOWN.values():
            yield f"{next(name for name, one in SHOWN.items() if one == smiles)}: {value:+.2f} eV"


def drawn_from(acids: Path, count: int) -> list[str]:
    """Acids drawn with the fixed seed from a compressed list, one SMILES a line."""
    with gzip.open(acids, "rt", encoding="ascii") as stream:
        return random.Random(SEED).sample([line.split()[0] for line in stream if line.strip()], count)


def molecule_of(smiles: str) -> str | None:
    """Molecule whose affinity counts for the first binding form of an acid."""
    try:
        forms = binding_forms(smiles)
    except StructureError:
        return None
    molecule = electron_acceptor(forms[0].smiles) if forms else None
    return molecule if isinstance(molecule, str) else None


def main() -> None:
    """Print either."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    outcomes = commands.add_parser("outcomes")
    outcomes.add_argument("--known", type=Path)
    library = commands.add_parser("library")
    library.add_argument("acids", type=Path)
    library.add_argument("--count", type=int, default=2000)
    library.add_argument("--seconds", type=float, default=900.0)
    for one in (outcomes, library):
        one.add_argument("--out", type=Path, default=Path("electron_affinity.jsonl"))
    options = parser.parse_args()
    knowledge = lk.load(data=())
    lines = (
        outcome_lines(knowledge, known_before(options.known), options.out)
        if options.command == "outcomes"
        else library_lines(knowledge, options.acids, options)
    )
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
