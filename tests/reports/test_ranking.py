"""Does a ranking fit the terminal without a word being broken?"""

from __future__ import annotations

import pytest

from ligandkb.reports.ranking import ranking_document
from ligandkb.reports.render import render


@pytest.fixture(scope="module")
def printed(kb):
    made = {}

    def at(width, **options):
        key = tuple(sorted(options.items()))
        if key not in made:
            made[key] = kb.rank("CsPbBr3", **options), ranking_document(kb.ranked("CsPbBr3", **options))
        ranking, document = made[key]
        return ranking, render(document, "table", width)

    return at


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_too_long_and_no_word_is_broken(printed, width):
    ranking, text = printed(width)
    lines = text.splitlines()
    # A structure alone may be longer than a line.
    assert all(len(line) <= width or len(line.split()) == 1 for line in lines)
    words = {word.strip(";,:") for word in text.split()}
    for row in ranking.to_dict("records"):
        assert {row["verdict"], "improved"} <= words
        assert all(tag in words or tag in row["safety"]["vetoes"] for tag in row["safety"]["tags"])


@pytest.mark.parametrize("width", [80, 100, 170, 180, 190, 200, 219, 250])
def test_what_to_buy_is_there_in_full_at_every_width(printed, width):
    ranking, text = printed(width, all_partners=True)
    assert all(len(line) <= width or len(line.split()) == 1 for line in text.splitlines())
    words = set(text.replace("(", " ").replace(";", " ").split())
    for row in ranking.to_dict("records"):
        assert {product for way in row["products"] for product in way} <= words


@pytest.mark.parametrize("width", [80, 180, 219, 260, 300])
def test_every_structure_is_shown_unbroken(printed, width):
    ranking, text = printed(width)
    assert set(ranking["binding_form_smiles"]) <= set(text.replace(";", " ").split())


def test_an_improvement_stated_for_a_family_is_no_plain_improvement(printed):
    ranking, text = printed(170)
    row = ranking[ranking["binding_form"] == "benzoate"].iloc[0]
    assert row["observed_qualifiers"] == ["X not stated"]
    (line,) = [line for line in text.splitlines() if " benzoate + oleylammonium " in line]
    assert line.endswith("table: improved, in-sample")


@pytest.mark.parametrize("width", [120, 250])
def test_pairs_are_there_in_full(printed, width):
    ranking, text = printed(width)
    for row in ranking.to_dict("records"):
        assert row["binding_form"] in text


def test_silence_of_a_label_is_said_and_the_product_that_bears_a_statement_is_named(printed):
    _, text = printed(100)
    assert "oleylamine: corrosive (H314, H318)" in text
    assert " ".join(text.split()).count("not assessed") == 1, "said once, not once a row"
    assert all(line.strip() != "safety:" for line in text.splitlines())


def test_the_footer_states_the_order(printed):
    _, text = printed(200, top=1)
    assert (
        "Order: this pair improved (by figures before and after, in a table, by one figure, in words), then a near pair"
        in " ".join(text.split())
    )
