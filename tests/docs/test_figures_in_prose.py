"""Do figures in sentences agree with the tables that they were taken from?"""

from __future__ import annotations

import csv
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def listed(name: str) -> set[str]:
    """CAS numbers of a hazard table."""
    lines = [line for line in page(f"data/hazards/{name}.csv").splitlines() if not line.startswith("#")]
    return {row["cas"] for row in csv.DictReader(lines)}


def test_the_page_on_safety_counts_what_the_lists_hold() -> None:
    european, japanese = listed("eu_clp"), listed("japan_ghs")
    of_all = european | japanese
    known = of_all & listed("structures")
    text = page("docs/safety.md")
    assert f"{len(european):,} CAS numbers, and its groups" in text
    assert f"about 2022): {len(japanese):,} CAS numbers" in text
    share = f"{100 * len(known) / len(of_all):.0f} %"
    assert f"structures of {share} are known ({len(known):,} CAS numbers of {len(of_all):,}," in text


def test_the_first_page_rounds_what_came_of_a_suppliers_list() -> None:
    shares = dict(
        re.findall(r"^\| (\S+) \| [\d,]+ \| ([\d.]+)% \|$", page("docs/screening.md"), re.MULTILINE)
    )
    said = re.search(r"acids (\d+) % come out \*recommended\* and (\d+) % \*undecided\*", page("README.md"))
    assert said
    assert said.groups() == tuple(f"{float(shares[word]):.0f}" for word in ("recommended", "undecided"))
