"""Are the stages of a screen timed, on structures that can't be read, too?"""

from __future__ import annotations

import pytest

pytest.importorskip("pyarrow")

from screening import drawn, main
from screening_stages import AT_ONCE, stages


def test_every_stage_has_a_time_and_a_ratio_to_bare_parsing() -> None:
    acids = [f"OC(=O){'C' * length}c1ccccc1\n" for length in range(1, 30)]
    found = stages([*acids[:10], "C1CC\n", *acids[10:]], 5)
    assert found["bare parse"][1] == 1.0
    assert {"species and forms", "heads", "alerts", "logP", "rules and rows", "writing", AT_ONCE} <= set(
        found
    )
    assert all(microseconds >= 0 and ratio >= 0 for microseconds, ratio in found.values())


def test_lines_are_drawn_alike_each_time_and_in_their_order(tmp_path) -> None:
    lines = [f"{'C' * length} name\n" for length in range(1, 50)]
    (tmp_path / "list.smi").write_text("".join(lines), "utf-8")
    some = drawn(tmp_path / "list.smi", 7)
    assert some == drawn(tmp_path / "list.smi", 7)
    assert [lines.index(one) for one in some] == sorted(lines.index(one) for one in some)
    assert drawn(tmp_path / "list.smi", 100) == lines


def test_too_few_lines_are_refused_in_words(tmp_path, monkeypatch) -> None:
    (tmp_path / "list.smi").write_text("CCO\n" * 30, "utf-8")
    for few in (["--chunk", "10"], ["--lines", "19", "--chunk", "5"]):
        monkeypatch.setattr("sys.argv", ["screening.py", str(tmp_path / "list.smi"), "--no-command", *few])
        with pytest.raises(SystemExit, match=r"are too few to time stages on chunks of"):
            main()
