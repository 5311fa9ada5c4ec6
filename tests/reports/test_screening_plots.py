"""Is all of a figure inside it, readable, and labelled as what it is?"""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("matplotlib")

from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import UsageError
from ligandkb.reports.figures.screening import (
    IN_SAMPLE,
    _is_in_table_1,
    _table_1_entries,
    score_against_effect_figure,
)
from ligandkb.reports.figures.themes import Theme


@pytest.fixture(scope="module", params=["light", "dark"])
def figure(request: pytest.FixtureRequest, kb: KnowledgeBase) -> Figure:
    theme: Theme = request.param
    drawn = score_against_effect_figure(kb.rank("CsPbBr3", all_partners=True), theme=theme)
    drawn.canvas.draw()
    return drawn


def test_it_says_that_it_is_in_sample(figure: Figure) -> None:
    assert figure.get_suptitle().startswith(IN_SAMPLE)
    assert "CsPbBr3" in figure.get_suptitle()


def test_every_measured_pair_has_its_line(figure: Figure, kb: KnowledgeBase) -> None:
    ranking = kb.rank("CsPbBr3", all_partners=True)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert len(labels) == ranking["observed"].notna().sum()
    assert "fluoroacetate · oleylammonium (vetoed)" in labels


def test_nothing_is_cut_off(figure: Figure) -> None:
    (legend,) = figure.legends
    (axes,) = figure.axes
    width, height = figure.canvas.get_width_height()
    drawn = [legend, axes.xaxis.label, *axes.get_yticklabels(), *axes.texts, *legend.get_texts()]
    for artist in drawn:
        box = artist.get_window_extent()
        assert box.x0 >= -1, artist
        assert box.x1 <= width + 1, artist
        assert box.y0 >= -1, artist
        assert box.y1 <= height + 1, artist


def test_ink_stands_out_from_paper(figure: Figure) -> None:
    paper = np.mean(to_rgb(figure.get_facecolor()))
    ink = np.mean(to_rgb(figure.axes[0].xaxis.label.get_color()))
    assert abs(ink - paper) > 0.7


def test_a_ranking_without_measurements_can_t_be_drawn(kb: KnowledgeBase) -> None:
    ranking = kb.rank("CsPbBr3")
    with pytest.raises(UsageError, match="no pair of this ranking was measured"):
        score_against_effect_figure(ranking[ranking["observed"].isna()])


def test_a_recorded_outcome_with_the_words_of_table_1_is_no_entry_of_it(kb: KnowledgeBase) -> None:
    entries = _table_1_entries()
    shipped = [one for one in kb.outcomes if one.is_in_table_1]
    assert entries == {(one.id, one.origin) for one in shipped}
    item = {
        "id": shipped[0].id,
        "origin": shipped[0].origin,
        "strength": "table_entry",
        "relation": "this pair",
    }
    assert _is_in_table_1({"evidence": [item]}, entries)
    assert not _is_in_table_1({"evidence": [item | {"origin": "recorded by Ada"}]}, entries)
    assert not _is_in_table_1({"evidence": [item | {"relation": "near: other partner"}]}, entries)
