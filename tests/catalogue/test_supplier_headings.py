import pytest

from ligandkb.catalogue.supplier_headings import COLUMNS, OWN, heading_merit, read_headings
from ligandkb.problems import UsageError


@pytest.mark.parametrize(
    ("headings", "columns", "own"),
    [
        ("Product No.|Description|Pack Size|List Price (EUR)", "catalogue_number name pack price", ""),
        (
            "Product Number|Product Name|CAS RN|Purity/Analysis Method|Unit Size|Price",
            "catalogue_number name cas purity pack price",
            "",
        ),
        (
            "Art.-Nr.|Bezeichnung|CAS-Nr.|Packungsgröße|Preis [€]|MwSt",
            "catalogue_number name cas pack price",
            "MwSt",
        ),
        ("Item #|Description|Size|Unit|Price in USD", "catalogue_number name pack pack_unit price", ""),
        ("Catalog ID|Smiles|MW|Price USD", "catalogue_number smiles price", "MW"),
        ("CHEMIKALIE|REINHEIT IN %|HERSTELLER|VORHANDEN", "name purity supplier in_stock", ""),
        ("name|Name of customer|price per g", "name", "Name of customer|price per g"),
        ("Name|Description|Lot", "name", "Description|Lot"),
        ("Supplier|Manufacturer|Name", "supplier name", "Manufacturer"),
        ("Isomeric SMILES|Canonical SMILES|Name", "smiles name", "Canonical SMILES"),
        ("Name|Price (net)|Date of birth", "name", "Price (net)|Date of birth"),
        ("Lot|CID|Dipole|Class|Name", "name", "Lot|CID|Dipole|Class"),
    ],
)
def test_headings_of_suppliers_and_labs(headings, columns, own):
    texts = headings.split("|")
    found = read_headings(texts, {})
    assert set(found.columns) == set(columns.split())
    assert [texts[place] for place in found.own] == (own.split("|") if own else [])
    assert not found.asked


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_known_by_its_own_name(column):
    found = read_headings([column], {})
    assert set(found.columns) == {"purity" if column == "purity_pct" else column}


def test_units_in_headings():
    found = read_headings(["Name", "Preis (CHF)", "Menge pro Packung", "Pack size (mL)", "Purity [%]"], {})
    assert (found.currency, found.pack_unit, found.in_percent) == ("CHF", "ml", True)
    found = read_headings(["Name", "Price ($)", "Pack", "Purity"], {})
    assert (found.currency, found.pack_unit, found.in_percent) == ("", "", False)


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ("Name|Menge", "'Menge' may be"),
        ("Name|QTY", "'QTY' may be"),
        ("Name|Stock", "'Stock' may be whether your lab has it, or the supplier"),
        ("Name|Preis|Price", "'Preis' and 'Price' name the column 'price' twice"),
        ("Name|CAS|cas", "'CAS' and 'cas' name the column 'cas' twice"),
        ("Product|Description", "'Product' and 'Description' name the column 'name' twice"),
    ],
)
def test_what_may_be_two_things_is_asked(headings, said):
    ((_, what, fix),) = read_headings(headings.split("|"), {}).asked
    assert said in what and "--map" in fix


def test_a_mapping_settles_everything():
    texts = ["Menge", "Was", "Name", "Stock"]
    found = read_headings(texts, {"name": "was", OWN: "menge\nStock"})
    assert dict(found.columns) == {"name": 1}
    assert found.own == (0, 2, 3) and not found.asked


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"nmae": "Was"}, "did you mean 'name'"),
        ({"name": "Wass"}, "did you mean 'Was'"),
        ({"name": "Preis"}, "2 columns have this heading"),
        ({"name": "Was", "cas": "was"}, "twice: as name and as cas"),
        ({"name": "!"}, "no column has this heading"),
    ],
)
def test_a_mapping_that_can_t_be_meant_is_refused(mapping, said):
    with pytest.raises(UsageError, match=said):
        read_headings(["Was", "Preis", "preis"], mapping)


def test_a_line_without_name_number_or_structure_is_no_line_of_headings():
    assert heading_merit(["Price", "Pack"], {}) == 0
    assert heading_merit(["x" * 1000, "oleic acid"], {}) == 0
    assert heading_merit(["Was"], {"name": "was"}) == 1
