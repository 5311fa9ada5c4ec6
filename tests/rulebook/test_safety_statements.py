"""Each statement on safety, through explain, on a SMILES that isn't in the catalogue."""

from __future__ import annotations

import json

import pytest

# (what, SMILES, tags or vetoes that must be there, tags that must not)
STATEMENTS = [
    ("explosive azide", "[K+].[N-]=[N+]=[N-]", {"explosive"}, set()),
    ("explosive fulminate", "[Ag+].[C-]#[N+][O-]", {"explosive"}, set()),
    ("explosive dinitrophenol", "Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]", {"explosive"}, set()),
    (
        "explosive styphnate",
        "[O-]c1c([N+](=O)[O-])cc([N+](=O)[O-])c([O-])c1[N+](=O)[O-].[Pb+2]",
        {"explosive", "lead"},
        set(),
    ),
    ("explosive perchlorate", "[Li+].[O-]Cl(=O)(=O)=O", {"explosive"}, set()),
    ("lethal salt", "[K+].[O-]C(=O)CF", {"lethal"}, set()),
    ("lethal ester", "CCOC(=O)CF", {"lethal"}, set()),
    ("lethal amide", "NC(=O)CF", {"lethal"}, set()),
    ("lethal even omega-fluoro acid", "OC(=O)CCCCCF", {"lethal"}, set()),
    ("odd omega-fluoro acid is not lethal by this rule", "OC(=O)CCF", set(), {"lethal"}),
    ("lethal 2-fluoroethanol", "OCCF", {"lethal"}, set()),
    ("lethal cyanide", "[K+].[C-]#N", {"lethal"}, set()),
    ("lethal enol", "OC(O)=CF", {"lethal"}, set()),
    ("lethal ortho ester", "COC(OC)(OC)CF", {"lethal"}, set()),
    ("lethal phosphine", "P", {"lethal"}, set()),
    ("lethal arsine", "[AsH3]", {"lethal", "arsenic"}, set()),
    ("lethal hydrogen selenide", "[SeH2]", {"lethal"}, set()),
    ("lethal carbon monoxide", "[C-]#[O+]", {"lethal"}, set()),
    ("lethal organolead is lead, too", "CC[Pb](CC)(CC)CC", {"lethal", "lead", "reproductive-toxin"}, set()),
    ("explosive whichever way nitro is drawn", "Oc1ccc(N(=O)=O)cc1N(=O)=O", {"explosive"}, set()),
    ("explosive once the ester is off", "CC(=O)Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]", {"explosive"}, set()),
    ("corrosive strong acid", "CCCCS(=O)(=O)O", {"corrosive"}, set()),
    (
        "trialkylphosphines are not pyrophoric by structure",
        "CCCCCCCCCCP(CCCCCCCCCC)CCCCCCCCCC",
        set(),
        {"pyrophoric"},
    ),
    ("HF from fluoride and acid", "CC(=O)O.[Na+].[F-]", {"releases-hf"}, set()),
    ("HCN from cyanide and acid", "CC(=O)O.[Na+].[C-]#N", {"releases-hcn", "lethal"}, set()),
    ("H2S from sulfide and acid", "CC(=O)O.[Na+].[Na+].[S-2]", {"releases-h2s"}, set()),
    ("CS2 from xanthate and acid", "CC(=O)O.[K+].CCCOC(=S)[S-]", {"releases-cs2"}, set()),
    ("lead", "[Pb+2].CCC(=O)[O-].CCC(=O)[O-]", {"lead", "reproductive-toxin"}, set()),
    ("cadmium", "[Cd+2].CCC(=O)[O-].CCC(=O)[O-]", {"cadmium"}, set()),
    ("stench", "CCCCCCCS", {"stench"}, set()),
    ("PFAS: a perfluorinated carbon", "OC(=O)C(F)(F)CCCCC", {"pfas"}, set()),
    ("no PFAS: CHF2", "OC(=O)CC(F)F", set(), {"pfas"}),
    ("no PFAS: CH2F", "OC(=O)CCF", set(), {"pfas"}),
    ("no PFAS: BF4-", "[K+].F[B-](F)(F)F", set(), {"pfas"}),
    ("no PFAS: PF6-", "[K+].F[P-](F)(F)(F)(F)F", set(), {"pfas"}),
    ("sulfide towards PbS", "[K+].[K+].[S-2]", {"forms-pbs"}, set()),
    ("xanthate towards PbS", "[Na+].CCCCOC(=S)[S-]", {"forms-pbs"}, set()),
    ("dithiocarbamate towards PbS", "[Na+].CCCN(CCC)C(=S)[S-]", {"forms-pbs"}, set()),
    ("over-dosing", "CCCCCCCCCCCCCCC[N+](C)(C)C.[Br-]", {"over-dosing"}, {"anion-exchange"}),
    ("anion exchange", "CCCCCCCCCCCCCC[N+](C)(C)C.[I-]", {"anion-exchange"}, set()),
    ("unneutralised strong acid", "CCCCS(=O)(=O)O", {"strong-acid"}, set()),
    ("redox-active quinone", "OC(=O)c1ccc2C(=O)c3ccccc3C(=O)c2c1", {"quenches"}, set()),
    ("solubility of an inorganic salt", "[Rb+].[Rb+].[O-]C([O-])=O", {"insoluble"}, set()),
]


@pytest.fixture(scope="module")
def assessed(kb):
    return {smiles: kb.assess(smiles) for _, smiles, _, _ in STATEMENTS}


@pytest.mark.parametrize(
    ("what", "smiles", "present", "absent"), STATEMENTS, ids=[row[0] for row in STATEMENTS]
)
def test_statement_holds_for_an_unseen_structure(kb, assessed, what, smiles, present, absent):
    assert not kb.find(smiles).in_catalogue, (
        "the statement is to be shown on a structure that nobody has seen"
    )
    safety = assessed[smiles].safety
    said = set(safety.tags) | set(safety.vetoes)
    assert present <= said
    assert not absent & said


@pytest.mark.parametrize("row", STATEMENTS[::8], ids=[row[0] for row in STATEMENTS[::8]])
def test_explain_prints_the_same(run, assessed, row):
    told = json.loads(run("explain", row[1], "--no-compute", "--format", "json").out)
    assert tuple(told["safety"]["tags"]) == assessed[row[1]].safety.tags


def test_pyrophoric_is_not_assessed_rather_than_denied(assessed):
    phosphine = assessed["CCCCCCCCCCP(CCCCCCCCCC)CCCCCCCCCC"].safety
    assert any("label not read" in line and "pyrophoric" in line for line in phosphine.not_assessed)


@pytest.mark.parametrize(
    "gas", ["P", "[AsH3]", "[SbH3]", "S", "[SeH2]", "[C-]#[O+]", "O=S=O", "N", "B", "FF", "ClCl"]
)
def test_no_gas_or_simple_hydride_is_recommended(kb, gas):
    assert kb.assess(gas).verdict != "recommended"


@pytest.mark.parametrize("alias", ["OC(=O)CF", "FCC(=O)O", "P", "[N-]=[N+]=[N-].[Na+]"])
def test_a_lab_s_row_can_not_take_the_name_of_a_structure(tmp_path, alias):
    import ligandkb as lk

    text = f"name,smiles,aliases\nharmless acid,CCCCCC(=O)O,{alias}\n"
    (tmp_path / "ligands.csv").write_text(text, encoding="utf-8")
    with pytest.raises(lk.InputError, match=r"ligands\.csv:2:27: .*another structure"):
        lk.load(data=[tmp_path])


def test_a_rule_folder_of_a_lab_can_not_take_safety_away(tmp_path):
    import ligandkb as lk

    (tmp_path / "mine.yaml").write_text("[]\n", encoding="utf-8")
    assert lk.load(rules=[tmp_path]).assess("OC(=O)CF").verdict == "vetoed"


def test_a_lab_rule_with_a_safety_rule_s_id_is_refused(tmp_path):
    import ligandkb as lk

    rule = """
- id: safety-azide
  title: Nothing to see
  rationale: none
  citation: {doi: 10.1021/jacs.8b11035, locator: none}
  when: contains_azide
  effect: {weight: weak}
  explain: nothing
  examples: {fires: [], silent: [oleate]}
"""
    (tmp_path / "mine.yaml").write_text(rule, encoding="utf-8")
    with pytest.raises(lk.InputError, match="safety-azide"):
        lk.load(rules=[tmp_path])


@pytest.mark.parametrize(
    "smiles",
    [
        "NN.O",
        "NN.Cl",
        "[NH3+]N.[Cl-]",
        "Sc1ccccc1.O",
        "[Na+].[S-]c1ccccc1",
        "C=CC=O.O",
        "ClP(Cl)Cl.Cc1ccccc1",
    ],
)
def test_a_hydrate_a_solution_or_a_salt_is_as_fatal_as_what_is_in_it(kb, smiles):
    assert kb.assess(smiles).safety.vetoes == ("lethal",)


@pytest.mark.parametrize(
    "smiles", ["[Cs+].[F-]", "[Na+].[Na+].[S-2]", "[NH4+].[Cl-]", "C[NH3+].[Br-]", "[Na+].[O-]C(=O)CCl"]
)
def test_a_salt_is_not_the_gas_that_it_could_come_from(kb, smiles):
    assert kb.assess(smiles).safety.vetoes == ()
