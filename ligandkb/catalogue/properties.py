"""When does a product melt and boil, and how dense is it?

``ligands.csv`` carries what one compilation says of melting point and density. What other sources print, and boiling
points, stand in ``properties.csv``, by structure: each row is one source's word on one substance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from ligandkb.catalogue.products import STATES, Product
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import Problem, StructureError
from ligandkb.tables import choice, number, read_table

REQUIRED_COLUMNS = ("smiles", "source")
OPTIONAL_COLUMNS = (
    "name",
    "state_20c",
    "melting_point_c",
    "boiling_point_c",
    "density_g_per_ml",
    "density_temperature_c",
    "locator",
    "note",
)


@dataclass(frozen=True)
class Properties:
    """What is printed of a substance beyond its row in the catalogue.

    Attributes
    ----------
    state_20c : str
        ``solid``, ``liquid`` or ``gas`` at 20 °C, else empty.
    melting_point_c, boiling_point_c : float or None
        In °C, the boiling point at atmospheric pressure.
    density_g_per_ml : float or None
        In g/mL, near room temperature.
    sources : tuple of str
        Where they were read, each with what was read there.
    """

    state_20c: str = ""
    melting_point_c: float | None = None
    boiling_point_c: float | None = None
    density_g_per_ml: float | None = None
    sources: tuple[str, ...] = ()

    def given(self) -> dict[str, str | float]:
        """Values that are known, by name."""
        names = [one.name for one in fields(self) if one.name != "sources"]
        return {name: value for name in names if (value := getattr(self, name)) not in (None, "")}


def read_properties(path: Path, problems: list[Problem]) -> Mapping[str, Properties]:
    """Read what sources print of substances.

    Parameters
    ----------
    path : Path
        ``properties.csv``.
    problems : list of Problem
        Everything that is wrong with the file is appended; a property that stands there twice is.

    Returns
    -------
    mapping of str to Properties
        By canonical SMILES of a product's formula unit.
    """
    found: dict[str, Properties] = {}
    for row in read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems):
        read = Properties(
            choice(row, "state_20c", STATES, problems) or "",
            number(row, "melting_point_c", problems, minimum=-273.15, maximum=4000),
            number(row, "boiling_point_c", problems, minimum=-273.15, maximum=6000),
            number(row, "density_g_per_ml", problems, minimum=0.01, maximum=25),
        )
        number(row, "density_temperature_c", problems, minimum=-273.15, maximum=1000)
        try:
            smiles = formula_unit(split(row["smiles"].strip()))
        except StructureError as error:
            problems.append(row.problem("smiles", error.what, error.fix))
            continue
        where = ", ".join(filter(None, (row[name].strip() for name in ("source", "locator"))))
        known, given = found.get(smiles, Properties()), read.given()
        for name in given.keys() & known.given().keys():
            what = f"{name} of this substance stands in an earlier row, too"
            problems.append(row.problem(name, what, "keep one value, and put the other into its note"))
        said = f"{', '.join(given)}: {where}"
        found[smiles] = replace(known, **given, sources=(*known.sources, said))  # type: ignore[arg-type]
    return found


def with_properties(
    products: Sequence[Product], tables: Sequence[Mapping[str, Properties]]
) -> tuple[Product, ...]:
    """Fill in what the rows of products leave blank; what a row says itself stands.

    Parameters
    ----------
    products : sequence of Product
    tables : sequence of mapping
        As from :func:`read_properties`; a later one, such as a lab's, before an earlier one.

    Returns
    -------
    tuple of Product
        In the same order.

    Examples
    --------
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> table = {"CCO": Properties("liquid", density_g_per_ml=0.789, sources=("density_g_per_ml: somewhere",))}
    >>> (ethanol,) = with_properties([product_from_smiles("OCC")], [table])
    >>> ethanol.density_g_per_ml, ethanol.melting_point_c, ethanol.property_source
    (0.789, None, 'density_g_per_ml: somewhere')
    """
    return tuple(_filled(product, tables) for product in products)


def _filled(product: Product, tables: Sequence[Mapping[str, Properties]]) -> Product:
    smiles = formula_unit(product.species)
    for table in reversed(tables):
        if (known := table.get(smiles)) is None:
            continue
        new = {name: value for name, value in known.given().items() if getattr(product, name) in (None, "")}
        if new:
            source = "; ".join(filter(None, (product.property_source, *known.sources)))
            product = replace(product, **new, property_source=source)  # type: ignore[arg-type]
    return product
