"""How does a lab start its own tables?

Files of comments and column names, ten lines on how they are used, and a page that says what the columns mean: taken
from the lists that the readers use and from the page that comes with the shipped data, so that each is stated once.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ligandkb.cells import visible
from ligandkb.cli.output import say
from ligandkb.export import write_atomically
from ligandkb.problems import InputError, Problem
from ligandkb.resources import data_directory

TABLES = ("ligands.csv", "partners.csv", "offers.csv", "outcomes.csv")
_FURTHER_TABLES = ("sites.csv", "hazard_statements.csv", "properties.csv", "solubility.csv")
"""What a lab's folder may hold besides; each is rarely needed, so none is made."""

_COMMENTS = {
    "ligands.csv": (
        "What you can buy beside the shipped catalogue; the same id as a shipped row replaces it.",
        "name and smiles are enough; draw salts with all their ions. The rest may stay blank: unknown.",
        "An example stands below the names of the columns; without its # it counts.",
        "my-butyric-acid,butyric acid from our shelf,,CCCC(=O)O",
    ),
    "partners.csv": (
        "Co-ions beside the shipped ones. made_from is the id of the product that brings the ion.",
        "An example stands below the names of the columns; without its # it counts.",
        "my-octylammonium,octylammonium,,CCCCCCCC[NH3+],,as_bought",
    ),
    "offers.csv": (
        "Who sells what, in which pack and at what price, and what stands on your shelf (in_stock yes or no).",
        "ligandkb import quote.xlsx --into this folder fills it from a supplier's list or from your inventory.",
        "product_id is the id of a row of ligands.csv, here or shipped; the newest price of an article counts.",
        "An example stands below the names of the columns; without its # it counts.",
        "oleic-acid,Example Supplier,,100 mL,45.50,EUR,2026-04-03,90 %,yes",
    ),
    "outcomes.csv": (
        "Outcomes that you keep as a file. To record your own measurements with who and when, use",
        "ligandkb outcomes add; ligandkb outcomes add --from reads this file, too.",
        "PLQY is in %: 62, not 0.62. effect stays blank where nothing was compared.",
        "An example stands below the names of the columns; without its # it counts.",
        "my-first,benzoate,[O-]C(=O)c1ccccc1,oleylammonium,CsPbBr3,nanocrystals,post_synthetic,as_made,improved",
    ),
}
_README = """\
# A lab's own tables

Laid over the shipped ones: `ligandkb rank --data FOLDER`, also `explain` and `shortlist`. Any file may be left out.
- `ligands.csv` what you can buy, `partners.csv` co-ions, `offers.csv` prices and your shelf, `outcomes.csv` results.
- Of a ligand name and SMILES are enough. A row with the id of a shipped row replaces it, and every output says so.
- A supplier's list or your inventory (csv, tsv, xlsx): `ligandkb import quote.xlsx --into FOLDER`.
- Results are better recorded in the database, with who, when and every correction: `ligandkb outcomes add --help`.
- Lines that begin with # are comments; columns of your own stay and are not read. Spreadsheets: save as CSV UTF-8.
- After each change `ligandkb check --data FOLDER` names file, line and column of whatever is wrong.
- What every column means, also of tables that this folder may hold besides: COLUMNS.md.
"""
_COLUMNS_PAGE = """\
# What the columns mean

Capitals of a heading don't matter; a lab's own columns are noted and not read. A blank cell is unknown, never zero or
"no". A row in which nothing binds, as far as this software knows, is listed with class none. Semicolons and decimal
commas, which spreadsheets may write, are read. In your own tables sources may stay blank.
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to make, e.g. my-lab.")],
) -> None:
    """Start a folder with your own ligands, partners, offers and outcomes; nothing that exists is overwritten."""
    made, kept = start_folder(folder)
    for path in made:
        print(visible(str(path)))
    for path in kept:
        say(f"{path} exists and was left as it is")
    say(
        f"Next: fill them in, or ligandkb import quote.csv --into {folder}, then ligandkb check --data {folder}"
    )


def start_folder(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Make the files of a lab's own folder; what exists already is left as it is.

    Parameters
    ----------
    folder : Path
        Made if it doesn't exist.

    Returns
    -------
    tuple of tuple of Path
        Files that were made, and files that were there.

    Raises
    ------
    InputError
        If the folder can't be made or written to.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     made, kept = start_folder(Path(place) / "my-lab")
    >>> [path.name for path in made], kept
    (['ligands.csv', 'partners.csv', 'offers.csv', 'outcomes.csv', 'README.md', 'COLUMNS.md'], ())
    """
    made: list[Path] = []
    kept: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in starting_texts(folder).items():
            path = folder / name
            (made if _write_new(path, text) else kept).append(path)
    except FileExistsError as error:
        what = "this is a file, not a folder"
        raise InputError([Problem(str(folder), 0, 0, what, "name a folder")]) from error
    except OSError as error:
        what = f"the folder can't be written: {error.strerror or error}"
        fix = "name a folder that you may write to, or make room"
        raise InputError([Problem(str(folder), 0, 0, what, fix)]) from error
    return tuple(made), tuple(kept)


def starting_texts(folder: Path) -> dict[str, str]:
    """Text of each file by name."""
    from ligandkb.catalogue import offers, partners, products  # noqa: PLC0415 - they load RDKit
    from ligandkb.evidence.outcomes import COLUMNS  # noqa: PLC0415

    columns: dict[str, Sequence[str]] = {
        "ligands.csv": _led_by(
            ("id", "name", "aliases", "smiles"), (*products.REQUIRED_COLUMNS, *products.OPTIONAL_COLUMNS)
        ),
        "partners.csv": _led_by(
            ("id", "name", "aliases", "smiles", "made_from", "route"),
            (*partners.REQUIRED_COLUMNS, *partners.OPTIONAL_COLUMNS),
        ),
        "offers.csv": offers.COLUMNS,
        "outcomes.csv": COLUMNS,
    }
    texts = {}
    for name in TABLES:
        *comments, example = _COMMENTS[name]
        cells = example.split(",")
        full = ",".join([*cells, *[""] * (len(columns[name]) - len(cells))])
        lines = [*(f"# {line}" for line in comments), ",".join(columns[name]), f"# {full}"]
        texts[name] = "\n".join(lines) + "\n"
    texts["README.md"] = _README.replace("FOLDER", folder.name)
    texts["COLUMNS.md"] = _COLUMNS_PAGE + "".join(_meanings(name) for name in (*TABLES, *_FURTHER_TABLES))
    return texts


def _led_by(first: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    return (*first, *(name for name in known if name not in first))


def _meanings(name: str) -> str:
    """The section on one table of the page that comes with the shipped data."""
    page = (data_directory() / "README.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {re.escape(name)}.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return "\n" + section[0].rstrip() + "\n" if section else ""


def _write_new(path: Path, text: str) -> bool:
    """Write a file whole unless its name is taken, which is asked and done in one step."""
    if os.path.lexists(path):
        return False
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}.tmp")
    try:
        write_atomically(temporary, text)
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            return False
        except OSError:  # a disk without hard links
            with path.open("x", encoding="utf-8", newline="") as stream:
                stream.write(text)
        return True
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
