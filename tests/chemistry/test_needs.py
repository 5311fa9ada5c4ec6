"""Is what a pattern needs read off it, and never more than it needs?"""

from __future__ import annotations

import pytest
from rdkit import Chem

from ligandkb.chemistry.needs import needs
from ligandkb.chemistry.sieve import Sieve
from ligandkb.chemistry.smarts import read, ways


def needed(smarts: str, *questions: str) -> set[frozenset[object]]:
    return {
        frozenset(fact if isinstance(fact, str) else (*sorted(fact[0]), f"x{fact[1]}") for fact in facts)
        for facts in needs(read(smarts), questions)
    }


@pytest.mark.parametrize(
    ("smarts", "expected"),
    [
        ("[#7]~[#7]~[#7]", [{(7, "x3")}]),
        ("[Cl,Br][SX2][Cl]", [{(17, "x1"), (17, 35, "x2"), (16, "x1")}]),
        ("[$(P(F)F),$([#16]Cl)]", [{(15, "x1"), (9, "x2")}, {(16, "x1"), (17, "x1")}]),
        ("[#8;$(*N),$(*[#16])]S", [{(8, "x1"), (16, "x1"), (7, "x1")}, {(8, "x1"), (16, "x1")}]),
        ("[!#6]", [set()]),  # nothing is known of what isn't said
        ("[#7,+]", [set()]),  # one of the two may be any element
        ("[#7;!$(N~[#8])]", [{(7, "x1")}]),  # what must not be there is no need
        ("CCCCC", [{(6, "x1")}]),  # carbon is plentiful
        ("[$(S),$(S~S)]", [{(16, "x1")}]),  # the stricter alternative says nothing more
        ("[Li+].[OH-]", [{(3, "x1"), (8, "x1")}]),
    ],
)
def test_atoms_are_counted(smarts: str, expected: list[set[object]]) -> None:
    shortened = [
        facts for facts in map(frozenset, expected) if not any(other < facts for other in map(set, expected))
    ]
    assert needed(smarts) == set(shortened)


@pytest.mark.parametrize(
    ("smarts", "question", "answers"),
    [
        ("[NX2]=[NX2]", "[#7]~[#7]", True),
        ("N#N", "[#7]=[#7]", False),  # another bond
        ("N.N", "[#7]~[#7]", False),  # no bond
        ("[#6][$([#7][#7])]", "[#7]~[#7]", True),
        ("[$([#7]N),$([#7]O)]", "[#7]~[#7]", False),  # only one alternative holds it
        ("[$([#7;R]N),$([#7]=N)]", "[#7]~[#7]", True),
        ("[#6;!$(N~N)]", "[#7]~[#7]", False),
        ("[N+]", "[!+0]", True),
        ("[N+,N-]", "[!+0]", True),
        ("[N;!-]", "[!+0]", False),
        ("[N;R2]", "[N;!R]", False),  # two rings are no word on "not one ring", but never "no ring"
        ("[NX2H1]", "[#7;X2]", True),
        ("[#7;X2,X3]", "[#7;X2]", False),
        ("[n;H1]", "[#7;a]", True),
        ("[#7;H1]", "n", False),
        ("[Cl,Br]C", "[F,Cl,Br,I]~[#6]", True),
        ("[F,Cl,Si]C", "[F,Cl,Br,I]~[#6]", False),
        ("N1CC1", "[#7]~[#6]~[#6]", True),
        ("[CX4;$(*[Cl])]", "[CX4]Cl", True),  # what is said of the atom holds for the pattern around it, too
    ],
)
def test_a_question_is_found_in_a_pattern_only_where_it_holds(
    smarts: str, question: str, answers: bool
) -> None:
    need = needs(read(smarts), [question])
    assert all(question in facts for facts in need) == answers


@pytest.mark.parametrize(
    ("smarts", "matches", "not_matches"),
    [
        ("[Sc]", "[Sc]", "SC"),  # two letters are one element ...
        ("[#8a]", "c1ccoc1", "CO"),  # ... where one is called so
        ("[Hf+4]", "[Hf+4]", "[HH]"),
        ("[nH]", "c1cc[nH]c1", "c1ccncc1"),
        ("[se]", "c1cc[se]c1", "C[SeH]"),
        ("[#7;++]", "[NH3+2]", "[NH4+]"),
        ("[13C]", "[13CH4]", "C"),
        ("[O;X2&H1,$([OX1]~N(~[OX1]))]", "CO", "C=O"),
    ],
)
def test_patterns_are_read_as_rdkit_reads_them(smarts: str, matches: str, not_matches: str) -> None:
    sieve = Sieve([way.pattern for way in ways(smarts)], ["[!+0]", "[#7]~[#8]", "[#8]~[#8]"])
    parameters = Chem.SmilesParserParams()
    for smiles, expected in ((matches, True), (not_matches, False)):
        mol = Chem.MolFromSmiles(smiles, parameters)
        assert any(mol.HasSubstructMatch(way.compiled) for way in sieve.possible(mol)) == expected
        assert mol.HasSubstructMatch(Chem.MolFromSmarts(smarts)) == expected


@pytest.mark.parametrize("smarts", ["[C", "C(", "[%7]"])
def test_what_is_no_pattern_is_refused(smarts: str) -> None:
    with pytest.raises(ValueError, match=r"SMARTS|read|closed"):
        read(smarts)
