"""What did a screened list come to? Fills the results of docs/screening.md, and draws its pictures.

Run ``python docs/screening_results.py OUT`` from the top of the checkout, where OUT is the folder of a finished
``ligandkb screen``. What stands between two marks of the page is written anew; the sentences around it are people's.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rdkit import Chem
from screening_pictures import DRAWN, drawn, score_figure, size_figure

import ligandkb as lk
from ligandkb.assessment.verdicts import Verdict
from ligandkb.reports.figures.surface import save_figure
from ligandkb.reports.figures.themes import Theme
from ligandkb.reports.ranking import danger_words, score_text
from ligandkb.screening.best import NEEDED, best
from ligandkb.screening.folder import Folder, folder_at
from ligandkb.screening.kept import Parts
from ligandkb.screening.manifest import Manifest, read_manifest
from ligandkb.screening.top import Top, top_of

PAGE = Path(__file__).with_name("screening.md")
IMAGES = Path(__file__).with_name("images")
THEMES: tuple[Theme, ...] = ("light", "dark")
COUNTED = ("verdict", "verdict_reason", "reasons", "safety", "donor_groups", "measured", "sold_as")
NUMBERS = ("score", "score_low", "score_high", "molar_mass_g_per_mol", "lead_over_proton_above_acetate")
SMALL = 200
"""In g/mol: what is cheap to try, and hides no second group that matters more."""
SAMPLED = 5_000
"""Rows whose kind of acid is looked at, of the whole list and of what is recommended."""

FAMILIES: Mapping[str, str] = {
    "a second acid group on the α carbon": "[O-]C(=O)[CX4]C(=O)[OX2H,O-]",
    "N-sulfonyl amino acid": "[O-]C(=O)[CX4][#7]S(=O)=O",
    "N-acyl amino acid": "[O-]C(=O)[CX4][#7]C=[O,S]",
    "other nitrogen on the α carbon": "[O-]C(=O)[CX4][#7]",
    "halogen on the α carbon": "[O-]C(=O)[CX4][F,Cl,Br,I]",
    "oxygen on the α carbon": "[O-]C(=O)[CX4][OX2]",
    "sulfur on the α carbon": "[O-]C(=O)[CX4][#16]",
    "arylacetic acid": "[O-]C(=O)[CX4]a",
    "other saturated α carbon": "[O-]C(=O)[CX4]",
    "six-membered arene without N in it": "[O-]C(=O)c1ccccc1",
    "six-membered ring with N in it": "[O-]C(=O)c1[c,n][c,n][c,n][c,n][c,n]1",
    "five-membered heteroarene": "[O-]C(=O)a1aaaa1",
    "other aromatic ring": "[O-]C(=O)a",
    "α-keto acid": "[O-]C(=O)C(=O)",
    "acrylic or propiolic acid": "[O-]C(=O)C=,#[#6]",
    "other carboxylate": "[O-]C=O",
}
"""What stands beside the carboxylate, as patterns on the form; the first that fits counts."""
NO_CARBOXYLATE = "no carboxylate binds"


@dataclass
class Counts:
    """What was counted in the parts."""

    rows: int = 0
    of: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in COUNTED})
    numbers: list[np.ndarray] = field(default_factory=list)
    verdicts: list[np.ndarray] = field(default_factory=list)
    forms: set[int] = field(default_factory=set)
    counter_ions: int = 0
    vetoed: list[tuple[str, str]] = field(default_factory=list)
    sample: dict[str, list[str]] = field(default_factory=lambda: {"list": [], "recommended": []})


def main() -> None:
    """Count, draw, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("out", help="folder of a finished screen")
    folder = folder_at(parser.parse_args().out)
    manifest = read_manifest(folder)
    if manifest is None:
        raise SystemExit(f"there is no screen in {folder.name}")
    top, counts = top_of(lk.load(), folder), counted_in(folder, manifest)
    numbers = {
        name: np.concatenate(column)
        for name, column in zip(NUMBERS, zip(*counts.numbers, strict=True), strict=True)
    }
    verdicts = np.concatenate(counts.verdicts)
    for theme in THEMES:
        save_figure(score_figure(numbers["score"], verdicts, theme), IMAGES / f"screening-scores-{theme}.png")
        save_figure(size_figure(numbers, verdicts, top, theme), IMAGES / f"screening-size-{theme}.png")
        (IMAGES / f"screening-best-{theme}.png").write_bytes(drawn(top, theme))
    results = {
        "what was read": read_lines(folder, manifest, counts, top),
        "verdicts": shares(counts.of["verdict"], counts.rows, "verdict"),
        "why": shares(counts.of["verdict_reason"], counts.rows, "reason", 8),
        "ties": picture("scores", "Rows of the list by score and verdict, on a logarithmic scale")
        + ties(numbers, verdicts, top),
        "rules": shares(split_up(counts.of["reasons"], rules_in), counts.rows, "rule, and what it added", 14),
        "families": families(counts, top),
        "donors": shares(counts.of["donor_groups"], counts.rows, "donor groups", 12),
        "tags": shares(split_up(counts.of["safety"], tags_in), counts.rows, "tag", 40),
        "vetoed": vetoed(counts),
        "measured": shares(counts.of["measured"], counts.rows, "what was measured", 10),
        "size": picture("size", "Molar masses of the list, of what is recommended, and of the best")
        + size(numbers, verdicts, top),
        "best": picture("best", "The first two dozen of the best, drawn as bought") + best_rows(top),
        "small": small(folder, manifest),
    }
    page = PAGE.read_text("utf-8")
    for name, text in results.items():
        mark, end = f"<!-- results: {name} -->", "<!-- end -->"
        before, there, rest = page.partition(mark)
        if not there:
            raise SystemExit(f"{PAGE.name} has no mark {mark}")
        page = f"{before}{mark}\n{text.strip()}\n{end}{rest.partition(end)[2]}"
    PAGE.write_text(page, "utf-8")
    print(f"written: {PAGE}, and pictures in {IMAGES}")


def picture(name: str, alt: str) -> str:
    """A picture in the colours that the reader has."""
    dark, light = (f"images/screening-{name}-{theme}.png" for theme in ("dark", "light"))
    return (
        f'<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="{dark}">\n'
        f'  <img src="{light}" alt="{alt}">\n</picture>\n\n'
    )


def counted_in(folder: Folder, manifest: Manifest) -> Counts:
    """Count everything in one pass over the parts."""
    counts, rng = Counts(), random.Random(2018)
    seen: Counter[str] = Counter()
    for table in Parts(folder, manifest)(
        ("line", "smiles", "binding_form_smiles", "counter_ion", *COUNTED, *NUMBERS)
    ):
        counts.rows += table.num_rows
        for name in COUNTED:
            for one in pc.value_counts(table[name]).to_pylist():
                counts.of[name][one["values"] or ""] += one["counts"]
        counts.numbers.append(tuple(table[name].to_numpy().astype(float) for name in NUMBERS))
        counts.verdicts.append(np.asarray(table["verdict"].to_pylist()))
        counts.forms.update(map(hash, table["binding_form_smiles"].to_pylist()))
        counts.counter_ions += pc.sum(table["counter_ion"]).as_py() or 0
        held = table.filter(pc.equal(table["verdict"], str(Verdict.VETOED)))
        counts.vetoed += zip(held["smiles"].to_pylist(), held["verdict_reason"].to_pylist(), strict=True)
        for smiles, verdict in zip(
            table["binding_form_smiles"].to_pylist(), table["verdict"].to_pylist(), strict=True
        ):
            for kind in ("list", *(["recommended"] if verdict == "recommended" else [])):
                seen[kind] += 1
                kept = counts.sample[kind]
                if len(kept) < SAMPLED:
                    kept.append(smiles)
                elif (place := rng.randrange(seen[kind])) < SAMPLED:
                    kept[place] = smiles
    return counts


def split_up(texts: Mapping[str, int], parts_of: Callable[[str], Iterable[str]]) -> Counter[str]:
    """Rows by what their cells hold, a cell's text read once."""
    found: Counter[str] = Counter()
    for text, rows in texts.items():
        for part in parts_of(text):
            found[part] += rows
    return found


def rules_in(reasons: str) -> list[str]:
    """Rules of a cell, with the sign of what they added and not its size, which is graded."""
    return [re.sub(r"\(([+-])[\d.]+\)$", r"(\1)", one) for one in reasons.split("; ") if one]


def tags_in(safety: str) -> list[str]:
    """Tags of a cell."""
    found = re.match(r"tags: ([^:]*?)(?:; [a-z_]+:|$)", safety)
    return found[1].split("; ") if found else []


def shares(counted: Mapping[str, int], rows: int, heading: str, most: int = 12) -> str:
    """Table of what was counted, the commonest first."""
    lines = [f"| {heading} | rows | share |", "|---|--:|--:|"]
    for name, number in sorted(counted.items(), key=lambda item: -item[1])[:most]:
        lines.append(f"| {cell(name) or 'none'} | {number:,} | {number / max(rows, 1):.2%} |")
    if (more := len(counted) - most) > 0:
        rest = sum(sorted(counted.values())[:more])
        lines.append(f"| {more:,} others | {rest:,} | {rest / max(rows, 1):.2%} |")
    return "\n".join(lines)


def cell(text: str) -> str:
    """Text for a cell of a Markdown table."""
    return text.replace("|", r"\|").replace("\n", " ")


def read_lines(folder: Folder, manifest: Manifest, counts: Counts, top: Top) -> str:
    """What went in, and what of it can be ranked."""
    with folder.open("rejected.csv") as stream:
        rejected = [*csv.DictReader(line.decode("utf-8") for line in stream)]
    # What differs from line to line goes: numbers, the text itself, and which atoms.
    reasons = Counter(re.sub(r" in '.*'(?=: |$)|[ #]*\d+(?: \d+)*", " …", row["reason"]) for row in rejected)
    shown = reasons.most_common(6)
    shown += [("other reasons", rest)] if (rest := len(rejected) - sum(number for _, number in shown)) else []
    left_out = [(f"never among the best: {why}", number) for why, number in sorted(top.best.left_out.items())]
    lines = [
        "| | |",
        "|---|--:|",
        f"| lines read | {manifest.lines:,} |",
        f"| lines without rows | {manifest.rejected:,} |",
        *(f"| - {cell(why)} | {number:,} |" for why, number in shown),
        f"| rows, one a pair | {counts.rows:,} |",
        f"| distinct binding forms | {len(counts.forms):,} |",
        *(f"| {why} | {number:,} |" for why, number in left_out),
        f"| rows that can be ranked | {top.best.ranked:,} |",
    ]
    return "\n".join(lines)


def ties(numbers: Mapping[str, np.ndarray], verdicts: np.ndarray, top: Top) -> str:
    """How many rows share a score and its range, and how large the first bands are."""
    ends = np.column_stack([numbers[name] for name in ("score", "score_low", "score_high")])[
        verdicts != "vetoed"
    ]
    distinct, sizes = np.unique(ends, axis=0, return_counts=True)
    lines = [
        f"{len(distinct):,} different scores with their ranges; {int((sizes == 1).sum()):,} of them have one row. The "
        "commonest:",
        "",
        "| score | from | to | rows | share |",
        "|--:|--:|--:|--:|--:|",
    ]
    for place in np.argsort(-sizes, kind="stable")[:8]:
        score, low, high = distinct[place]
        lines.append(
            f"| {score:+.2f} | {low:+.2f} | {high:+.2f} | {sizes[place]:,} | {sizes[place] / len(ends):.1%} |"
        )
    lines += ["", "The first bands, whose rows evidence and prediction can't tell apart:", ""]
    lines += ["| band | rows of the list | of these among the best |", "|--:|--:|--:|"]
    among = Counter(row.band for row in top.best.rows)
    lines += [
        f"| {band} | {number:,} | {among[band]:,} |" for band, number in [*top.best.band_sizes.items()][:10]
    ]
    return "\n".join(lines)


def family_of(form: str, patterns: Mapping[str, Chem.Mol]) -> str:
    """What stands beside the carboxylate of a form."""
    mol = Chem.MolFromSmiles(form)
    return next(
        (name for name, pattern in patterns.items() if mol.HasSubstructMatch(pattern)), NO_CARBOXYLATE
    )


def families(counts: Counts, top: Top) -> str:
    """Kinds of acid in the list, among what is recommended, and among the best."""
    patterns = {name: Chem.MolFromSmarts(smarts) for name, smarts in FAMILIES.items()}
    groups = counts.sample | {"best": [item.pair.form.form.smiles for item in top.ranked.assessments]}
    found = {group: Counter(family_of(form, patterns) for form in forms) for group, forms in groups.items()}
    heads = [f"{group} ({len(groups[group]):,} forms)" for group in groups]
    lines = [f"| beside the carboxylate | {' | '.join(heads)} |", f"|---|{'--:|' * len(heads)}"]
    for family in sorted((*FAMILIES, NO_CARBOXYLATE), key=lambda name: -found["best"][name]):
        parts = [f"{found[group][family] / max(len(groups[group]), 1):.1%}" for group in groups]
        lines.append(f"| {family} | {' | '.join(parts)} |")
    return "\n".join(lines)


def vetoed(counts: Counts) -> str:
    """What is vetoed, by the reason, with some of the structures."""
    by_reason: dict[str, list[str]] = {}
    for smiles, reason in counts.vetoed:
        by_reason.setdefault(reason, []).append(smiles)
    lines = ["| why | rows | such as |", "|---|--:|---|"]
    for reason, found in sorted(by_reason.items(), key=lambda item: -len(item[1])):
        shown = ", ".join(
            f"`{cell(one)}`" for one in sorted(dict.fromkeys(found), key=lambda text: (len(text), text))[:3]
        )
        lines.append(f"| {cell(reason)} | {len(found):,} | {shown} |")
    return "\n".join(lines)


def size(numbers: Mapping[str, np.ndarray], verdicts: np.ndarray, top: Top) -> str:
    """What no rule looks at: how large the molecules are; and how much of the score is known at all."""
    best_masses = np.array([row.cells["molar_mass_g_per_mol"] for row in top.best.rows])
    groups = {
        "list": numbers["molar_mass_g_per_mol"],
        "recommended": numbers["molar_mass_g_per_mol"][verdicts == "recommended"],
        "best": best_masses,
    }
    lines = ["| | rows | median molar mass (g/mol) | above 300 g/mol |", "|---|--:|--:|--:|"]
    for name, masses in groups.items():
        if len(masses):
            lines.append(
                f"| {name} | {len(masses):,} | {np.median(masses):.0f} | {(masses > 300).mean():.0%} |"
            )
    known = np.isfinite(numbers["lead_over_proton_above_acetate"])
    soluble = Counter(str(item.values["soluble"]) for item in top.ranked.assessments)
    said = (
        f"Of {known.mean():.0%} of the rows it is known, measured or predicted, how the form holds lead against the "
        "proton; of the others the range of scores reaches over all that it might be. Whether they dissolve is "
        f"known of {soluble['True'] + soluble['False']:,} of the best {len(best_masses):,}."
    )
    lines += ["", said]
    return "\n".join(lines)


def best_rows(top: Top, most: int = DRAWN) -> str:
    """The first of the best as a table."""
    lines = ["| # | line | bound as | with | verdict | score | dangers |", "|--:|--:|---|---|---|---|---|"]
    for place, row in enumerate(top.ranked.rows()[:most]):
        found = top.best.rows[place]
        score = score_text(row["score"], row["score_low"], row["score_high"])
        danger = danger_words(row, top.ranked.dangers)
        lines.append(
            f"| {top.ranked.place_text(place)} | {found.cells['line']:,} | `{cell(row['binding_form_smiles'])}` | "
            f"{row['partner']} | {row['verdict']} | {score} | {danger} |"
        )
    return "\n".join(lines)


def small(folder: Folder, manifest: Manifest) -> str:
    """The first of those that are small, as if the list had no others."""
    parts = Parts(folder, manifest)

    def scan(columns: Sequence[str]) -> Iterator[pa.Table]:
        for table in parts(tuple(dict.fromkeys((*columns, "molar_mass_g_per_mol")))):
            yield table.filter(pc.less(table["molar_mass_g_per_mol"], SMALL)).select(list(columns))

    found = best(scan, DRAWN, parts.columns or NEEDED)
    verdicts = ", ".join(f"{number:,} {verdict}" for verdict, number in found.verdicts.items())
    lines = [
        f"Of the list {found.ranked:,} rows are below {SMALL} g/mol: {verdicts}. The first of these:",
        "",
    ]
    lines += [
        "| line | bound as | with | verdict | score | g/mol | tags | lines |",
        "|--:|---|---|---|---|--:|---|--:|",
    ]
    for row in found.rows:
        one = row.cells
        score = score_text(one["score"], one["score_low"], one["score_high"])
        tags = ", ".join(tags_in(one["safety"] or "")) or "none"
        lines.append(
            f"| {one['line']:,} | `{cell(one['binding_form_smiles'])}` | {one['partner']} | {one['verdict']} | "
            f"{score} | {one['molar_mass_g_per_mol']:.0f} | {tags} | {row.lines} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
