"""How long do thirty rules take over a million rows, and how long does checking them take?

``rules``: from a data frame to truth, score and bounds, against the same thirty rules written out by hand in
numpy. Both run in turn, so that a drifting machine hits both alike; their arrays are compared first. Printed
are medians and the median of the pairwise ratios. The hand-written rules come in two forms: over whole
columns, as one writes numpy, and over stretches of rows that fit the processor's cache, as one does where it
matters.

``check``: reading and checking forty rules in a running process, and the imports that it takes in a new one,
against ``python -c "import yaml"``.

Run: python benchmarks/rules.py [PAIRS [ROWS]]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ligandkb.rules.columns import Column
from ligandkb.rules.evaluate import Table, evaluate
from ligandkb.rules.rulebook import Rulebook, check_rulebook, read_rulebook
from ligandkb.rules.vocabulary import Vocabulary, Weight

Array = np.ndarray[Any, Any]

ELEMENTS = ("O", "S", "N", "P", "F", "Cl", "Br", "I")
GROUPS = (
    "carboxylate",
    "sulfonate",
    "phosphonate",
    "thiolate",
    "amine",
    "halide",
    "phosphine",
    "thiocyanate",
)
COLUMNS = (
    Column("donor_element", "text", "element", allowed=ELEMENTS),
    Column("donor_group", "text", "group", allowed=GROUPS),
    Column("charge", "number", "donor charge", unit="e"),
    Column("charge_of_oleate", "number", "donor charge of oleate", unit="e"),
    Column("hardness", "number", "hardness", unit="eV", minimum=0),
    Column("softness", "number", "softness", unit="1/eV", minimum=0),
    Column("ionization", "number", "ionization energy", unit="eV"),
    Column("affinity", "number", "electron affinity", unit="eV"),
    Column("length", "number", "carbon atoms in the chain", minimum=0),
    Column("substituents", "number", "electron-withdrawing substituents", minimum=0),
    Column("logp", "number", "octanol-water partition"),
    Column("pka", "number", "pKa of the conjugate acid"),
    Column("has_fluorine", "flag", "has fluorine"),
    Column("is_conjugated", "flag", "is conjugated"),
    Column("is_chelating", "flag", "is chelating"),
)
WEIGHTS = {"slight": 0.4, "moderate": 0.8, "strong": 1.6}
RULES = (
    ('donor_group == "carboxylate" and charge - charge_of_oleate > 0.05', "strong"),
    ('donor_group == "carboxylate" and charge - charge_of_oleate <= 0', "-strong"),
    ('donor_group == "carboxylate" and has_fluorine', "moderate"),
    ('donor_group == "carboxylate" and has_fluorine and substituents >= 2', "moderate"),
    ('donor_element in ["S", "Br", "I"] and hardness < 5', "strong"),
    ('donor_element in ["S", "P"] and is_conjugated', "slight"),
    ('donor_element == "O" and hardness >= 7', "-strong"),
    ('donor_group in ["sulfonate", "phosphonate"] and not is_chelating', "moderate"),
    ('donor_group in ["sulfonate", "phosphonate"] and is_chelating', "strong"),
    ("hardness > 6 or softness < 0.08", "-moderate"),
    ("(ionization - affinity) / 2 > 6", "-slight"),
    ("(ionization - affinity) / 2 < 4.5 and length > 4", "slight"),
    ("(ionization + affinity) ** 2 / (8 * (ionization - affinity)) > 1.5", "slight"),
    ("length is missing or length >= 8", "slight"),
    ("4 <= length < 18", "moderate"),
    ("length >= 22", "-moderate"),
    ("pka < 1", "moderate"),
    ("1 <= pka < 4", "slight"),
    ("pka >= 4.5 and not has_fluorine", "-slight"),
    ("pka is missing and substituents > 0", "slight"),
    ("logp > 8", "-slight"),
    ("logp > 2 and logp < 8 and length >= 6", "slight"),
    ("is_chelating and length < 6", "-slight"),
    ("is_conjugated or has_fluorine", "slight"),
    ("not (is_conjugated or has_fluorine) and hardness > 6", "-slight"),
    ("abs(charge - charge_of_oleate) < 0.01", "-moderate"),
    ("max(charge, charge_of_oleate) > -0.4", "slight"),
    ("softness * hardness > 0.45 and softness * hardness < 0.55", "slight"),
    ("substituents / length > 0.3", "moderate"),
    ('donor_element != "O" and donor_group != "amine"', "slight"),
)


def random_frame(rows: int, seed: int = 0) -> pd.DataFrame:
    """Rows in which a tenth of the values is missing."""
    chance = np.random.default_rng(seed)
    numbers = {
        "charge": chance.normal(-0.5, 0.1, rows),
        "charge_of_oleate": np.full(rows, -0.55),
        "hardness": chance.uniform(3, 9, rows),
        "softness": chance.uniform(0.05, 0.2, rows),
        "ionization": chance.uniform(7, 14, rows),
        "affinity": chance.uniform(-4, 2, rows),
        "length": chance.integers(0, 30, rows).astype(float),
        "substituents": chance.integers(0, 5, rows).astype(float),
        "logp": chance.normal(4, 3, rows),
        "pka": chance.uniform(-3, 11, rows),
    }
    for values in numbers.values():
        values[chance.random(rows) < 0.1] = np.nan
    texts = {
        name: pd.Categorical.from_codes(chance.integers(-1, len(known), rows), known)
        for name, known in (("donor_element", ELEMENTS), ("donor_group", GROUPS))
    }
    flags = {
        name: pd.array(chance.random(rows) < 0.5, dtype="boolean")
        for name in ("has_fluorine", "is_conjugated", "is_chelating")
    }
    for values in flags.values():
        values[chance.random(rows) < 0.1] = pd.NA
    return pd.DataFrame(texts | numbers | flags)


def compared(hit: Array, *known: Array) -> Array:
    """Truth of a comparison, from where it holds and where its values are known."""
    present = known[0]
    for other in known[1:]:
        present = present & other
    truth = (hit & present).view(np.int8)
    truth += truth
    truth -= present.view(np.int8)
    return truth


def arrays_of(frame: pd.DataFrame) -> dict[str, Array]:
    """Take a data frame apart: numbers, codes of texts, truth of flags, and where they are known."""
    arrays: dict[str, Array] = {}
    for name in frame.columns:
        series = frame[name]
        if isinstance(series.dtype, pd.CategoricalDtype):
            arrays[name] = series.cat.codes.to_numpy()
            arrays[f"{name}?"] = arrays[name] >= 0
        elif series.dtype == "boolean":
            arrays[name] = compared(
                series.to_numpy(dtype=np.bool_, na_value=False), series.notna().to_numpy()
            )
        else:
            arrays[name] = series.to_numpy()
            arrays[f"{name}?"] = np.isfinite(arrays[name])
    return arrays


def by_hand(a: Mapping[str, Array]) -> tuple[Array, ...]:
    """The thirty rules as a careful person writes them, with what several rules share worked out once."""
    both, either = np.minimum, np.maximum
    element, group = a["donor_element"], a["donor_group"]
    element_known, group_known = a["donor_element?"], a["donor_group?"]
    o, s, p, br, i = (ELEMENTS.index(symbol) for symbol in ("O", "S", "P", "Br", "I"))
    carboxylate = compared(group == GROUPS.index("carboxylate"), group_known)
    oxoanion = compared(
        (group == GROUPS.index("sulfonate")) | (group == GROUPS.index("phosphonate")), group_known
    )
    charge, oleate = a["charge"], a["charge_of_oleate"]
    above_oleate = charge - oleate
    charges_known = a["charge?"] & a["charge_of_oleate?"]
    hardness, hardness_known = a["hardness"], a["hardness?"]
    length, length_known = a["length"], a["length?"]
    substituents, substituents_known = a["substituents"], a["substituents?"]
    pka, pka_known = a["pka"], a["pka?"]
    logp, logp_known = a["logp"], a["logp?"]
    fluorine, conjugated, chelating = a["has_fluorine"], a["is_conjugated"], a["is_chelating"]
    fluorinated_carboxylate = both(carboxylate, fluorine)
    conjugated_or_fluorine = either(conjugated, fluorine)
    hard = compared(hardness > 6, hardness_known)
    gap = a["ionization"] - a["affinity"]
    half_gap = gap / 2
    gap_known = a["ionization?"] & a["affinity?"]
    electrophilicity = (a["ionization"] + a["affinity"]) ** 2 / (8 * gap)
    product = a["softness"] * hardness
    product_known = a["softness?"] & hardness_known
    substituents_per_carbon = substituents / length
    oxygen = compared(element == o, element_known)
    length_missing = np.where(length_known, np.int8(-1), np.int8(1))
    pka_missing = np.where(pka_known, np.int8(-1), np.int8(1))
    truth = np.stack(
        [
            both(carboxylate, compared(above_oleate > 0.05, charges_known)),
            both(carboxylate, compared(above_oleate <= 0, charges_known)),
            fluorinated_carboxylate,
            both(fluorinated_carboxylate, compared(substituents >= 2, substituents_known)),
            both(
                compared((element == s) | (element == br) | (element == i), element_known),
                compared(hardness < 5, hardness_known),
            ),
            both(compared((element == s) | (element == p), element_known), conjugated),
            both(oxygen, compared(hardness >= 7, hardness_known)),
            both(oxoanion, -chelating),
            both(oxoanion, chelating),
            either(hard, compared(a["softness"] < 0.08, a["softness?"])),
            compared(half_gap > 6, gap_known),
            both(compared(half_gap < 4.5, gap_known), compared(length > 4, length_known)),
            compared(electrophilicity > 1.5, np.isfinite(electrophilicity)),
            either(length_missing, compared(length >= 8, length_known)),
            compared((length >= 4) & (length < 18), length_known),
            compared(length >= 22, length_known),
            compared(pka < 1, pka_known),
            compared((pka >= 1) & (pka < 4), pka_known),
            both(compared(pka >= 4.5, pka_known), -fluorine),
            both(pka_missing, compared(substituents > 0, substituents_known)),
            compared(logp > 8, logp_known),
            both(compared((logp > 2) & (logp < 8), logp_known), compared(length >= 6, length_known)),
            both(chelating, compared(length < 6, length_known)),
            conjugated_or_fluorine,
            both(-conjugated_or_fluorine, hard),
            compared(np.abs(above_oleate) < 0.01, charges_known),
            compared(np.maximum(charge, oleate) > -0.4, charges_known),
            compared((product > 0.45) & (product < 0.55), product_known),
            compared(substituents_per_carbon > 0.3, np.isfinite(substituents_per_carbon)),
            both(-oxygen, compared(group != GROUPS.index("amine"), group_known)),
        ]
    )
    return truth, *sums_by_hand(truth)


def sums_by_hand(truth: Array) -> tuple[Array, Array, Array]:
    """Score and bounds; rules of one weight are counted before they are added up."""
    fired, unknown = (truth > 0).view(np.int8), (truth == 0).view(np.int8)
    score = np.zeros(truth.shape[1])
    below, above = score.copy(), score.copy()
    for name in dict.fromkeys(name for _, name in RULES):
        rules = [number for number, (_, other) in enumerate(RULES) if other == name]
        weight = WEIGHTS[name.removeprefix("-")] * (-1 if name.startswith("-") else 1)
        score += weight * sum(fired[number] for number in rules)
        side = below if weight < 0 else above
        side += weight * sum(unknown[number] for number in rules)
    return np.round(score, 9), np.round(score + below, 9), np.round(score + above, 9)


def by_hand_whole(frame: pd.DataFrame) -> tuple[Array, ...]:
    """The rules by hand over whole columns."""
    with np.errstate(all="ignore"):
        return by_hand(arrays_of(frame))


def by_hand_in_stretches(frame: pd.DataFrame, stretch: int = 16384) -> tuple[Array, ...]:
    """The rules by hand over stretches of rows."""
    rows = len(frame)
    truth = np.empty((len(RULES), rows), dtype=np.int8)
    sums = [np.empty(rows) for _ in range(3)]
    arrays = arrays_of(frame)
    with np.errstate(all="ignore"):
        for start in range(0, rows, stretch):
            part = slice(start, start + stretch)
            truth[:, part], *parts = by_hand({name: values[part] for name, values in arrays.items()})
            for whole, values in zip(sums, parts, strict=True):
                whole[part] = values
    return truth, *sums


def by_rulebook(rulebook: Rulebook, frame: pd.DataFrame) -> tuple[Array, ...]:
    """The rules by way of their files."""
    evaluation = evaluate(rulebook, Table.from_dataframe(frame))
    return evaluation.truth, evaluation.score, evaluation.score_low, evaluation.score_high


def rules_yaml(rules: Sequence[tuple[str, str]]) -> str:
    """A rule file."""
    return "".join(
        f"""- id: rule-{number}
  title: Rule number {number} of the benchmark
  rationale: >
    A sentence or two that says why it should be so, in the field's own words, as long as such
    sentences are in a file that people review.
  citation: {{doi: 10.1021/jacs.8b11035, locator: "Table 1; Figure 5"}}
  derived_from: [table-1]
  when: |
    {condition}
  effect: {{weight: {weight}}}
  on_unknown: widen
  explain: "charge {{charge:.3f}} e, hardness {{hardness:.2f}} eV"
  examples: {{fires: [difluoroacetate], silent: [acetate]}}
"""
        for number, (condition, weight) in enumerate(rules)
    )


def seconds(function: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], pairs: int) -> None:
    """Time two functions in turn and print medians and ratio."""
    timed = [(seconds(ours), seconds(theirs)) for _ in range(pairs)]
    ratio = statistics.median(a / b for a, b in timed)
    one, other = (statistics.median(column) for column in zip(*timed, strict=True))
    print(f"{name:38} {one * 1e3:8.1f} ms   baseline {other * 1e3:8.1f} ms   ratio {ratio:5.2f}")


def run(*arguments: str) -> None:
    """Run a new interpreter."""
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def main() -> None:
    """Print one line for each comparison."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    vocabulary = Vocabulary({name: Weight(value, name) for name, value in WEIGHTS.items()}, {}, {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.yaml"
        path.write_text(rules_yaml(RULES), encoding="utf-8")
        rulebook = read_rulebook([path], columns=COLUMNS, vocabulary=vocabulary)
        frame = random_frame(rows)
        expected = by_rulebook(rulebook, frame)
        for others in (by_hand_whole(frame), by_hand_in_stretches(frame)):
            for ours, theirs in zip(expected, others, strict=True):
                np.testing.assert_array_equal(ours, theirs)
        del expected, others
        print(f"{len(RULES)} rules over {rows} rows, {pairs} pairs of runs, arrays equal")
        ours = lambda: by_rulebook(rulebook, frame)  # noqa: E731 - one line to be timed
        compare("rules, hand-written over whole columns", ours, lambda: by_hand_whole(frame), pairs)
        compare("rules, hand-written in stretches", ours, lambda: by_hand_in_stretches(frame), pairs)

        path.write_text(rules_yaml((*RULES, *RULES[:10])), encoding="utf-8")
        check = lambda: check_rulebook([path], columns=COLUMNS, vocabulary=vocabulary)  # noqa: E731
        check()
        print(
            f"{'check of 40 rules':38} {statistics.median(seconds(check) for _ in range(51)) * 1e3:8.1f} ms"
        )
        imports = "import ligandkb.rules.rulebook, ligandkb.rules.columns"
        run("-c", imports)
        compare("imports of check", lambda: run("-c", imports), lambda: run("-c", "import yaml"), 3 * pairs)


if __name__ == "__main__":
    main()
