"""Is what laboratories call their bottles found, and what could be several chemicals asked about?"""

from __future__ import annotations

import csv
import re

import pytest

from ligandkb.catalogue.abbreviations import FILE, Abbreviation, Abbreviations, is_ion_of, with_abbreviations
from ligandkb.catalogue.ambiguity import structure_of
from ligandkb.catalogue.catalogue import read_catalogue
from ligandkb.catalogue.finding import find, find_partner
from ligandkb.catalogue.names import spelling
from ligandkb.problems import LigandkbError, NotFoundError, UsageError
from ligandkb.resources import data_directory

ROWS = list(csv.DictReader((data_directory() / FILE).open(encoding="utf-8", newline="")))

OF_PRODUCTS = """
OA oleic-acid | OLA oleylamine | oam oleylamine | OLAm oleylamine | ODE 1-octadecene | THF tetrahydrofuran
TOP trioctylphosphine | TOPO trioctylphosphine-oxide | TOPS trioctylphosphine-sulfide | TBPO tributylphosphine-oxide
TPPO triphenylphosphine-oxide | PPh3 triphenylphosphine | PBu3 tributylphosphine | tBP 4-tert-butylpyridine
DMAP 4-dimethylaminopyridine | bpy 2-2-bipyridine | dppe 1-2-bis-diphenylphosphino-ethane | DMSO dimethyl-sulfoxide
HPA hexylphosphonic-acid | OPA octylphosphonic-acid | DDPA dodecylphosphonic-acid | TDPA tetradecylphosphonic-acid
ODPA octadecylphosphonic-acid | D2EHPA bis-2-ethylhexyl-hydrogen-phosphate | TMPPA bis-2-4-4-trimethylpentyl-phosphinic-acid
DFA difluoroacetic-acid | TFA trifluoroacetic-acid | DCA dichloroacetic-acid | TCA trichloroacetic-acid
PFPA pentafluoropropionic-acid | HFBA heptafluorobutyric-acid | PFOA perfluorooctanoic-acid | FAH formic-acid
MsOH methanesulfonic-acid | TfOH trifluoromethanesulfonic-acid | PTSA p-toluenesulfonic-acid-monohydrate
DBSA 4-dodecylbenzenesulfonic-acid | SDS sodium-dodecyl-sulfate | AOT docusate-sodium | SPTS sodium-p-toluenesulfonate
DDT 1-dodecanethiol | 3-MPA 3-mercaptopropionic-acid | DMSA meso-2-3-dimercaptosuccinic-acid | AET cysteamine
MPTMS 3-mercaptopropyl-trimethoxysilane | APTES 3-aminopropyltriethoxysilane | TEA triethylamine | PEA phenethylamine
HDA hexadecylamine | ODA octadecylamine | DOA dioctylamine | DDAm dodecylamine | THT tetrahydrothiophene
DDAB didodecyldimethylammonium-bromide | DODAB dimethyldioctadecylammonium-bromide | CTAB cetyltrimethylammonium-bromide
CTAC cetyltrimethylammonium-chloride | DTAB dodecyltrimethylammonium-bromide | TTAB tetradecyltrimethylammonium-bromide
OTAB octadecyltrimethylammonium-bromide | TOAB tetraoctylammonium-bromide | TBAB tetrabutylammonium-bromide
TBAI tetrabutylammonium-iodide | TBACl tetrabutylammonium-chloride | TBAF tetrabutylammonium-fluoride
TBABF4 tetrabutylammonium-tetrafluoroborate | TBAPF6 tetrabutylammonium-hexafluorophosphate | TEAB tetraethylammonium-bromide
TBAOAc tetrabutylammonium-acetate | TBPBr tetrabutylphosphonium-bromide | PPh4Br tetraphenylphosphonium-bromide
MABr methylammonium-bromide | MACl methylammonium-chloride | MAI methylammonium-iodide | FABr formamidinium-bromide
FAI formamidinium-iodide | FAAc formamidinium-acetate | GABr guanidinium-bromide | GAI guanidinium-iodide
GdmCl guanidinium-chloride | GuHCl guanidinium-chloride | GASCN guanidinium-thiocyanate | EABr ethylammonium-bromide
PEABr phenethylammonium-bromide | peai phenethylammonium-iodide | PEACl phenethylammonium-chloride
4F-PEABr 4-fluorophenethylammonium-bromide | FPEABr 4-fluorophenethylammonium-bromide | BZABr benzylammonium-bromide
n-BABr butylammonium-bromide | n-BuNH3I butylammonium-iodide | BnNH3Br benzylammonium-bromide | HABr hexylammonium-bromide
OLABr oleylammonium-bromide | OAmBr oleylammonium-bromide | OAmF oleylammonium-fluoride | DABr dodecylammonium-bromide
DMAI dimethylammonium-iodide | ThPABr 3-2-thienyl-propylammonium-bromide | TTP-Br trimethyl-tetradecyl-phosphonium-bromide
EMIMBF4 1-ethyl-3-methylimidazolium-tetrafluoroborate | LiTFSI lithium-bis-trifluoromethanesulfonyl-imide
NH4SCN ammonium-thiocyanate | KSCN potassium-thiocyanate | NaSCN sodium-thiocyanate | NH4BF4 ammonium-tetrafluoroborate
SB3-18 octadecyl-sulfobetaine | SB3-12 dodecyl-sulfobetaine | DOPC 1-2-dioleoyl-sn-glycero-3-phosphocholine
BOA 8-bromooctanoic-acid | IDA 2-2-iminodibenzoic-acid | 5-AVA 5-aminovaleric-acid | AVA 5-aminovaleric-acid
Gly glycine | L-Cys l-cysteine | Phe l-phenylalanine | TMG betaine | NaTFA sodium-trifluoroacetate | NaOA sodium-oleate
KEX potassium-ethyl-xanthate | NaDDTC sodium-diethyldithiocarbamate | NSA 2-naphthalenesulfonic-acid
lecithin soy-lecithin | 27176-87-0 4-dodecylbenzenesulfonic-acid | Zn(OAc)2 zinc-acetate | CsOAc caesium-acetate
"""
IN_WORDS = """
oleyl amine = oleylamine | oleylammonium bromide = oleylammonium-bromide | cesium bromide = caesium-bromide
ascorbic acid = l-ascorbic-acid | methanesulphonic acid = methanesulfonic-acid | octyl phosphonic acid = octylphosphonic-acid
dodecane thiol = 1-dodecanethiol | benzene sulphonic acid = benzenesulfonic-acid | phenylethylamine = phenethylamine
dodecylbenzenesulphonic acid = 4-dodecylbenzenesulfonic-acid
"""
OUTSIDE = {
    "OLAI": "oleylammonium iodide",
    "OAmI": "oleylammonium iodide",
    "oleylammonium iodide": "oleylammonium iodide",
    "DDAI": "didodecyldimethylammonium iodide",
    "PEAF": "phenethylammonium fluoride",
    "EDA": "ethylenediamine",
    "HBr": "hydrogen bromide",
    "FACl": "formamidinium chloride",
    "PPABr": "3-phenylpropylammonium bromide",
    "APTMS": "3-aminopropyltrimethoxysilane",
    "CsOA": "caesium oleate",
    "OLPA": "oleylphosphonic acid",
}
ASKED = {
    "MSA": ["methanesulfonic acid", "mercaptosuccinic acid"],
    "TBP": ["tributylphosphine", "tributyl phosphate", "4-tert-butylpyridine"],
    "tbp": ["tributylphosphine", "tributyl phosphate", "4-tert-butylpyridine"],
    "PFBA": ["pentafluorobenzoic acid", "heptafluorobutyric acid"],
    "DPPA": ["3,3-diphenylpropylamine", "diphenylphosphinic acid", "diphenylphosphoryl azide"],
    "VPA": ["vinylphosphonic acid", "valproic acid"],
    "BABr": ["butylammonium bromide", "benzylammonium bromide"],
    "BAI": ["butylammonium iodide", "benzylammonium iodide"],
    "OABr": ["octylammonium bromide", "oleylammonium bromide"],
    "OAI": ["octylammonium iodide", "oleylammonium iodide"],
    "DDAC": ["didodecyldimethylammonium chloride", "didecyldimethylammonium chloride"],
    "TPP": ["triphenylphosphine", "tetraphenylporphyrin"],
    "BZA": ["benzylamine", "benzoic acid"],
    "BA": ["benzoic acid", "butylamine", "benzylamine"],
    "MA": ["myristic acid", "methacrylic acid", "the ion methylammonium"],
    "DDA": ["dodecylamine", "lauric acid", "the ion didodecyldimethylammonium"],
    "4-MBA": ["4-mercaptobenzoic acid", "4-methylbenzoic acid"],
    "DA": ["decylamine", "decanoic acid", "2-hexyldecanoic acid"],
    "EA": ["ethyl acetate", "the ion ethylammonium"],
    "DPPE": ["1,2-bis(diphenylphosphino)ethane", "glycero-3-phosphoethanolamine"],
}
PARTNERS = """
OLA oleylammonium | OLA+ oleylammonium | OAm oleylammonium | DDA+ didodecyldimethylammonium | PEA phenethylammonium
PEA+ phenethylammonium | FA formamidinium | FA+ formamidinium | MA methylammonium | GA guanidinium | Gdm+ guanidinium
Cs caesium | Pb lead | Na sodium | TBA tetrabutylammonium | TOA tetraoctylammonium | CTA cetyltrimethylammonium
EMIM 1-ethyl-3-methylimidazolium | DDAB didodecyldimethylammonium | BZA benzylammonium | EA ethylammonium
DMA dimethylammonium | IM imidazolium | FPEA 4-fluorophenethylammonium | HA hexylammonium | cesium caesium
"""


def table(text: str) -> list[tuple[str, str]]:
    return [
        tuple(re.split(r" = | (?=\S+$)", cell.strip(), maxsplit=1))
        for cell in re.split(r"[|\n]", text.strip())
    ]


@pytest.mark.parametrize(("text", "product"), table(OF_PRODUCTS) + table(IN_WORDS))
def test_what_laboratories_write_is_found(kb, text, product):
    found = kb.find(text)
    assert (found.product.id, found.in_catalogue) == (product, True)


@pytest.mark.parametrize("text", sorted(OUTSIDE))
def test_an_abbreviation_of_what_is_in_no_row_says_where_the_structure_is_from(kb, text):
    found = kb.find(text)
    assert (found.product.name, found.in_catalogue) == (OUTSIDE[text], False)
    assert "is not in the catalogue: its structure is drawn from its name" in found.read_as


@pytest.mark.parametrize("text", sorted(ASKED))
def test_what_is_short_for_several_chemicals_is_asked_about(kb, text):
    with pytest.raises(
        UsageError, match=f"'{text}' is short for .* or .*: write the name or the SMILES"
    ) as caught:
        kb.find(text)
    assert all(name in str(caught.value) for name in ASKED[text])


@pytest.mark.parametrize(("text", "partner"), table(PARTNERS))
def test_partners_are_found_by_what_laboratories_write(kb, text, partner):
    assert find_partner(kb.catalogue, text, ()) == partner


@pytest.mark.parametrize(
    ("text", "partners"), [("BA", "benzylammonium or butylammonium"), ("DDA", "dodecylammonium")]
)
def test_an_abbreviation_of_several_partners_is_asked_about(kb, text, partners):
    with pytest.raises(UsageError, match=f"'{text}' could be .*{partners}.*: write one of these"):
        find_partner(kb.catalogue, text, ())


@pytest.mark.parametrize("text", ["FA", "Cs", "Na", "TBA", "OLA+", "DEA"])
def test_an_abbreviation_of_a_partner_alone_says_so(kb, text):
    with pytest.raises(NotFoundError, match="is a partner, an ion that comes along with a ligand"):
        kb.find(text)


def test_what_an_abbreviation_means_elsewhere_is_remarked(kb):
    assert "elsewhere the insecticide chlorophenothane" in kb.find("DDT").read_as
    assert "OLA is octylamine" in kb.find("OLA").read_as
    assert kb.find("1-dodecanethiol").read_as is None


def test_another_number_says_what_it_means(kb):
    match = kb.find("27176-87-0")
    assert match.product.cas == "121-65-3"
    assert "is another CAS number of 4-dodecylbenzenesulfonic acid, beside 121-65-3" in match.read_as
    assert "27176-87-0 is the number of that mixture" in match.read_as
    assert "H315" in kb.catalogue.hazards.label(match.product).statements


def test_forms_of_what_is_in_no_row_have_the_names_that_rows_give_them(kb):
    assert [form.name for form in kb.find("OLAI").product.forms] == ["iodide"]


def test_capitals_tell_apart_what_they_can(kb):
    assert kb.find("tBP").product.id == "4-tert-butylpyridine"
    assert kb.find("NA").product.id == "nicotinic-acid"
    with pytest.raises(NotFoundError, match="sodium is a partner"):
        kb.find("Na")


def test_a_structure_goes_before_an_abbreviation_and_says_so(kb):
    """CPC is cetylpyridinium chloride in a bottle, and dimethylphosphine as a SMILES."""
    match = kb.find("CPC")
    assert match.product.smiles == "CPC"
    assert match.read_as == "'CPC' was read as SMILES, not as short for cetylpyridinium chloride"


def test_a_lab_s_own_name_goes_before_every_abbreviation(shipped, lab):
    problems = []
    own = lab(ligands="id,name,smiles,aliases\nmine,my amine,CCCCCCCCN,OLA|TBP\n")
    catalogue = read_catalogue([data_directory(), own], problems)
    assert problems == []
    assert {find(catalogue, text).product.id for text in ("OLA", "ola", "TBP")} == {"mine"}
    assert find(catalogue, "OAm").product.id == "oleylamine"


def test_another_structure_under_a_shipped_identifier_inherits_no_abbreviation(lab):
    own = lab(ligands="id,name,smiles\noleic-acid,elaidic acid,CCCCCCCC/C=C/CCCCCCCC(=O)O\n")
    catalogue = read_catalogue([data_directory(), own], [])
    with pytest.raises(NotFoundError):
        find(catalogue, "OA")


@pytest.mark.parametrize(
    "text", ["", " ", "X" * 100_000, "\x00", "OA\u202eOLA", "=HYPERLINK(1)", "<b>OA</b>", "%s", "{0}", "-1"]
)
def test_hostile_texts_are_no_names(kb, text):
    with pytest.raises(LigandkbError) as caught:
        kb.find(text)
    assert len(str(caught.value)) < 1_000


# ---------------------------------------------------------------- the table


def test_every_row_has_one_meaning_with_a_source(kb):
    known = {product.id for product in kb.catalogue.products} | {
        partner.id for partner in kb.catalogue.partners
    }
    assert ROWS == sorted(
        ROWS, key=lambda row: (row["abbreviation"].casefold(), row["abbreviation"], row["stands_for"])
    )
    assert len({(row["abbreviation"], row["stands_for"]) for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row["abbreviation"] and row["locator"], row
        assert bool(row["smiles"]) != (row["stands_for"] in known), row
        assert not row["smiles"] or structure_of(row["smiles"]), row
        if not row["doi"]:
            assert re.search(r"https?://|^chemicals$|^common usage$|PubMed", row["locator"]), row


def test_one_name_is_one_structure_outside_the_catalogue():
    drawn = {(row["stands_for"], row["smiles"]) for row in ROWS if row["smiles"]}
    assert (
        len(drawn) == len({name for name, _ in drawn}) == len({structure_of(smiles) for _, smiles in drawn})
    )


def test_no_abbreviation_is_a_name_of_something_else(kb):
    bare = read_catalogue([data_directory()], []).abbreviations
    rows = list(csv.DictReader((data_directory() / "ligands.csv").open(encoding="utf-8", newline="")))
    rows += csv.DictReader((data_directory() / "partners.csv").open(encoding="utf-8", newline=""))
    names = {
        spelling(name)
        for row in rows
        for name in (row["id"], row["name"], *row["aliases"].split("|"))
        if name
    }
    assert [row.text for row in bare.rows if spelling(row.text) in names] == []


def test_abbreviations_that_could_mean_several_are_no_aliases(kb):
    given = {spelling(alias): product.id for product in kb.catalogue.products for alias in product.aliases}
    for row in ROWS:
        key = spelling(row["abbreviation"])
        ids = {one["stands_for"] for one in ROWS if spelling(one["abbreviation"]) == key}
        if key in given and len(ids) > 1:
            (made,) = ids - {given[key]}
            (ion,) = (partner for partner in kb.catalogue.partners if partner.id == made)
            assert is_ion_of(ion, next(one for one in kb.catalogue.products if one.id == given[key]))


def test_what_a_lab_calls_its_own_is_left_to_it(kb):
    (acid,) = (product for product in kb.catalogue.products if product.id == "oleic-acid")
    rows = Abbreviations((Abbreviation("OX", "oleic-acid"), Abbreviation("OY", "oleic-acid")))
    (given,) = with_abbreviations([acid], [], rows, ["ox"])
    assert given.aliases == (*acid.aliases, "OY")
