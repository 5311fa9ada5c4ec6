"""Does a page say of each row what it rests on, whatever the sources say?"""

from __future__ import annotations

import re
from dataclasses import replace

import ligandkb as lk
from ligandkb.catalogue.offers import Offer
from ligandkb.catalogue.packs import read_pack
from ligandkb.reports.document import Table, shown
from ligandkb.reports.ranking import ranking_document
from ligandkb.reports.ranking_page import ranking_page
from ligandkb.reports.ranking_screen import pair_table


def test_sources_that_disagree_are_said_before_all_that_they_say(tmp_path):
    (tmp_path / "outcomes.csv").write_text(
        "id,binding_form_smiles,partner,composition,effect,note\n"
        "up,[O-]C(=O)CCC,oleylammonium,CsPbBr3,improved,washed twice\n"
        "down,[O-]C(=O)CCC,oleylammonium,CsPbBr3,decreased,not washed\n"
    )
    ranked = lk.load(data=[tmp_path]).ranked("CsPbBr3")
    (at,) = (at for at, row in enumerate(ranked.rows()) if row["ligand"] == "butyric-acid")
    (measured,) = (block for block in ranking_page(ranked).blocks[1].opened[at] if block.title == "Measured")
    first, *outcomes = measured.blocks[0].items
    assert " ".join(map(shown, first.parts)).startswith("conflict: 1 improved, ")
    assert len(outcomes) == len(ranked.rows()[at]["evidence"]) >= 2
    notes = [shown(part) for one in outcomes for under in one.under for part in under.parts]
    assert {"washed twice", "not washed"} <= set(notes)


def test_an_empty_place_on_the_shelf_is_no_offer(kb):
    ranked = kb.ranked("CsPbBr3", top=5)
    (at,) = (at for at, row in enumerate(ranked.rows()) if row["ligand"] == "hexylphosphonic-acid")
    empty = Offer("hexylphosphonic-acid", pack=read_pack("5 g"), in_stock=False)
    sold = replace(empty, supplier="Us")

    def bought(*offers):
        *_, buy = ranking_page(ranked, offers).blocks[1].opened[at]
        return buy

    assert bought(empty) == bought()
    assert bought(empty, sold) == bought(sold) != bought()


def test_a_place_reads_as_on_the_screen_and_in_a_part_of_a_notebook_too(kb):
    ranked = kb.ranked("CsPbBr3")
    places = [ranked.place_text(at) for at in range(len(ranked.assessments))]
    assert any("=" in place for place in places)
    assert [row[0] for row in ranking_page(ranked).blocks[1].rows] == places
    part = kb.ranked("CsPbBr3", donor="phosphonate")
    assert [row[0] for row in ranking_page(part).blocks[1].rows] == [
        part.place_text(at) for at in range(len(part.assessments))
    ]
    cells = re.findall(r'<tr><td class="right">([^<]+)</td>', kb.rank("CsPbBr3").iloc[4:9]._repr_html_())
    assert cells == places[4:9]


def test_a_page_and_markdown_say_what_keeps_a_pair_from_being_ordered_as_the_screen_does(kb):
    ranked = kb.ranked("CsPbBr3")
    places = range(len(ranked.assessments))
    on_screen = [shown(row[1]) for row in pair_table(ranked, places).rows]
    assert any(one.startswith("make or find: ") for one in on_screen)
    assert any(one.startswith("insoluble: ") for one in on_screen)
    page = ranking_page(ranked).blocks[1]
    at = [column.name for column in page.columns].index("pair")
    assert not page.columns[at].on_demand
    assert [shown(row[at]) for row in page.rows] == on_screen
    (written,) = (block for block in ranking_document(ranked).blocks if isinstance(block, Table))
    at = [column.name for column in written.columns].index("pair")
    assert [shown(row[at]) for row in written.rows] == on_screen
