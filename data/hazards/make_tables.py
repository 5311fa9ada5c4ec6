"""How are the hazard tables of this folder made?

    python data/hazards/make_tables.py CLP_ANNEX_VI.csv GHS_NITE.csv

From Annex VI to Regulation (EC) No 1272/2008 (one line an entry and CAS number, statements as printed), from the
Japanese government's GHS classifications (one line a class and fiscal year, categories instead of statements), and
from identifiers and safety data of the ``chemicals`` package. Of several fiscal years the newest that has a class
counts for that class: later years often classify one class anew and are silent on the others, which is no acquittal.
Acute toxicity is judged whole: a year that classifies one route has looked at all, and older routes fall.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from ligandkb.chemistry.inchi import atoms_formula, inchi_key
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import StructureError

HERE = Path(__file__).resolve().parent
_STATEMENT = re.compile(r"(?:EU)?H\d{3}[A-Za-z]{0,3}")
_CAS = re.compile(r"\d{2,7}-\d\d-\d")
_NUMBER = r"(\d*[.,]?\d+)\s*%?\s*"
_LIMIT = re.compile(
    rf"((?:EU)?H\d{{3}} ?[A-Za-z]{{0,3}})\s*:\s*(?:{_NUMBER}[≤<]\s*)?C(?:\s*([≤<≥>])\s*{_NUMBER})?"
)
# Parts of a category that classify nothing; what they say of other forms of the substance is no classification either.
_NOTHING = re.compile(
    r"(?:Classification not possible|Not classified|Not applicable)(?:\s*\([^)]*\))?|Category 1-5"
)
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
        rows.append(
            (row["cas"], row["index_no"], "|".join(dict.fromkeys(printed)), limits(row["specific_limits"]))
        )
    return sorted(rows)


def limits(text: str) -> str:
    """Concentration limits in percent: of each statement from where to below where it holds.

    Examples
    --------
    >>> limits("Skin Corr. 1A; H314: C ≥ 10 % Skin Corr. 1B; H314: 0,2 % ≤ C < 10 % M=1")
    'H314 10-|H314 0.2-10'
    """
    found = []
    for code, low, sign, bound in _LIMIT.findall(_plain(text)):
        above = low or (bound if sign in ("≥", ">") else "0")
        below = bound if sign in ("≤", "<") else ""
        found.append(f"{code.replace(' ', '')} {_percent(above)}-{_percent(below)}")
    return "|".join(dict.fromkeys(found))


def _percent(text: str) -> str:
    return f"{float(text.replace(',', '.')):g}" if text else ""


def japanese(path: Path) -> list[tuple[str, str, str]]:
    """CAS number, fiscal years and statements of each substance."""
    table = {(row["class"], row["category"]): row["statement"] for row in _read(HERE / "ghs_categories.csv")}
    by_year: dict[tuple[str, str], dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for row in _read(path):
        hazard_class = _plain(row["class"])
        judged = "Acute toxicity" if hazard_class.startswith("Acute toxicity") else hazard_class
        by_year[row["cas"], judged][row["fiscal_year"]].add((hazard_class, _plain(row["category"])))
    found: dict[str, set[str]] = defaultdict(set)
    years: dict[str, set[str]] = defaultdict(set)
    for (cas, _), classified in by_year.items():
        if _CAS.fullmatch(cas):
            newest = max(classified)
            years[cas].add(newest)
            for hazard_class, category in classified[newest]:
                found[cas] |= statements_of(hazard_class, category, table)
    return sorted((cas, "|".join(sorted(years[cas])), "|".join(sorted(found[cas]))) for cas in found)


def structures(wanted: Iterable[str]) -> list[tuple[str, str, str]]:
    """Atoms, InChIKey and CAS number of what ``chemicals`` knows, in two drawings, and of ``drawn.csv``."""
    from chemicals.identifiers import pubchem_db  # noqa: PLC0415 - 73 MB

    pubchem_db.finish_loading()
    rows = set()
    for cas in wanted:
        known = pubchem_db.search_CAS(int(cas.replace("-", "")))
        if known:
            rows.add((_atoms(known.smiles), known.InChI_key, cas))
            with suppress(StructureError):
                ours = formula_unit(split(known.smiles))
                rows.add((atoms_formula(ours), inchi_key(ours), cas))
    for row in _read(HERE / "drawn.csv"):
        rows.add((atoms_formula(row["smiles"]), inchi_key(row["smiles"]), row["cas"]))
    return sorted(row for row in rows if row[1])


_NO_NAME = re.compile(r"(?:dsstox|caswell|schembl|chembl|unii|nsc)[ _-]|.{61,}|.*\n", re.IGNORECASE)
"""Numbers of other lists, which stand among the names; sentences."""


def listed_names(*lists: Path) -> dict[str, list[str]]:
    """Names that the governments print, by CAS number."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in lists:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                names = re.sub(r"\((?:ISO|INN)\)|\[\d+\]", "", row["name"]).split(";")
                found[row["cas"]] += [one for name in names if (one := " ".join(name.split()).lower())]
    return found


NAMES_EACH = 3


def names_of(numbers: Iterable[str], printed: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """CAS number, SMILES and names, separated by a vertical bar, of what is listed, so that it is known by name, too.

    The governments' own names, and the one that the chemicals package calls the common one. Where neither the package
    nor ``drawn.csv`` has a structure the SMILES is empty: what is dangerous is said of its name all the same.
    """
    from chemicals.identifiers import pubchem_db  # noqa: PLC0415

    drawn: dict[str, str] = {}
    for row in _read(HERE / "drawn.csv"):
        drawn.setdefault(row["cas"], row["smiles"])
    rows = []
    for cas in sorted(numbers):
        known = pubchem_db.search_CAS(int(cas.replace("-", "")))
        common = [known.common_name.lower()] if known and known.common_name else []
        names = [
            name for name in (*common, *printed.get(cas, ())) if not _NO_NAME.match(name) and name != cas
        ]
        smiles = drawn.get(cas) or (known.smiles if known else "")
        try:
            split(smiles)
        except StructureError:
            smiles = ""
        rows.append((cas, smiles, "|".join(list(dict.fromkeys(names))[:NAMES_EACH])))
    return rows


def _atoms(smiles: str) -> str:
    """Sum of atoms also of what ligandkb refuses to read, such as salts of neutral atoms."""
    mol = Chem.MolFromSmiles(smiles, sanitize=False)
    mol.UpdatePropertyCache(False)
    return re.sub(r"[+-]\d*$", "", CalcMolFormula(mol))


def safety_data() -> list[tuple[str, ...]]:
    """CAS number, exposure limits, flash point and lists of carcinogens that ``chemicals`` holds."""
    from chemicals import safety  # noqa: PLC0415

    safety._load_safety_data()
    exposure = _exposure_limits(Path(safety.folder) / "Ontario Exposure Limits.tsv")
    flash = {
        name: safety.Tflash_sources[name]["T_flash"].dropna()
        for name in (safety.IEC, safety.NFPA, safety.SERAT)
    }
    iarc, ntp = safety.IARC_data["group"], safety.NTP_data["Listing"]
    numbers = set(exposure).union(*(data.index for data in (*flash.values(), iarc, ntp)))
    rows = []
    for cas in filter(_CAS.fullmatch, map(str, numbers)):
        source = next((name for name, data in flash.items() if cas in data.index), "")
        rows.append(
            (
                cas,
                exposure.get(cas, ""),
                f"{flash[source][cas] - 273.15:.0f}" if source else "",
                source,
                _IARC_GROUPS[int(iarc[cas])] if cas in iarc.index else "",
                _NTP_LISTS[int(ntp[cas])] if cas in ntp.index else "",
            )
        )
    return sorted(rows)


_IARC_GROUPS = {1: "1", 11: "2A", 12: "2B", 3: "3", 4: "4"}  # chemicals.safety.IARC_codes
_NTP_LISTS = {1: "known", 2: "reasonably anticipated"}  # chemicals.safety.NTP_codes
_LIMITS = {
    "TWA": "Time-Weighted Average Limit (TWA)",
    "STEL": "Short-Term Exposure Limit (STEL)",
    "ceiling": "Ceiling Limit (C)",
}


def _exposure_limits(path: Path) -> dict[str, str]:
    """What may be in the air, as printed: ``TWA 20 ppm|skin``, by CAS number."""
    found = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            printed = [
                f"{name} {value}" for name, column in _LIMITS.items() if (value := _plain(row[column] or ""))
            ]
            printed += ["skin"] if _plain(row["Notations"] or "") == "Skin" else []
            found.update(dict.fromkeys(_CAS.findall(row["CASRN"] or ""), "|".join(printed)))
    return found


def main(annex_vi: Path, nite: Path) -> None:
    """Write the tables."""
    eu, japan, safety = european(annex_vi), japanese(nite), safety_data()
    _write(
        "eu_clp.csv",
        "Harmonised classification: Annex VI to Regulation (EC) No 1272/2008, Table 3, ATP 17 (December 2021).\n"
        "European Union, eur-lex.europa.eu; reuse with acknowledgement (Decision 2011/833/EU). limits: in % by\n"
        "weight, from (inclusive) to (exclusive) where a statement holds. Made by make_tables.py.",
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
    _write(
        "safety_data.csv",
        "Exposure limits (Ontario), flash points in deg C (IEC 60079-20-1 of 2010, NFPA 497 of 2008, or Serat 2017\n"
        "from DIPPR) and carcinogens (IARC monographs; 13th Report of the US National Toxicology Program), from the\n"
        "chemicals package (MIT licence, see LICENSE-chemicals.txt). Made by make_tables.py.",
        ("cas", "exposure_limits", "flash_point_c", "flash_point_source", "iarc", "ntp"),
        safety,
    )
    keys = structures({row[0] for row in (*eu, *japan, *safety) if _CAS.fullmatch(row[0])})
    listed = {row[0] for row in (*eu, *japan) if _CAS.fullmatch(row[0])}
    named = "\n".join(map(",".join, names_of(listed, listed_names(annex_vi, nite))))
    comment = (
        "# Names of what the lists classify, from the lists and the chemicals package (MIT licence, see\n"
        "# LICENSE-chemicals.txt); no SMILES where no structure is at hand. The names are the rest of the line,\n"
        "# separated by a vertical bar. Made by make_tables.py.\n"
    )
    (HERE / "names.csv").write_text(f"{comment}cas,smiles,names\n{named}\n", encoding="utf-8")
    _write(
        "structures.csv",
        "Atoms, InChIKey and CAS number of the substances in these tables, from the chemicals package (MIT licence,\n"
        "see LICENSE-chemicals.txt; identifiers from PubChem). Made by make_tables.py.",
        ("atoms", "inchikey", "cas"),
        keys,
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
