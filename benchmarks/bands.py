"""How finely does a release order what can be bought, and what would hurt among its first twenty?

    python benchmarks/bands.py write FILE [ACIDS] [--count 2000]
    python benchmarks/bands.py show BEFORE NOW

``write`` keeps what the installed release says of its own catalogue and of acids that are drawn with a fixed seed from
a list; it asks through what every release has, so that another release's Python can run it, too. Nothing is computed.
``show`` prints both beside each other: bands, ties, verdicts, the place of weakly coordinating anions, the verdict on
chelators of lead, and the hazards of the first twenty, as each release knew them and as they are known today.
A release without bands has the groups of one score instead.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import ligandkb as lk
from ligandkb.problems import StructureError

SEED = 2018
CRYSTAL = "CsPbBr3"
TOP = 20
Row = Mapping[str, Any]

MEASURES = ("bromide", "benzoate")
WEAK = {
    "BF4-": "F[B-](F)(F)F",
    "PF6-": "F[P-](F)(F)(F)(F)F",
    "ClO4-": "[O-][Cl](=O)(=O)=O",
    "triflate": "O=S(=O)([O-])C(F)(F)F",
    "TFSI-": "O=S(=O)([N-]S(=O)(=O)C(F)(F)F)C(F)(F)F",
}
STRONG = {
    "oxalic acid": "OC(=O)C(O)=O",
    "oxalate": "[O-]C(=O)C([O-])=O",
    "disodium oxalate": "[Na+].[Na+].[O-]C(=O)C([O-])=O",
    "EDTA": "OC(=O)CN(CCN(CC(O)=O)CC(O)=O)CC(O)=O",
    "disodium EDTA": "[Na+].[Na+].OC(=O)CN(CCN(CC(O)=O)CC([O-])=O)CC([O-])=O",
    "penicillamine": "CC(C)(S)C(N)C(O)=O",
    "D-penicillamine": "CC(C)(S)[C@@H](N)C(O)=O",
}


def drawn(acids: Path, count: int) -> list[str]:
    """Acids of a compressed list, one SMILES a line."""
    with gzip.open(acids, "rt", encoding="ascii") as stream:
        return random.Random(SEED).sample([line.split()[0] for line in stream if line.strip()], count)


def row_of(item: Any, ligand: str) -> Row:
    """What is compared of an assessment."""
    return {
        "ligand": ligand,
        "form": item.pair.form.name,
        "partner": item.pair.partner_id,
        "score": round(item.score, 6),
        "verdict": str(item.verdict),
        "band": getattr(item, "band", None),
        "tags": list(item.safety.tags),
        "vetoes": list(item.safety.vetoes),
        "measured": bool(item.evidence.outcomes),
    }


def said_of(acids: Path | None, count: int) -> dict[str, list[Row]]:
    """What the installed release says of its catalogue, of the acids, and of structures as they may be typed."""
    knowledge = lk.load(data=())
    ranking = knowledge.rank(CRYSTAL)
    bands = ranking["band"] if "band" in ranking else [None] * len(ranking)
    catalogue = [
        {
            "ligand": row["ligand"],
            "form": row["binding_form"],
            "partner": row["partner"],
            "score": row["score"],
            "verdict": row["verdict"],
            "band": None if band is None else int(band),
            "tags": row["safety"]["tags"],
            "vetoes": row["safety"]["vetoes"],
            "measured": row["observed"] is not None,
        }
        for (_, row), band in zip(ranking.iterrows(), bands, strict=True)
    ]
    return {
        "catalogue": catalogue,
        "typed": [
            row_of(item, smiles)
            for smiles in {**WEAK, **STRONG}.values()
            for item in knowledge.assess_all(smiles)
        ],
        "library": list(ordered(knowledge, drawn(acids, count))) if acids else [],
    }


def ordered(knowledge: Any, structures: Iterable[str]) -> Iterator[Row]:
    """Structures in the order of a ranking, with the partner that each usually comes with."""
    found = {}
    for smiles in structures:
        try:
            found[smiles] = knowledge.assess(smiles)
        except StructureError as error:
            print(error, file=sys.stderr)
    try:
        from ligandkb.assessment.order import in_order  # noqa: PLC0415 - 0.1.0 has it elsewhere, and no bands
    except ImportError:
        from ligandkb.ranking.assessment import in_order  # noqa: PLC0415
    yield from (row_of(item, item.pair.product.smiles) for item in in_order(list(found.values())))


def share(part: int, whole: int) -> str:
    """A count with its share."""
    return f"{part} of {whole} ({part / max(whole, 1):.0%})"


def fineness(rows: Sequence[Row]) -> dict[str, str]:
    """Bands, ties and verdicts of rows in the order of a ranking."""
    scores = Counter(row["score"] for row in rows)
    has_bands = any(row["band"] is not None for row in rows)
    bands = Counter(row["band"] if has_bands else row["score"] for row in rows)
    first = rows[0]["band"] if has_bands else max(scores)
    recommended = [row for row in rows if row["verdict"] == "recommended"]
    (score, alike), *_ = scores.most_common(1)
    largest = bands.most_common(1)[0][0]
    one_score = [
        band
        for band, size in bands.items()
        if size > 1 and len({row["score"] for row in rows if row["band"] == band}) == 1
    ]
    top_of_recommended = Counter(row["score"] for row in recommended).most_common(1)
    return {
        "bands" if has_bands else "groups of one score": str(len(bands)),
        "the largest": share(bands[largest], len(rows)),
        "in the first": share(bands[first], len(rows)),
        "different scores": str(len(scores)),
        "share one score, at most": f"{share(alike, len(rows))}, at {score:+.2f}",
        "the same among recommended": share(top_of_recommended[0][1], len(recommended))
        if recommended
        else "none",
        "bands of several pairs with one score": str(len(one_score)) if has_bands else "all",
        "recommended": share(len(recommended), len(rows)),
        "verdicts": ", ".join(f"{name} {n}" for name, n in Counter(r["verdict"] for r in rows).most_common()),
    }


def beside(title: str, columns: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """One figure a line, one paragraph a release."""
    for name, rows in columns.items():
        if rows:
            yield f"{title}, {name}:"
            yield from (f"  {label}: {value}" for label, value in fineness(rows).items())


def places(rows: Sequence[Row], typed: Sequence[Row]) -> Iterator[str]:
    """Where the weakly coordinating anions and the chelators stand."""
    for number, row in enumerate(rows, 1):
        if any(row["form"] == name for name in MEASURES) or "weakly-coordinating" in row["tags"]:
            yield f"  {number:4d}  band {row['band']}  {told(row)}"
    names = {smiles: name for name, smiles in {**WEAK, **STRONG}.items()}
    for row in typed:
        yield f"  typed {names[row['ligand']]}: {told(row)}"
    for number, row in enumerate(rows, 1):
        if "strips-lead" in row["tags"]:
            yield f"  strips lead, {number:4d}  {told(row)}"


def told(row: Row) -> str:
    """One row in a line."""
    measured = ", measured" if row["measured"] else ""
    return f"{row['form']} with {row['partner']}: {row['verdict']}, {row['score']:+.3f}{measured}"


def hazards(rows: Sequence[Row], about_persons: frozenset[str]) -> str:
    """How many rows bear each tag that concerns people, and how many a veto."""
    tags = Counter(tag for row in rows for tag in row["tags"] if tag in about_persons)
    vetoed = Counter(kind for row in rows for kind in row["vetoes"])
    bare = sum(not (about_persons & set(row["tags"])) and not row["vetoes"] for row in rows)
    listed = [f"{tag} {count}" for tag, count in sorted(tags.items(), key=lambda one: (-one[1], one[0]))]
    listed += [f"veto {kind} {count}" for kind, count in vetoed.most_common()]
    return ", ".join([*listed, f"none {bare}"])


def known_today(rows: Sequence[Row], structures: bool, knowledge: Any) -> list[Row]:
    """The same rows with the tags and vetoes that the installed release gives them."""
    found = []
    for row in rows:
        partner = None if structures or row["partner"] == "none" else row["partner"]
        every = knowledge.assess_all(row["ligand"], partners=partner, composition=CRYSTAL)
        same = next((item for item in every if item.pair.form.name == row["form"]), every[0])
        found.append({**row, "tags": same.safety.tags, "vetoes": same.safety.vetoes})
    return found


def show(before: Mapping[str, list[Row]], now: Mapping[str, list[Row]]) -> Iterator[str]:
    """Everything that is compared."""
    old = {row["ligand"] for row in before["catalogue"]}
    common = [row for row in now["catalogue"] if row["ligand"] in old]
    yield from beside("catalogue", {"before": before["catalogue"], "now": now["catalogue"]})
    yield from beside(f"the {len(old)} products that were there before", {"now": common})
    yield from beside("library", {"before": before["library"], "now": now["library"]})
    for name, said in {"before": before, "now": now}.items():
        yield f"anions that hardly bind, and what takes lead, {name}:"
        yield from places(said["catalogue"], said["typed"])
    knowledge = lk.load(data=())
    about_persons = frozenset(
        name for name, tag in knowledge.rulebook.vocabulary.tags.items() if tag.about == "person"
    )
    for part in ("catalogue", "library"):
        for name, said in {"before": before, "now": now}.items():
            first = said[part][:TOP]
            yield f"first {len(first)} of the {part}, {name}: {hazards(first, about_persons)}"
            again = known_today(first, part == "library", knowledge)
            yield f"  as known today: {hazards(again, about_persons)}"
            if part == "catalogue":
                yield f"  {', '.join(row['form'] + ' (' + row['partner'] + ')' for row in first)}"


def main() -> None:
    """Write what one release says, or show two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("file", type=Path)
    writing.add_argument("acids", type=Path, nargs="?")
    writing.add_argument("--count", type=int, default=2000)
    showing = commands.add_parser("show")
    showing.add_argument("before", type=Path)
    showing.add_argument("now", type=Path)
    options = parser.parse_args()
    if options.command == "write":
        options.file.write_text(json.dumps(said_of(options.acids, options.count)), encoding="utf-8")
        return
    before, now = (json.loads(one.read_text(encoding="utf-8")) for one in (options.before, options.now))
    print("\n".join(show(before, now)))


if __name__ == "__main__":
    main()
