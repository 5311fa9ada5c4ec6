"""Does the first page say what the commands say?"""

from __future__ import annotations

import re
from pathlib import Path

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_sample_is_the_first_screen_of_rank_cut_to_a_few_rows(run):
    (sample,) = (text.splitlines() for language, text in BLOCKS if language == "text")
    screen = run("rank").out.rstrip("\n").splitlines()
    cut = sample.index("  ...")
    above, below = sample[:cut], sample[cut + 1 :]
    assert above == screen[: len(above)]
    assert below == screen[screen.index(below[0]) :][: len(below)]
    assert max(map(len, sample)) <= 80


def test_what_the_words_say_has_a_page():
    assert "docs/words.md" in README
    assert len(README.splitlines()) < 180


def test_the_lines_for_a_notebook_run_and_show_themselves(kb):
    (code,) = (text for language, text in BLOCKS if language == "python")
    *_, rank, shortlist, assess, plan = (line for line in code.splitlines() if line)
    for line in (rank, shortlist, assess, plan):
        shown = eval(line.partition("  #")[0], {"kb": kb})
        assert "<table" in shown._repr_html_()
        assert repr(shown)
