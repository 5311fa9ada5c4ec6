import pytest

from ligandkb.catalogue.supplier_links import link_products
from ligandkb.catalogue.supplier_table import read_supplier_table


@pytest.fixture
def link(kb, tmp_path):
    """Link one row of name, CAS number, SMILES and purity."""

    def link(name="", cas="", smiles="", purity=""):
        path = tmp_path / "quote.csv"
        path.write_text(f'name,cas,smiles,purity\n"{name}",{cas},{smiles},{purity}\n')
        return link_products(read_supplier_table(path), kb.catalogue)

    return link


@pytest.mark.parametrize(
    ("row", "product"),
    [
        ({"cas": "112-80-1"}, "oleic-acid"),
        ({"name": "Oleic Acid"}, "oleic-acid"),
        ({"name": "Oleic acid, technical grade", "cas": "112-80-1"}, "oleic-acid"),
        ({"name": "oleic acid", "cas": "112-80-1"}, "oleic-acid"),
        ({"name": "anything", "smiles": "OC(=O)c1ccccc1"}, "benzoic-acid"),
        (
            {"name": "oleic acid", "smiles": "CCCCCCCCC=CCCCCCCCC(=O)O"},
            "oleic-acid",
        ),  # its stereochemistry left out
        ({"name": "ammonia, solution", "cas": "112-80-1", "purity": "50 wt% in toluene"}, "oleic-acid"),
    ],
)
def test_a_row_means_the_product_whose_number_name_or_structure_it_has(link, row, product):
    linked = link(**row)
    assert not linked.set_aside
    assert [offer.product_id for offer in linked.offers] == [product] == [one.id for one in linked.known]
    assert not linked.new


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"name": "Superligand"}, "2:1: the catalogue has no product called 'Superligand': add a column smiles"),
        ({"name": "Oleic acid, extra"}, "no product called"),
        ({"cas": "57-24-9"}, "FATAL by what lists say of this number, and vetoed: H300 fatal if swallowed"),
        ({"cas": "13424-46-9"}, "EXPLOSIVE by what lists say of this number: H200"),
        ({"name": "oleic acid", "cas": "112-90-3"}, "'oleic acid' is oleic acid in the catalogue, and CAS 112-90-3 oleylamine"),
        ({"name": "oleic acid", "cas": "57-24-9"}, "oleic acid has CAS 112-80-1 in the catalogue, not 57-24-9"),
        ({"name": "TBP"}, "'TBP' is short for 4-tert-butylpyridine, tributyl phosphate or tributylphosphine"),
        ({"name": "copper(II) chloride dihydrate", "cas": "112-80-1"}, "a hydrate, and oleic acid is drawn without water"),
        ({"name": "Oleylamine hydrochloride", "cas": "112-90-3"}, "a salt, and oleylamine is drawn without its ions"),
        ({"name": "Potassium oleate", "cas": "112-80-1"}, "a salt, and oleic acid is drawn without its ions"),
        ({"name": "Oleylamine, 1 M in toluene", "cas": "112-90-3"}, "a solution of unknown content"),
        ({"name": "oleic acid", "smiles": "CC(=O)O"}, "'oleic acid' is oleic acid in the catalogue, and this SMILES is another"),
        ({"name": "x", "cas": "112-80-1", "smiles": "CC(=O)O"}, "CAS 112-80-1 is oleic acid in the catalogue, and this SMILES"),
        ({"name": "oleic acid", "smiles": "CCCCCCCC/C=C/CCCCCCCC(=O)O"}, "this SMILES is another structure"),  # elaidic acid
        ({"name": "o-toluidine", "cas": "57-24-9", "smiles": "Nc1ccccc1C"}, "CAS 57-24-9 is another structure than this SMILES"),
        ({"smiles": "CCCCCCCCCCCCP"}, "this structure has no name"),
        ({"name": "x", "smiles": "CC(=O"}, "2:10: not a SMILES"),
        ({"name": "SCN", "smiles": "CCCCCCCCCCCCP"}, "is the SMILES of another structure than this row's"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_or_is_unknown_is_set_aside(link, row, said):
    linked = link(**row)
    assert not linked.offers and not linked.new
    assert linked.rows_set_aside == 1
    (problem,) = linked.set_aside
    assert said in str(problem)


def test_a_structure_that_the_catalogue_lacks_becomes_a_row_of_the_lab(link):
    linked = link("copper(II) chloride dihydrate", "", "O.O.[Cu+2].[Cl-].[Cl-]")
    (product,) = linked.new
    assert (product.id, product.smiles) == ("copper-ii-chloride-dihydrate", "O.O.[Cu+2].[Cl-].[Cl-]")
    assert [offer.product_id for offer in linked.offers] == [product.id]


def test_a_cas_number_of_a_new_structure_is_confirmed_by_the_lists_or_stays_unverified(link):
    (product,) = link("strychnine", "57-24-9", "C1CN2CC3=CCOC4CC(=O)N5C6C4C3CC2C61C7=CC=CC=C75").new
    assert product.cas_source.startswith("chemicals")
    # A number made up for this test: its check digit is right, and no list here has it.
    (product,) = link("dodecylphosphine", "1234-56-6", "CCCCCCCCCCCCP").new
    assert (product.cas, product.cas_source) == ("1234-56-6", "")


def test_every_shipped_product_is_found_by_its_own_name_number_and_structure(kb, tmp_path):
    path = tmp_path / "all.csv"
    lines = [f'"{one.name}",{one.cas},"{one.smiles}"' for one in kb.catalogue.products]
    path.write_text("\n".join(["name,cas,smiles", *lines]) + "\n")
    linked = link_products(read_supplier_table(path), kb.catalogue)
    assert not linked.set_aside and not linked.new
    assert [offer.product_id for offer in linked.offers] == [one.id for one in kb.catalogue.products]


def test_a_name_that_the_catalogue_does_not_know_is_kept_with_the_offer(link):
    (offer,) = link("Hexanoic acid, techn.", "112-80-1").offers
    assert offer.note == "sold as Hexanoic acid, techn."
    (offer,) = link("OLEIC ACID", "112-80-1").offers
    assert offer.note == ""
