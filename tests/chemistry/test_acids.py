"""Is there one order of acids, and does it follow what has been measured?"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.chemistry.acids import ACIDS, BASES, ProtonTransfer, any_of, most_acidic, proton_transfer
from ligandkb.chemistry.structure import parse

DATA = Path(__file__).parents[2] / "data" / "conjugate_acid_pka.csv"
KINDS = {kind.name: kind for kind in ACIDS}


def measured(path: Path) -> list[tuple[str, float]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            (row["smiles"], float(row["pka"])) for row in csv.DictReader(stream) if row["pka_step"] == "1"
        ]


def of_kinds(rows: list[tuple[str, float]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for smiles, pka in rows:
        acid = most_acidic(parse(smiles))
        # 4-dimethylaminopyridine has no acidic proton; amines and carbonic acid's CO2 aside, acids only
        if acid is not None and not any(parse(smiles).HasSubstructMatch(base.pattern) for base in BASES):
            found.setdefault(acid[0].name, []).append(pka)
    return found


def test_a_measured_acid_lies_in_the_range_of_its_kind():
    for name, values in of_kinds(measured(DATA)).items():
        kind = KINDS[name]
        if kind.pka is not None:
            assert kind.pka[0] <= min(values) <= max(values) <= kind.pka[1], name


def test_ranges_are_those_of_the_sources(shared):
    path = shared / "reference" / "conjugate_acid_pka.csv"
    if not path.is_file():
        pytest.skip("../shared/reference is not here")
    values = of_kinds([*measured(DATA), *measured(path)])
    for kind in ACIDS:
        if kind.pka is not None and not kind.strong:
            assert kind.pka == (min(values[kind.name]), max(values[kind.name])), kind.name


@pytest.mark.parametrize("kind", [*ACIDS, *BASES], ids=lambda kind: kind.name)
def test_patterns_compile_and_begin_with_the_atom_that_counts(kind):
    assert kind.pattern is not None
    assert kind.pka is None or kind.pka[0] <= kind.pka[1]


@pytest.mark.parametrize(
    ("smiles", "name"),
    [
        ("Br", "hydrogen halide"),
        ("[2H]Cl", "hydrogen halide"),
        ("OS(=O)(=O)c1ccccc1", "sulfonic or sulfuric acid"),
        ("OC(=O)C(Cl)(Cl)Cl", "dihalogeno or trihalogeno carboxylic acid"),
        ("OC(=O)C(F)F", "dihalogeno or trihalogeno carboxylic acid"),
        ("OC(=O)C(=O)O", "oxalic acid"),
        ("OC(=O)CCl", "halogeno or cyano acid, on the carbon next to the carboxyl"),
        ("CCP(=O)(O)O", "phosphonic, phosphinic or phosphoric acid"),
        ("CC(=O)S", "thiocarboxylic acid"),
        ("CC(O)=S", "thiocarboxylic acid"),
        ("OC(=O)CCS", "carboxylic acid"),  # the stronger of its two
        ("OC(=O)O", "carbonic or carbamic acid"),
        ("OCC(O)C1OC(=O)C(O)=C1O", "vinylogous acid"),
        ("O=C1CC(=O)CC(C)(C)C1", "C-H between two carbonyls"),
        ("CC1(C)OC(=O)CC(=O)O1", "C-H between two carbonyls"),
        ("Sc1ccccn1", "thione of an N-heteroarene"),
        ("Oc1ccncc1", "lactam of an N-heteroarene"),
        ("Oc1ccccc1", "phenol"),
    ],
)
def test_kinds(smiles, name):
    found = most_acidic(parse(smiles))
    assert found is not None
    assert found[0].name == name


@pytest.mark.parametrize(
    "smiles", ["CCO", "CC(C)=O", "CCOC(=O)CC(=O)OCC", "CCN", "CC(=O)[O-]", "C[NH3+]", "CC#N"]
)
def test_no_acid(smiles):
    assert most_acidic(parse(smiles)) is None


@pytest.mark.parametrize(
    ("pka", "word"),
    [
        (0.512, "expected"),  # trichloroacetic acid, serjeant2054
        (1.252, "expected"),  # oxalic acid, serjeant2041
        (1.34, "expected"),  # difluoroacetic acid, serjeant2060
        (2.72, "expected"),  # fluoroacetic acid, serjeant2067
        (2.41, "expected"),  # methylphosphonic acid, serjeant2016
        (4.205, "partial"),  # benzoic acid, serjeant3388
        (4.76, "partial"),  # acetic acid, serjeant2043
        (5.032, "partial"),  # pivalic acid, serjeant2573
        (7.43, "unknown"),  # phenylphosphonic acid, second proton, serjeant3122
        (6.615, "unknown"),  # thiophenol, serjeant2842
        (10.33, "not expected"),  # methanethiol, serjeant2006
        (13.6, "not expected"),  # salicylic acid, second proton, serjeant3397
    ],
)
def test_the_difference_of_pka_decides(pka, word):
    assert proton_transfer(pka) == word


def test_transfer_never_grows_with_pka():
    order = [
        ProtonTransfer.EXPECTED,
        ProtonTransfer.PARTIAL,
        ProtonTransfer.UNKNOWN,
        ProtonTransfer.NOT_EXPECTED,
    ]
    words = [order.index(proton_transfer(pka / 10)) for pka in range(-50, 150)]
    assert words == sorted(words)


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [(1.0, 2.0, "expected"), (2.0, 5.0, "partial"), (2.0, 8.0, "unknown"), (8.0, 12.0, "unknown")],
)
def test_a_range_says_what_both_its_ends_say(low, high, word):
    assert proton_transfer(low, high) == word


def test_any_of_matches_what_its_kinds_match():
    pattern = Chem.MolFromSmarts(f"[{any_of(ACIDS)}]")
    for smiles in ("CC(=O)O", "CS(=O)(=O)O", "CCS", "Oc1ccccc1"):
        assert parse(smiles).HasSubstructMatch(pattern)
    assert not parse("CCO").HasSubstructMatch(pattern)
