"""Is what a source says of a vacancy read, and what it doesn't say left unknown?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ligandkb.catalogue.catalogue import read_catalogue
from ligandkb.missing import Missing

DATA = Path(__file__).resolve().parents[2] / "data"


def test_shipped_sites():
    # doi 10.1021/jacs.8b11035, Figure 1 and Figure 2
    sites = {str(site.composition): site for site in read_catalogue([DATA], []).sites}
    assert all(isinstance(site.kr_over_knr_trap, Missing) for site in sites.values())  # a lab's own only
    assert [sites[name].trap_depth for name in ("CsPbI3", "CsPbBr3", "CsPbCl3")] == [
        "shallow",
        "shallow",
        "deep",
    ]
    assert isinstance(sites["CsPbBr1.5Cl1.5"].trap_depth, Missing)


def test_a_composition_is_enough(shipped, lab):
    problems = []
    catalogue = read_catalogue([shipped, lab(sites="composition\nFAPbBr3\n")], problems)
    assert problems == []
    (site,) = [site for site in catalogue.sites if str(site.composition) == "FAPbBr3"]
    assert all(
        isinstance(value, Missing) for value in (site.kr_over_knr_trap, site.trap_depth, site.trap_character)
    )
    assert site.source is None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("CsPbBr4,,", "add up to 4"),
        ("CsPbBr3,-1,", "-1"),
        ("CsPbBr3,many,", "many"),
        ("CsPbBr3,,bottomless", "bottomless"),
    ],
)
def test_problems(shipped, lab, row, says):
    problems = []
    read_catalogue([shipped, lab(sites=f"composition,kr_over_knr_trap,trap_depth\n{row}\n")], problems)
    (problem,) = problems
    assert problem.line == 2
    assert says in problem.what


def test_the_same_crystal_twice(shipped, lab):
    problems = []
    read_catalogue([shipped, lab(sites="composition\nCsPbBr1.5Cl1.5\nCsPb(Cl0.5Br0.5)3\n")], problems)
    assert [problem.line for problem in problems] == [3]
