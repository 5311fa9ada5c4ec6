"""What does the package ``chemicals`` say of boiling points, and of densities that ligands.csv leaves blank?

Writes the rows of data/properties.csv whose source is that package, for every product of data/ligands.csv with a CAS
number; the other rows stay as they are. Run it again when products were added; data/README.md says what is taken.

    python benchmarks/properties.py

Needs ``chemicals``, which the program itself never reads.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from chemicals import miscdata, phase_change
from chemicals.identifiers import CAS_to_int
from rdkit import Chem
from rdkit.Chem.Descriptors import MolWt

DATA = Path(__file__).resolve().parents[1] / "data"
SOURCE = "https://github.com/CalebBell/chemicals"
HANDBOOK = ("CRC_ORG", "CRC_INORG")
OTHERS = ("COMMON_CHEMISTRY", "WIKIDATA", "WEBBOOK")
NOTED_BEYOND_C, BLANK_BEYOND_C = 3.0, 20.0


def boiling_point(cas: str) -> tuple[float, str, str] | None:
    """Boiling point of the CRC Handbook in °C, its table, and what other compilations say; None where it is no use.

    CAS Common Chemistry alone isn't taken: the package leaves out at which pressure its values were measured.
    """
    methods = phase_change.Tb_methods(cas)
    found = {
        name: round(phase_change.Tb(cas, method=name) - 273.15, 2)
        for name in (*HANDBOOK, *OTHERS)
        if name in methods
    }
    table = next((name for name in HANDBOOK if name in found), None)
    if table is None or max(abs(value - found[table]) for value in found.values()) > BLANK_BEYOND_C:
        return None
    apart = [
        f"{value:g} °C {name}" for name, value in found.items() if abs(value - found[table]) > NOTED_BEYOND_C
    ]
    return found[table], table, f"by other compilations in chemicals: {', '.join(apart)}" if apart else ""


def density(row: dict[str, str]) -> float | None:
    """Density in g/mL from the molar volume that CAS Common Chemistry has of a liquid."""
    key, table = CAS_to_int(row["cas"]), miscdata.common_chemistry_data
    left_blank = "density left blank" in row["note"]
    if row["density_g_per_ml"] or row["state_20c"] == "solid" or left_blank or key not in table.index:
        return None
    volume = table.at[key, "Vml"]
    return round(MolWt(Chem.MolFromSmiles(row["smiles"])) / volume / 1e6, 3) if volume > 0 else None


def rows_of(row: dict[str, str]) -> Iterator[dict[str, str]]:
    """Rows for one product."""
    about = {"smiles": row["smiles"], "name": row["name"], "source": SOURCE}
    if (boiling := boiling_point(row["cas"])) is not None:
        value, table, note = boiling
        yield about | {"boiling_point_c": f"{value:g}", "locator": f"version 1.5, Tb {table}", "note": note}
    if (dense := density(row)) is not None:
        locator = "version 1.5, Vml of COMMON_CHEMISTRY with the molar mass"
        yield about | {"density_g_per_ml": f"{dense:g}", "locator": locator}


def main() -> None:
    """Write the table."""
    path = DATA / "properties.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        kept = [row for row in reader if row["source"] != SOURCE]
        columns = list(reader.fieldnames or ())
    with (DATA / "ligands.csv").open(encoding="utf-8", newline="") as stream:
        products = [row for row in csv.DictReader(stream, strict=True) if row["cas_source"] == "chemicals"]
    has_density = {row["smiles"] for row in kept if row["density_g_per_ml"]}
    has_boiling = {row["smiles"] for row in kept if row["boiling_point_c"]}
    made = [
        made
        for product in products
        for made in rows_of(product)
        if made["smiles"] not in (has_density if "density_g_per_ml" in made else has_boiling)
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*kept, *made])
    print(f"{path.name}: {len(kept)} rows kept, {len(made)} made")


if __name__ == "__main__":
    main()
