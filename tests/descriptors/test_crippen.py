"""Is log P that of RDKit, to the last digit, and does no pattern of its table see farther than we look?"""

from __future__ import annotations

import gzip
import random
import re
from itertools import islice
from pathlib import Path

import pytest
from rdkit import Chem, RDConfig
from rdkit.Chem.Crippen import MolLogP

from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.structure import conjugate_acid, parse
from ligandkb.descriptors import crippen
from ligandkb.descriptors.crippen import acid_log_p
from ligandkb.problems import StructureError

ROOT = Path(__file__).resolve().parents[2]
CARBOXYL = Chem.MolFromSmarts("[OX2H1]C=O")
# What a pattern may ask of the atom itself, and of an atom that is seen from the next one only.
OF_ITSELF = re.compile(r"\[?(!?(#\d+|[A-Z][a-z]?|[acnos]|[HX]\d|\+\d?|-\d?)[&;,]?)+\]?")
FROM_AFAR = re.compile(r"\[?(!?(#\d+|[A-Z][a-z]?|[acnos]|\+\d?|-\d?)[&;,]?)+\]?")


@pytest.fixture(scope="module")
def library(shared):
    """Acids that can be bought, and what is left when one or two of their carboxyl groups give a proton."""
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if not path.is_file():
        pytest.skip("../shared/library is not here")
    with gzip.open(path, "rt", encoding="ascii") as stream:
        lines = [line.strip() for line in stream]
    random.Random(7).shuffle(lines)

    def drawn():
        for number, line in enumerate(lines):
            mol = Chem.MolFromSmiles(line)
            if mol is None:
                continue
            yield line
            anion = Chem.RWMol(mol)
            for match in mol.GetSubstructMatches(CARBOXYL)[: 1 + number % 2]:
                oxygen = anion.GetAtomWithIdx(match[0])
                oxygen.SetFormalCharge(-1)
                oxygen.SetNoImplicit(True)
            yield Chem.MolToSmiles(anion)

    return drawn


@pytest.fixture(scope="module")
def molecules() -> list[str]:
    """Structures as chemists and catalogues draw them."""
    lines = (ROOT / "tests" / "chemistry" / "molecules.smi").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def catalogue_smiles(kb) -> list[str]:
    """Every product of the shipped catalogue."""
    return [product.smiles for product in kb.catalogue.products]


def differing(structures) -> list[str]:
    """Those whose log P isn't what RDKit says of the acid."""
    found = []
    for smiles in structures:
        try:
            mol = parse(smiles)
        except StructureError:
            continue
        if acid_log_p(smiles, mol) != MolLogP(Chem.Mol(conjugate_acid(mol))):
            found.append(smiles)
    return found


def test_library_acids_and_their_anions(library):
    assert differing(islice(library(), 4000)) == []


@pytest.mark.slow
def test_a_hundred_thousand_lines(library):
    assert differing(islice(library(), 200_000)) == []


def test_forms_of_the_catalogue_and_of_what_chemists_draw(catalogue_smiles, molecules):
    forms = [form.smiles for smiles in [*catalogue_smiles, *molecules] for form in binding_forms(smiles)]
    assert len(forms) > 400
    assert differing([*forms, *catalogue_smiles, *molecules]) == []


ODD = [
    "[2H]OC(=O)C",  # hydrogen drawn as an atom
    "[13CH3]C(=O)[O-]",
    "C[N+](=O)[O-]",
    "C[N+]([O-])(C)C",
    "CC[N+](C)(C)CC(=O)[O-]",
    "[O-]c1ccccc1",
    "[O-]C1=CC=CC=CC1=O",
    "c1nnn[n-]1",  # the proton goes into the ring
    "[CH2-][N+](C)(C)C",
    "CC(=O)[CH-]C(C)=O",
    "[S-]C#N",
    "[N-]=C=S",
    "[Se-]CC",
    "CC[Te-]",
    "F[B-](F)(F)F",
    "OB(O)c1ccccc1",
    "CN(C)(C)->B(C)(C)C",
    "CP(C)(C)(C)C",
    "C[Si](C)(C)CCC(=O)O",
    "C[Ge](C)(C)C",
    "C[As](C)C",
    "CC(=O)O[Pb]OC(C)=O",
    "[O-]S(=O)(=O)C(F)(F)F",
    "[O-]P([O-])(=O)CC",
    "O=C=O",
    "C=O",
    "OO",
    "ON=C",
    "OS(=O)O",
    "[I+](c1ccccc1)c1ccccc1",
    "[O-]Cl(=O)(=O)=O",
    "[F-]",
    "O=c1cc[nH]cc1",
    "[O-][n+]1ccccc1",
    "C=S=O",
    "CS(C)(=O)=O",
    "FC(F)(F)" + "C(F)(F)" * 60 + "C(=O)[O-]",  # more matches than RDKit looks at
    "C" * 480 + "C(=O)[O-]",
    "C(C)(C)(C)" * 100 + "C(=O)[O-]",
]  # fmt: skip


@pytest.mark.parametrize("times", [1, 2])
def test_odd_structures(times):
    assert len(ODD) == len(set(ODD))
    assert differing(ODD) == []


def test_the_order_of_what_was_seen_before_changes_nothing(monkeypatch, catalogue_smiles):
    first = [acid_log_p(smiles, parse(smiles)) for smiles in catalogue_smiles]
    monkeypatch.setattr(crippen, "_known", {})
    assert [acid_log_p(smiles, parse(smiles)) for smiles in reversed(catalogue_smiles)] == first[::-1]


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(crippen, "_known", {})
    monkeypatch.setattr(crippen, "_MAX_KEPT", 3)
    assert differing(["CCO", "c1ccccc1O", "CC(=O)N"]) == []
    assert len(crippen._known) <= 3


def test_no_pattern_sees_farther_than_we_look():
    lines = (Path(RDConfig.RDDataDir) / "Crippen.txt").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    patterns = [row[1] for row in cells if len(row) > 1 and row[1]]
    assert len(patterns) > 100
    for smarts in patterns:
        pattern = Chem.MolFromSmarts(smarts)
        asked = [atom.GetSmarts() for atom in pattern.GetAtoms()]
        bonds = Chem.GetDistanceMatrix(pattern)[0]
        if asked[0] == "[#1]" and len(asked) > 1:  # what a hydrogen adds is kept with its bearer
            asked, bonds = asked[1:], bonds[1:] - 1
        is_oxygen = asked[0].strip("[]")[:1] == "O"
        for atom, distance in zip(asked, bonds, strict=True):
            assert distance <= (2 if is_oxygen else 1), smarts
            allowed = OF_ITSELF if distance == 0 or (is_oxygen and distance == 1) else FROM_AFAR
            assert allowed.fullmatch(atom), (smarts, atom)
        assert max(atom.GetDegree() for atom in pattern.GetAtoms()) <= 4
        assert {bond.GetSmarts() for bond in pattern.GetBonds()} <= {"", "-", "=", "#", ":"}
