import pytest

import ligandkb as lk
from ligandkb.catalogue.offers import COLUMNS, Offer, read_offers, standing_offers
from ligandkb.catalogue.packs import read_pack


def read(tmp_path, *lines):
    path = tmp_path / "offers.csv"
    path.write_text("\n".join((",".join(COLUMNS), *lines)) + "\n")
    problems = []
    return read_offers(path, {"oleic-acid", "oleylamine"}, problems), [str(one) for one in problems]


def test_an_offer_is_read_whole(tmp_path):
    (offer,), problems = read(
        tmp_path, "oleic-acid,Supplier AG,O1008,100 mL,45.5,EUR,2026-04-03,90 %,yes,ask twice"
    )
    assert not problems
    assert (offer.product_id, offer.supplier, offer.catalogue_number) == (
        "oleic-acid",
        "Supplier AG",
        "O1008",
    )
    assert (offer.pack.volume_ml, offer.price_text) == (100.0, "45.50 EUR (2026-04-03)")
    assert (offer.purity, offer.in_stock, offer.note) == ("90 %", True, "ask twice")
    assert offer.origin == f"{tmp_path / 'offers.csv'}:2"


@pytest.mark.parametrize("price", ["0", "0.00", "-0"])
def test_nothing_is_sold_for_nothing(tmp_path, price):
    """It stood as 0.00 on the order sheet, and as the cheapest of all it was chosen."""
    offers, (problem,) = read(tmp_path, f"oleic-acid,Supplier AG,O1008,100 mL,{price},EUR,,,,")
    assert not offers
    assert problem == (
        f"{tmp_path / 'offers.csv'}:2:37: '{price}': nothing is sold for nothing: leave the cell blank where no price "
        "is known"
    )


def test_what_is_unknown_stays_unknown(tmp_path):
    (offer,), problems = read(tmp_path, "oleic-acid,,,,,,,,,")
    assert not problems
    assert offer == Offer("oleic-acid", origin=offer.origin)
    assert (offer.price, offer.in_stock, bool(offer.pack), offer.price_text) == (None, None, False, "")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("oleic-acd,,,,,,,,,", "2:1: there is no product 'oleic-acd': did you mean 'oleic-acid'?"),
        ("oleic-acid,,,,45,,,,,", "2:18: the price has no currency: write it like EUR or USD"),
        ("oleic-acid,,,,45,€,,,,", "2:18: '€' is no code of a currency"),
        ("oleic-acid,,,,-1,EUR,,,,", "2:15: '-1' is below 0"),
        ("oleic-acid,,,,,,03/04/2026,,,", "2:17: '03/04/2026' is no date: write it like 2026-04-03"),
        ("oleic-acid,,,,,,,98,,", "2:18: '98' is a number without a percentage"),
        (
            "oleic-acid,,,,,,,with 10 % octadecene,,",
            "2:18: 'with 10 % octadecene' says what else is in the bottle, and no content: write the content first, "
            "e.g. '97 %, with 10 % octadecene', or leave the cell blank where it isn't known",
        ),
        ("oleic-acid,,,,,,,,maybe,", "2:19: 'maybe' is not a value of 'in_stock'"),
        (",Supplier,,,,,,,,", "2:1: the cell 'product_id' is blank"),
    ],
)
def test_what_can_t_be_read_is_said_with_its_place(tmp_path, row, said):
    offers, problems = read(tmp_path, row)
    assert not offers
    assert len(problems) == 1 and said in problems[0]


def test_the_newest_price_of_an_article_stands_and_another_pack_is_another_article():
    def offer(pack, price, date):
        return Offer("oleic-acid", "S", "O1", read_pack(pack), price, "EUR", date)

    rows = [
        offer("5 g", 40, "2026-04-03"),
        offer("5G", 30, "2025-01-01"),
        offer("25 g", 90, ""),
        offer("25 g", 95, ""),
    ]
    assert [(one.pack.mass_g, one.price) for one in standing_offers(rows)] == [(5, 40), (25, 95)]


def test_a_lab_s_offers_are_in_the_catalogue_and_the_shipped_one_has_none(kb, tmp_path):
    assert kb.catalogue.offers == ()
    (tmp_path / "offers.csv").write_text("product_id,supplier\noleic-acid,Supplier AG\n")
    assert [offer.supplier for offer in lk.load(tmp_path).catalogue.offers] == ["Supplier AG"]


@pytest.mark.parametrize(
    ("offer", "can"),
    [
        (Offer("a", "Supplier AG"), True),
        (Offer("a", in_stock=True), True),
        (Offer("a", price=5, currency="EUR", in_stock=False), True),
        (Offer("a", in_stock=False), False),
        (Offer("a"), False),
    ],
)
def test_what_a_list_only_says_is_not_there_can_t_be_had(offer, can):
    assert offer.can_be_had is can


@pytest.mark.parametrize(
    ("text", "mass_g", "volume_ml"),
    [
        ("5 g", 5, None), ("5G", 5, None), ("0,5 kg", 500, None), ("250 mg", 0.25, None), ("100 ML", None, 100),
        ("2.5L", None, 2500), ("6 x 5 g", 30, None), ("1,000 g", None, None), ("5 mmol", None, None),
        ("1 EA", None, None), ("0 g", None, None), ("", None, None), ("500 μL", None, 0.5),
    ],
)  # fmt: skip
def test_packs(text, mass_g, volume_ml):
    pack = read_pack(text)
    assert pack.mass_g == pytest.approx(mass_g)
    assert pack.volume_ml == pytest.approx(volume_ml)
    assert str(pack) == text
