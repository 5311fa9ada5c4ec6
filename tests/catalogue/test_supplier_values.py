import pytest

from ligandkb.catalogue.supplier_values import UnclearError, read_currency, read_day, read_price, read_yes_no


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("45", (45, "")), ("45.5", (45.5, "")), ("45,50", (45.5, "")), ("45,50 €", (45.5, "EUR")), ("€45.50", (45.5, "EUR")),
        ("EUR 45.50", (45.5, "EUR")), ("45.50 eur", (45.5, "EUR")), ("£ 45", (45, "GBP")), ("US$45.00", (45, "USD")),
        ("CHF 45.-", (45, "CHF")), ("45,-- €", (45, "EUR")), ("Fr. 45.00", (45, "CHF")), ("45,–", (45, "")),
        ("1.234,50", (1234.5, "")), ("1,234.50", (1234.5, "")), ("1 234,50 €", (1234.5, "EUR")), ("1\xa0234.50", (1234.5, "")),
        ("1\u202f234,5", (1234.5, "")), ("1'234.50", (1234.5, "")), ("1’234.50", (1234.5, "")), ("12.345.678", (12345678, "")),
        ("1,234,567.8", (1234567.8, "")), ("1234.5", (1234.5, "")), ("1234,50", (1234.5, "")), ("0,95", (0.95, "")),
        ("on request", (None, "")), ("Preis auf Anfrage", (None, "")), ("POA", (None, "")), ("-", (None, "")), ("n/a", (None, "")),
        ("", (None, "")), ("k.A.", (None, "")),
    ],
)  # fmt: skip
def test_a_price_is_read_in_every_style_that_is_plain(text, price):
    assert read_price(text) == price


@pytest.mark.parametrize(
    "text",
    ["1.234", "1,234", "12,345", "$45", "45 kr", "¥45", "0", "0,00 €", "-45", "+45", "cheap", "45-60", "45 / 60", "45 XYZ", "4.5.6",
     "€ 45 EUR", "45 EUR / 5 g", "=1+1", "1e3", "1,23,45", "½"],
)  # fmt: skip
def test_a_price_that_may_be_two_or_none_is_refused_with_a_fix(text):
    with pytest.raises(UnclearError) as refused:
        read_price(text)
    assert refused.value.what and refused.value.fix


@pytest.mark.parametrize(
    ("text", "decimal", "price"),
    [("1.234", "comma", 1234), ("1.234", "point", 1.234), ("1,234", "comma", 1.234), ("1,234", "point", 1234), ("1.234,5", "comma", 1234.5)],
)  # fmt: skip
def test_what_parts_whole_from_cents_may_be_said(text, decimal, price):
    assert read_price(text, decimal) == (price, "")


def test_a_sign_of_several_currencies_is_settled_by_one_of_them_only():
    assert read_currency("$", "AUD") == "AUD"
    assert read_currency("kr", "SEK") == "SEK"
    for said in ("", "EUR"):
        with pytest.raises(UnclearError, match="sign of several currencies"):
            read_currency("$", said)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-03", "2026-04-03"), ("2026/4/3", "2026-04-03"), ("03.04.2026", "2026-04-03"), ("3.4.2026", "2026-04-03"),
        ("13/04/2026", "2026-04-13"), ("04/13/2026", "2026-04-13"), ("04/04/2026", "2026-04-04"), ("3 April 2026", "2026-04-03"),
        ("3. April 2026", "2026-04-03"), ("3-Apr-2026", "2026-04-03"), ("Apr 3, 2026", "2026-04-03"), ("April 3rd 2026", "2026-04-03"),
        ("1. März 2026", "2026-03-01"), ("24. Dez. 2026", "2026-12-24"), ("2026-04-03 12:30:00", "2026-04-03"), ("", ""), ("-", ""),
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_style_that_is_plain(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026",
        "3-4-2026",
        "3.4.26",
        "26.03.04",
        "31.2.2026",
        "2026-13-01",
        "3 Foo 2026",
        "soon",
        "46115",
        "3.4.1026",
        "Q1 2026",
    ],
)
def test_a_day_that_may_be_two_or_none_is_refused_with_a_fix(text):
    with pytest.raises(UnclearError) as refused:
        read_day(text)
    assert refused.value.what and refused.value.fix


def test_day_or_month_first_may_be_said():
    assert [read_day("03/04/2026", order) for order in ("day-first", "month-first")] == [
        "2026-04-03",
        "2026-03-04",
    ]
    assert read_day("13/04/2026", "month-first") == "2026-04-13"  # no month is the thirteenth


@pytest.mark.parametrize(
    ("text", "has"),
    [("yes", True), ("Ja", True), ("X", True), ("✓", True), ("no", False), ("Nein", False), ("0", False), ("2", True), ("1", True),
     ("2 bottles", True), ("0 g", False), ("5 g", True), ("2,5 L", True), ("", None), ("-", None)],
)  # fmt: skip
def test_have_it(text, has):
    assert read_yes_no(text) is has


@pytest.mark.parametrize("text", ["maybe", "ask Ada", "5 weeks", "empty?"])
def test_what_says_neither_is_refused(text):
    with pytest.raises(UnclearError, match="neither yes nor no"):
        read_yes_no(text)
