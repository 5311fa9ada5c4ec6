"""Does ruling groups out by their atoms lose no member?"""

from __future__ import annotations

from ligandkb.catalogue.hazard_groups import GroupSearch, read_groups
from ligandkb.chemistry.structure import canonical
from ligandkb.resources import data_directory

ACIDS = [
    "OC(=O)c1ccc(N)cc1",
    "NN.OC=O",
    "[NH3+]CC(=O)[O-]",
    "O=C(O)c1ccc(C#N)cc1",
    "[2H]OC(=O)C[Se]C",
    "[Cd]",
]


def test_no_member_of_a_group_is_lost():
    groups = read_groups(data_directory() / "hazards" / "eu_groups.csv")
    search = GroupSearch(groups)
    examples = [smiles for group in groups for smiles in (*group.members, *group.non_members) if smiles]
    for smiles in map(canonical, [*examples, *ACIDS]):
        assert search.of(smiles) == [group for group in groups if group.has(smiles)], smiles
