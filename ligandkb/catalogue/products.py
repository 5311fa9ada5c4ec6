"""Which chemical is sold under this name?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from ligandkb.catalogue.ambiguity import refuse_misleading_names
from ligandkb.catalogue.purity import purity_problem
from ligandkb.chemistry.forms import BindingForm, binding_forms
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.species import Species, formula_unit, split
from ligandkb.problems import Problem, StructureError, counted
from ligandkb.provenance import Source
from ligandkb.tables import Row, cas_number, cas_numbers, choice, doi, identifier, names, number
from ligandkb.tables.rows import shown

Role = Literal["ligand", "precursor", "solvent", "reagent"]
ROLES: tuple[str, ...] = get_args(Role)

REQUIRED_COLUMNS = ("name", "smiles")
OPTIONAL_COLUMNS = (
    "id",
    "aliases",
    "role",
    "binding_form",
    "cas",
    "cas_source",
    "other_cas",
    "supplier",
    "purity",
    "state_20c",
    "melting_point_c",
    "density_g_per_ml",
    "property_source",
    "doi",
    "locator",
    "note",
)
STATES = ("solid", "liquid", "gas")


@dataclass(frozen=True)
class NamedForm:
    """A binding form with the name that people use for it.

    Attributes
    ----------
    name : str
        Such as ``hexylphosphonate``; what it is of its product where no name is known, the SMILES where that has none.
    form : BindingForm
        What binds, and how.
    """

    name: str
    form: BindingForm


@dataclass(frozen=True)
class Product:
    """A chemical as bought.

    Attributes
    ----------
    id, name : str
        Identifier (kebab-case) and common name.
    aliases : tuple of str
        Other names and formulae.
    smiles : str
        Structure as written in the file, all ions included.
    role : str
        ``ligand``, ``precursor``, ``solvent`` or ``reagent``; only ligands are ranked.
    species : tuple of Species
        What it consists of, with counts.
    forms : tuple of NamedForm
        In which species it meets the surface.
    cas : str
        CAS Registry Number, empty where not verified.
    cas_source : str
        What verified it.
    other_cas : tuple of str
        Further numbers under which it is sold, such as that of the mixture of which one isomer is drawn.
    supplier, purity : str
        As the source prints them, else empty.
    state_20c : str
        ``solid``, ``liquid`` or ``gas`` at 20 °C, else empty.
    melting_point_c, boiling_point_c, density_g_per_ml : float or None
        In °C (boiling at atmospheric pressure) and g/mL, with ``property_source``.
    property_source, note : str
        Where the properties come from, and what a reader must know besides.
    source : Source or None
        Why the row is in the catalogue.
    origin : str
        File and line of the row.
    """

    id: str
    name: str
    smiles: str
    species: tuple[Species, ...]
    forms: tuple[NamedForm, ...]
    aliases: tuple[str, ...] = ()
    role: str = "ligand"
    cas: str = ""
    cas_source: str = ""
    supplier: str = ""
    purity: str = ""
    state_20c: str = ""
    melting_point_c: float | None = None
    density_g_per_ml: float | None = None
    property_source: str = ""
    note: str = ""
    source: Source | None = None
    origin: str = ""
    boiling_point_c: float | None = None
    other_cas: tuple[str, ...] = ()


def read_product(row: Row, problems: list[Problem]) -> Product | None:
    """Make a product of one row, or collect what is wrong with it.

    Parameters
    ----------
    row : Row
        A record of ``ligands.csv``; name and SMILES are enough.
    problems : list of Problem
        Everything that is wrong with the row is appended.

    Returns
    -------
    Product or None
        None if the row can't be used.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> texts = {"name": "acetic acid", "smiles": "CC(=O)O"}
    >>> row = Row("ligands.csv", 2, {name: Cell(text, 2, 1) for name, text in texts.items()})
    >>> product = read_product(row, [])
    >>> product.id, [named.name for named in product.forms]
    ('acetic-acid', ['acetate'])
    """
    before = len(problems)
    if not row.cells.keys() >= set(REQUIRED_COLUMNS):
        return None  # whoever read the table has said of these cells what is wrong with them
    name = row["name"].strip()
    if not name:
        problems.append(row.problem("name", "the name is empty", "write the name under which it is sold"))
    product_id = identifier(row, "id", problems) if row["id"].strip() else slug(name)
    if name and not product_id and not row["id"].strip():
        problems.append(
            row.problem("name", f"no id can be made of {name!r}", "give the row an id, e.g. oleic-acid")
        )
    role = choice(row, "role", ROLES, problems) or "ligand"
    cas = cas_number(row, "cas", problems) or ""
    other_cas = cas_numbers(row, "other_cas", problems)
    melting_point_c = number(row, "melting_point_c", problems, minimum=-273.15, maximum=4000)
    density = number(row, "density_g_per_ml", problems, minimum=0.01, maximum=25)
    state = choice(row, "state_20c", STATES, problems) or ""
    source_doi, place = doi(row, "doi", problems), row["locator"].strip()
    smiles = row["smiles"].strip()
    species: tuple[Species, ...] = ()
    forms: tuple[BindingForm, ...] = ()
    try:
        species, forms = split(smiles), binding_forms(smiles)
    except StructureError as error:
        cell = row.cells.get("smiles")
        line, column = (cell.line, cell.column + error.position) if cell else (row.line, 1)
        problems.append(Problem(row.file, line, column, error.what, error.fix))
    given = names(row, "binding_form")
    if species:
        own = {formula_unit(species), *(form.smiles for form in forms)}
        for field, texts in (
            ("id", [row["id"].strip()]),
            ("name", [name]),
            ("aliases", names(row, "aliases")),
            ("binding_form", given),
        ):
            refuse_misleading_names(row, field, texts, own, problems)
    if given and forms and role == "ligand" and len(given) != len(forms):
        problems.append(
            row.problem(
                "binding_form",
                f"{len(given)} names for {len(forms)} binding forms ({', '.join(form.smiles for form in forms)})",
                "write as many names as forms, separated by |, or leave the cell blank",
            )
        )
    if len(problems) > before or product_id is None or purity_problem(row["purity"].strip()):
        return None  # what is wrong with purities is said once for all rows: purity_problems
    return Product(
        id=product_id,
        name=name,
        smiles=smiles,
        species=species,
        forms=tuple(
            NamedForm(form_name, form)
            for form_name, form in zip(name_forms(name, forms, given), forms, strict=True)
        ),
        aliases=tuple(names(row, "aliases")),
        role=role,
        cas=cas,
        cas_source=row["cas_source"].strip(),
        other_cas=other_cas,
        supplier=row["supplier"].strip(),
        purity=row["purity"].strip(),
        state_20c=state,
        melting_point_c=melting_point_c,
        density_g_per_ml=density,
        property_source=row["property_source"].strip(),
        note=row["note"].strip(),
        source=Source(source_doi or "", place) if source_doi or place else None,
        origin=f"{row.file}:{row.line}",
    )


def unbound_notes(rows: Sequence[Row], products: Sequence[Product]) -> list[Problem]:
    """Note the ligands of a table in which nothing binds, as far as this software knows; one note for all.

    Parameters
    ----------
    rows : sequence of Row
        Rows of the table.
    products : sequence of Product
        What was made of them.

    Returns
    -------
    list of Problem
        One for all, or none.
    """
    unbound = [product for product in products if product.role == "ligand" and not product.forms]
    if not unbound:
        return []
    first, *others = unbound
    row = next(row for row in rows if f"{row.file}:{row.line}" == first.origin)
    more = f" and {counted(len(others), 'more row')} have" if others else " has"
    what = f"{shown(first.name)}{more} no donor group that this software knows: listed with class none"
    fix = (
        "that is no proof that nothing in it binds; check the structure, or give the row the role solvent, "
        "precursor or reagent"
    )
    return [row.problem("smiles", what, fix)]


def product_from_smiles(smiles: str, name: str = "") -> Product:
    """Make a product of a SMILES that nobody has seen.

    Parameters
    ----------
    smiles : str
        Structure as bought or as bound.
    name : str, optional
        Name; the SMILES by default.

    Returns
    -------
    Product

    Raises
    ------
    StructureError
        If the SMILES can't be used.

    Examples
    --------
    >>> [form.name for form in product_from_smiles("OC(=O)C(F)F").forms]
    ['O=C([O-])C(F)F']
    """
    forms = binding_forms(smiles)
    title = name or smiles
    return Product(
        id=smiles,
        name=title,
        smiles=smiles,
        species=split(smiles),
        forms=tuple(
            NamedForm(form_name, form)
            for form_name, form in zip(name_forms(name, forms, ()), forms, strict=True)
        ),
    )


def name_forms(product: str, forms: Sequence[BindingForm], given: Sequence[str]) -> tuple[str, ...]:
    """Name a product's binding forms.

    Parameters
    ----------
    product : str
        Name of the product.
    forms : sequence of BindingForm
        Its forms.
    given : sequence of str
        Names that the file gives, in the order of the forms; empty to derive all.

    Returns
    -------
    tuple of str
        One name for each form: given, derived from the product's name, or its SMILES.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import binding_forms
    >>> name_forms("hexylphosphonic acid", binding_forms("CCCCCCP(=O)(O)O"), ())
    ('hexylphosphonate', 'hexylphosphonate(2-)')
    """
    if len(given) == len(forms):
        return tuple(given)
    return tuple(_derived_name(product, form) for form in forms)


def _derived_name(product: str, form: BindingForm) -> str:
    if form.ligand_class in (LigandClass.L, LigandClass.Z, LigandClass.ZWITTERION):
        return product or form.smiles
    if form.proton_transfer is None or not product:
        return form.smiles
    suffix = _charge_suffix(form)
    for pattern, ending in _ANION_ENDINGS:
        match = pattern.search(product)
        if match:
            return product[: match.start()] + ending + suffix
    return form.smiles


_ANION_ENDINGS = (
    (re.compile(r"ic acid$"), "ate"),
    (re.compile(r"ous acid$"), "ite"),
    (re.compile(r"thiol$"), "thiolate"),
)


def rename_forms(products: Sequence[Product], replaced: Sequence[Product] = ()) -> tuple[Product, ...]:
    """Give each form the name that any product of the catalogue has for it, or one by the product that brings it.

    A lab's own salt without a ``binding_form`` cell then reads ``acetate`` like everybody else's, and what nobody has
    named reads ``anion of`` and the lab's name of the product, not as a SMILES.

    Parameters
    ----------
    products : sequence of Product
        The whole catalogue; the first name of a form counts.
    replaced : sequence of Product
        Products that others have taken the place of: what they called their forms still counts, so that a
        lab's "benzoic acid (shelf)" binds as benzoate.

    Returns
    -------
    tuple of Product
        In the same order.

    Examples
    --------
    >>> acid = product_from_smiles("CC(=O)O", "acetic acid")
    >>> salt = product_from_smiles("[Na+].CC(=O)[O-]", "sodium acetate")
    >>> [product.forms[0].name for product in rename_forms([acid, salt])]
    ['acetate', 'acetate']
    >>> ours = product_from_smiles("CCc1ccc(C(=O)O)cc1", "Acid A-17")
    >>> [product.forms[0].name for product in rename_forms([ours])]
    ['anion of Acid A-17']
    """
    known: dict[str, str] = {}
    for product in (*replaced, *products):
        for named in product.forms:
            if named.name != named.form.smiles:
                known.setdefault(named.form.smiles, named.name)
    for product in products:  # only where nobody has a name, and of what is ranked
        for smiles, name in _by_product(product, known).items():
            known.setdefault(smiles, name)
    return tuple(replace(product, forms=_renamed(product.forms, known)) for product in products)


def _by_product(product: Product, known: Mapping[str, str]) -> dict[str, str]:
    """Names by the product of its anions that have none; two of one charge would share theirs and get none."""
    unnamed = [
        named.form for named in product.forms if named.form.smiles not in known and named.form.charge < 0
    ]
    charges = Counter(form.charge for form in unnamed)
    return {
        form.smiles: f"anion{_charge_suffix(form)} of {product.name}"
        for form in unnamed
        if charges[form.charge] == 1 and product.role == "ligand" and product.name != product.smiles
    }


def _charge_suffix(form: BindingForm) -> str:
    return "" if form.charge == -1 else f"({-form.charge}-)"


def _renamed(forms: tuple[NamedForm, ...], known: Mapping[str, str]) -> tuple[NamedForm, ...]:
    return tuple(NamedForm(known.get(named.form.smiles, named.name), named.form) for named in forms)


def slug(name: str) -> str:
    """Identifier made from a name.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
        In kebab-case; empty for a name without Latin letters and digits.

    Examples
    --------
    >>> slug("2,2-Difluorononanoic acid")
    '2-2-difluorononanoic-acid'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
