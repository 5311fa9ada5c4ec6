"""What do tens of thousands of public structures do to the chemistry?

``draw`` writes about 28,000 SMILES, one a line: the reference tables of ``../shared`` (neutral Lewis bases, amines,
carboxylic acids) and a sample of what the ``chemicals`` package lists. ``run`` takes any such list through splitting,
binding forms, heads and alerts, each structure in a process that is ended after ``--limit`` seconds, and prints
how many were refused, crashed or were ended, the slowest, the share without a donor, the anions called L and the
forms whose charge isn't that of their SMILES. With ``--table`` it also writes one verdict a structure.

Run: python benchmarks/structures.py draw LIST [--shared FOLDER] [--number N]
     python benchmarks/structures.py run LIST [--limit SECONDS] [--table FILE]
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

from rdkit import Chem, rdBase

from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.hazards import alerts_of
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.species import split
from ligandkb.problems import StructureError

SEED = 2018
REFERENCE_TABLES = ("lewis_base_adsorption_fapbi3.csv", "amines_cdft.csv", "carboxylic_acids_cdft.csv")
FIELDS = ("smiles", "state", "class", "donor", "forms", "seconds", "note")


@dataclass(frozen=True)
class Verdict:
    """What became of one structure: ``read``, ``refused``, ``crashed`` or ``ended``."""

    smiles: str
    state: str
    ligand_class: str = "none"
    donor: str = ""
    forms: int = 0
    seconds: float = 0.0
    note: str = ""
    anions_called_l: int = 0
    charge_mismatches: int = 0


def judge(smiles: str) -> Verdict:
    """Take one structure through the chemistry; its seconds are those of the processor, whatever else runs."""
    start = time.process_time()
    try:
        verdict = _judged(smiles)
    except StructureError as error:
        verdict = Verdict(smiles, "refused", note=str(error))
    except Exception as error:
        verdict = Verdict(smiles, "crashed", note=f"{type(error).__name__}: {error}")
    return replace(verdict, seconds=time.process_time() - start)


def _judged(smiles: str) -> Verdict:
    split(smiles)
    alerts_of(smiles)
    forms = binding_forms(smiles)
    for form in forms:
        head_of(form.smiles)
    first = forms[0] if forms else None
    return Verdict(
        smiles,
        "read",
        first.ligand_class.value if first else "none",
        first.mode.group if first and first.mode else "",
        len(forms),
        anions_called_l=sum(form.charge < 0 and form.ligand_class.value == "L" for form in forms),
        charge_mismatches=sum(
            form.charge != Chem.GetFormalCharge(Chem.MolFromSmiles(form.smiles)) for form in forms
        ),
    )


def _work(pipe: Connection) -> None:
    rdBase.DisableLog("rdApp.*")
    while (smiles := pipe.recv()) is not None:
        pipe.send(judge(smiles))


def judge_all(structures: Iterable[str], limit_s: float) -> Iterator[Verdict]:
    """Judge structures one after the other in a process that is started anew where one takes too long."""
    worker, pipe = _start()
    for smiles in structures:
        pipe.send(smiles)
        if pipe.poll(limit_s):
            yield pipe.recv()
        else:
            worker.kill()
            worker.join()
            worker, pipe = _start()
            yield Verdict(smiles, "ended", seconds=limit_s, note=f"not done after {limit_s:g} s")
    pipe.send(None)
    worker.join()


def _start() -> tuple[Process, Connection]:
    ours, theirs = Pipe()
    worker = Process(target=_work, args=(theirs,), daemon=True)
    worker.start()
    return worker, ours


def draw(shared: Path, number: int) -> list[str]:
    """SMILES of the reference tables, filled up to ``number`` with a sample of the chemicals package's."""
    from chemicals.identifiers import pubchem_db  # noqa: PLC0415 - slow, and only needed here

    found: dict[str, None] = {}
    for name in REFERENCE_TABLES:
        with (shared / "reference" / name).open(encoding="utf-8", newline="") as stream:
            found.update((row["smiles"], None) for row in csv.DictReader(stream))
    pubchem_db.finish_loading()
    listed = sorted({entry.smiles for entry in pubchem_db.CAS_index.values() if entry.smiles} - found.keys())
    rest = max(number - len(found), 0)
    return [*found, *random.Random(SEED).sample(listed, min(rest, len(listed)))]


def report(verdicts: list[Verdict]) -> Iterator[str]:
    """Lines of the summary."""
    states = Counter(verdict.state for verdict in verdicts)
    read = [verdict for verdict in verdicts if verdict.state == "read"]
    without = sum(verdict.forms == 0 for verdict in read)
    seconds = sorted(verdict.seconds for verdict in verdicts)
    yield f"{len(verdicts)} structures: " + ", ".join(f"{count} {state}" for state, count in states.items())
    yield f"without donor: {without} of {len(read)} read ({without / max(len(read), 1):.1%})"
    yield f"anions called L: {sum(verdict.anions_called_l for verdict in read)}"
    yield f"charges that aren't the SMILES's: {sum(verdict.charge_mismatches for verdict in read)}"
    yield (
        f"time: {sum(seconds):.0f} s, median {1e3 * seconds[len(seconds) // 2]:.1f} ms, "
        f"over 0.1 s {sum(value > 0.1 for value in seconds)}, over 1 s {sum(value > 1 for value in seconds)}"
    )
    for verdict in sorted(verdicts, key=lambda verdict: -verdict.seconds)[:5]:
        yield f"  {verdict.seconds:8.3f} s  {verdict.state}  {verdict.smiles[:90]}"
    for verdict in verdicts:
        if verdict.state == "crashed":
            yield f"  {verdict.note}  {verdict.smiles[:90]}"


def main() -> None:
    """Draw a list of structures, or run one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("list", type=Path)
    drawing.add_argument("--shared", type=Path, default=Path("../shared"))
    drawing.add_argument("--number", type=int, default=28000)
    running = commands.add_parser("run")
    running.add_argument("list", type=Path)
    running.add_argument("--limit", type=float, default=10.0)
    running.add_argument("--table", type=Path)
    options = parser.parse_args()
    if options.command == "draw":
        options.list.write_text("\n".join(draw(options.shared, options.number)) + "\n", encoding="ascii")
        return
    lines = options.list.read_text(encoding="utf-8").split()
    verdicts = list(judge_all(lines, options.limit))
    print("\n".join(report(verdicts)))
    if options.table:
        with options.table.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(FIELDS)
            writer.writerows(
                (v.smiles, v.state, v.ligand_class, v.donor, v.forms, f"{v.seconds:.4f}", v.note)
                for v in verdicts
            )


if __name__ == "__main__":
    main()
