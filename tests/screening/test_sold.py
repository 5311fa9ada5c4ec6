import pytest

from ligandkb.catalogue.products import product_from_smiles
from ligandkb.screening.sold import SALT_FORMERS, is_counter_ion, sold_as


def counter_ions(kb, smiles):
    return {
        item.pair.form.form.smiles
        for item in kb.assess_all(smiles)
        if is_counter_ion(item.pair, kb.catalogue)
    }


@pytest.mark.parametrize(
    ("smiles", "anion"),
    [
        ("OC(=O)C(F)(F)F.NCc1ncccn1", "O=C([O-])C(F)(F)F"),
        ("Cl.NCc1ncccn1", "[Cl-]"),
        ("[Cl-].[NH3+]Cc1cccc(C#N)c1", "[Cl-]"),
        ("OC=O.CN1CCNCC1", "O=C[O-]"),
        ("OC(=O)C(O)=O.C1NCC11CCOC1", "O=C([O-])C(=O)O"),
        ("Cl.NCCCC(=O)O", "[Cl-]"),
        ("[Br-].CCCC[N+](CCCC)(CCCC)CCCC(=O)O", "[Br-]"),
        ("OC(=O)CCC(O)=O.COCCc1ccc(OCC(O)CNC(C)C)cc1", "O=C([O-])CCC(=O)O"),
    ],
)
def test_the_acid_of_a_base_is_no_offer_of_its_anion(kb, smiles, anion):
    assert anion in counter_ions(kb, smiles)


@pytest.mark.parametrize(
    "smiles",
    [
        "OC(=O)C(F)(F)F",
        "[Na+].[O-]C(=O)C(F)(F)F",
        "[K+].[Br-]",
        "Br[Zn]Br",
        "[Br-].CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC",
        "[Br-].CCCCCCCCCC[N+](C)(C)CCCCCCCCCC",
        "[Br-].CCCCCCCC[NH3+]",
        "C1CCCCC1[NH2+]C1CCCCC1.CC(C)(C)OC(=O)NCC(=O)[O-]",
        "OC(=O)CCC(=O)O.O",
        "NCCCC(=O)O",
    ],
)
def test_acids_and_salts_that_are_bought_for_their_anion_stay_offers(kb, smiles):
    assert counter_ions(kb, smiles) == set()


def test_the_base_itself_stays_an_offer(kb):
    forms = {item.pair.form.form.smiles for item in kb.assess_all("Cl.NCc1ccncc1")}
    assert forms - counter_ions(kb, "Cl.NCc1ccncc1") == {"[NH3+]Cc1ccncc1"}


@pytest.mark.parametrize("acid", SALT_FORMERS)
def test_every_acid_that_makes_salts_has_an_anion(acid):
    assert product_from_smiles(SALT_FORMERS[acid]).forms


def test_what_is_sold_as_something_else_is_named(kb):
    assert sold_as(kb.find("toluene").product) == "solvent"
    assert sold_as(kb.find("oleic acid").product) is None
    assert sold_as(product_from_smiles("CCO.CC(=O)O")) == "mixture"
    assert sold_as(product_from_smiles("[Na+].CC(=O)[O-].CC(=O)O")) == "mixture"
    assert sold_as(product_from_smiles("O.[Na+].CC(=O)[O-]")) is None
    assert sold_as(product_from_smiles("[Cs+].Br[Pb]Br.[Br-]")) is None
