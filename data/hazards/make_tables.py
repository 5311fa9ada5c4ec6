"""How are the hazard tables of this folder made?

    python data/hazards/make_tables.py CLP_ANNEX_VI.csv GHS_NITE.csv

From Annex VI to Regulation (EC) No 1272/2008 (one line an entry and CAS number, statements as printed) and from the
Japanese government's GHS classifications (one line a class and fiscal year, categories instead of statements), and
from the identifiers of the ``chemicals`` package. Of several fiscal years the newest that has a class counts for that
class: later years often classify one class anew and are silent on the others, which is no acquittal.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
_STATEMENT = re.compile(r"(?:EU)?H\d{3}[A-Za-z]{0,3}")
# Parts of a category that classify nothing; what they say of other forms of the substance is no classification either.
_NOTHING = re.compile(r"(?:Classification not possible|Not classified|Not applicable)(?:\s*\([^)]*\))?")
_CATEGORY = re.compile(r"(Unstable Explosive|(?:Compressed|Liquefied|Dissolved|Refrigerated liquefied) gas)")
_NUMBERED = re.compile(r"(?:Category|Division|Type)\s+(\d\.\d|[1-5][ABC]?|[A-G])")
_ORDER = {"1.1": 0, "1A": 0, "1": 1, "1B": 2, "1C": 3}


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def _write(name: str, comment: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {line}\n" for line in comment.splitlines())
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _plain(text: str) -> str:
    """Full-width brackets and the marks of a spreadsheet as plain text."""
    return re.sub(r"\s+", " ", text.replace("（", "(").replace("）", ")").replace("_x000D_", " ")).strip()


def statements_of(hazard_class: str, category: str, table: dict[tuple[str, str], str]) -> set[str]:
    """Hazard statements of one class in the category that the source prints, the worst of several.

    Examples
    --------
    >>> table = {("Acute toxicity (Oral)", "2"): "H300", ("Acute toxicity (Oral)", "3"): "H301"}
    >>> statements_of("Acute toxicity (Oral)", "o-: Category 3, p-: Category 2", table)
    {'H300'}
    """
    text = _NOTHING.sub("", category)
    if hazard_class.startswith("Acute toxicity (Inhalation"):
        hazard_class = "Acute toxicity (Inhalation)"
    elif hazard_class.startswith("Flammable gases"):
        hazard_class = "Flammable gases"
    elif hazard_class.startswith("Self-"):
        hazard_class = hazard_class.removesuffix(" and mixtures")
    elif hazard_class.startswith("Substances and mixtures which"):
        hazard_class = next(name for name, _ in table if name.startswith("Substances and mixtures which"))
    found = [name for name in _CATEGORY.findall(text) if (hazard_class, name) in table]
    found += sorted(_NUMBERED.findall(text), key=lambda name: (_ORDER.get(name, 9), name))[:1]
    if hazard_class.endswith("Single exposure") and "Category 3" in text:
        lower = text.lower()
        found = [name for name in found if name != "3"]
        found += ["3 respiratory"] if "respiratory tract" in lower else []
        found += ["3 narcotic"] if "narcotic" in lower or "anesthetic" in lower else []
    statements = {table[hazard_class, name] for name in found if (hazard_class, name) in table}
    if "lactation" in text and hazard_class == "Reproductive toxicity":
        statements.add(table[hazard_class, "lactation"])
    return statements


def european(path: Path) -> list[tuple[str, str, str, str]]:
    """CAS number, index number, statements and specific concentration limits of each entry."""
    rows = []
    for row in _read(path):
        printed = _STATEMENT.findall(f"{row['hazard_statements']} {row['supplemental']}")
        limits = _plain(row["specific_limits"])
        rows.append((row["cas"], row["index_no"], "|".join(dict.fromkeys(printed)), limits))
    return sorted(rows)


def japanese(path: Path) -> list[tuple[str, str, str, str]]:
    """CAS number, fiscal years, statements, and the newest year, of each substance."""
    table = {(row["class"], row["category"]): row["statement"] for row in _read(HERE / "ghs_categories.csv")}
    newest: dict[tuple[str, str], tuple[str, str]] = {}
    for row in _read(path):
        key = row["cas"], _plain(row["class"])
        newest[key] = max(newest.get(key, ("", "")), (row["fiscal_year"], _plain(row["category"])))
    found: dict[str, set[str]] = defaultdict(set)
    years: dict[str, set[str]] = defaultdict(set)
    for (cas, hazard_class), (year, category) in newest.items():
        if not re.fullmatch(r"\d{2,7}-\d\d-\d", cas):
            continue
        found[cas] |= statements_of(hazard_class, category, table)
        years[cas].add(year)
    return sorted((cas, "|".join(sorted(years[cas])), "|".join(sorted(found[cas]))) for cas in found)


def structures(wanted: set[str]) -> list[tuple[str, str]]:
    """InChIKey and CAS number of the substances that ``chemicals`` knows."""
    from chemicals.identifiers import pubchem_db  # noqa: PLC0415 - 73 MB

    pubchem_db.finish_loading()
    rows = []
    for cas in wanted:
        known = pubchem_db.search_CAS(int(cas.replace("-", "")))
        if known:
            rows.append((known.InChI_key, cas))
    return sorted(rows)


def main(annex_vi: Path, nite: Path) -> None:
    """Write the tables."""
    eu, japan = european(annex_vi), japanese(nite)
    _write(
        "eu_clp.csv",
        "Harmonised classification: Annex VI to Regulation (EC) No 1272/2008, Table 3, ATP 17 (December 2021).\n"
        "European Union, eur-lex.europa.eu; reuse with acknowledgement (Decision 2011/833/EU). Made by make_tables.py.",
        ("cas", "index_no", "statements", "limits"),
        eu,
    )
    _write(
        "japan_ghs.csv",
        "GHS classifications of the Japanese government, NITE (nite.go.jp), list of about 2022, free use with\n"
        "acknowledgement; categories turned into statements by ghs_categories.csv. Made by make_tables.py.",
        ("cas", "fiscal_years", "statements"),
        japan,
    )
    keys = structures({row[0] for row in (*eu, *japan) if re.fullmatch(r"\d{2,7}-\d\d-\d", row[0])})
    _write(
        "structures.csv",
        "InChIKey and CAS number of the substances in these tables, from the chemicals package (MIT licence, Caleb\n"
        "Bell and contributors; identifiers from PubChem). Made by make_tables.py.",
        ("inchikey", "cas"),
        keys,
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
