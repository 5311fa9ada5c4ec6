"""What does a line of a supplier's list come to?

A line is read by itself: all chemistry happens there, where what is slow or hangs can be stopped. Of what was read of
many lines the columns are assembled together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ligandkb.arguments import Several, names
from ligandkb.assessment.choosing import pairs_of
from ligandkb.assessment.columns import DEFINITIONS, SeenPair
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.order import order_in_band
from ligandkb.assessment.records import COLUMNS as RECORD_COLUMNS
from ligandkb.assessment.records import FACTS, TOLD, Rows
from ligandkb.catalogue.finding import find_structure
from ligandkb.catalogue.match import Match
from ligandkb.catalogue.products import Product, product_from_smiles
from ligandkb.cells import cells
from ligandkb.chemistry.composition import Composition, parse_composition
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import UsageError, did_you_mean
from ligandkb.screening.sold import is_counter_ion, sold_as
from ligandkb.tables import cas_numbers_in

if TYPE_CHECKING:
    from ligandkb.catalogue.catalogue import Catalogue
    from ligandkb.contents import Contents

Kind: TypeAlias = Literal["integer", "number", "text", "flag"]

ALWAYS = ("line", "id")
"""Columns that stand first, whatever is asked for."""
OF_A_RANKING = ("rank", "band")
"""What only a whole ranking can say of a pair."""
CAS_IN_LIST = "cas_in_list"
OF_A_LIST: Mapping[str, Kind] = {
    "counter_ion": "flag",
    "sold_as": "text",
    CAS_IN_LIST: "text",
    "tier": "integer",
    "order_in_band": "integer",
}
"""Columns that a ranking doesn't have: whether the form is only what a base is sold with, as what the product is sold,
what the list has in its column of CAS numbers, the number of the tier by which a ranking is ordered first
(:class:`~ligandkb.assessment.order.Tier`), and that by which it is ordered inside a band
(:func:`~ligandkb.assessment.order.order_in_band`)."""

COLUMNS: tuple[str, ...] = (*(name for name in RECORD_COLUMNS if name not in OF_A_RANKING), *OF_A_LIST)
"""What may be asked of a screening, in the order in which it is written."""

_NUMBERS = frozenset({"score", "score_low", "score_high", "molar_mass_g_per_mol"})
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(RECORD_COLUMNS, "text"),
    **dict.fromkeys(_NUMBERS, "number"),
    **{column.name: column.kind for column in DEFINITIONS if column.name in FACTS},
    "orderable": "flag",
    **OF_A_LIST,
}


@dataclass(frozen=True)
class Line:
    """One line of a list.

    Attributes
    ----------
    number : int
        1-based, over all input in its order.
    smiles : str
        Structure as bought.
    id : str
        What the list calls it; may be empty.
    cas : str
        What the list has in its column of CAS numbers; may be empty, several, or none that is right.
    carried : tuple of str
        Cells of the columns that are carried along.
    """

    number: int
    smiles: str
    id: str = ""
    cas: str = ""
    carried: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadLine:
    """What the chemistry of one line came to; whoever screens only passes it on.

    Attributes
    ----------
    line : Line
    pairs : tuple of SeenPair
        At least one.
    counter_ions : tuple of bool
        Of each pair, whether its form is only what a base is sold with.
    """

    line: Line
    pairs: tuple[SeenPair, ...]
    counter_ions: tuple[bool, ...]


class Screener:
    """Makes rows of lines, for one crystal.

    Parameters
    ----------
    kb : Contents
        A knowledge base.
    composition : str or Composition
        The crystal.
    columns : iterable of str, optional
        Those of :data:`COLUMNS` that are wanted; all by default, and :data:`ALWAYS` with them. What isn't asked for and
        no rule reads isn't worked out.
    allow : str or iterable of str
        Vetoes to lift: ``lethal``.
    carried : sequence of str
        Names of the columns that lines carry along.

    Raises
    ------
    UsageError
        If there is no such column or veto, or a carried column has the name of another.

    Examples
    --------
    >>> import ligandkb as lk
    >>> screener = Screener(lk.load(), "CsPbBr3", ["binding_form_smiles", "verdict"], carried=["price"])
    >>> read = screener.read(Line(1, "OC(=O)CF", "A-1", carried=("12.50",)))
    >>> screener.rows([read])["binding_form_smiles"], screener.rows([read])["verdict"]
    (['O=C([O-])CF'], ['vetoed'])
    >>> list(screener.kinds)
    ['line', 'id', 'price', 'binding_form_smiles', 'verdict']
    """

    def __init__(
        self,
        kb: Contents,
        composition: str | Composition,
        columns: Several[str] | None = None,
        allow: Several[str] = (),
        carried: Sequence[str] = (),
    ) -> None:
        self._catalogue, self._judge = kb.catalogue, kb.judge(allow)
        self._composition = parse_composition(composition)
        self._carried, self._columns = tuple(carried), _chosen(columns)
        # What every chunk is held against is worked out once, and here.
        self._judge.yardsticks(self._composition)
        self._read_of_a_pair = tuple(name for name in FACTS if name in self._columns)
        twice = {name for name in carried if name in (*ALWAYS, *COLUMNS) or self._carried.count(name) > 1}
        if twice:
            raise UsageError(
                f"the columns {', '.join(sorted(twice))} can't be carried along: each name stands for "
                "one column of the rows; rename them"
            )

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Names of the columns of :meth:`rows` in their order, each with the kind of its values."""
        said = {name: _KINDS[name] for name in self._columns}
        return {"line": "integer", "id": "text", **dict.fromkeys(self._carried, "text"), **said}

    def read(self, line: Line) -> ReadLine:
        """Do all the chemistry of a line; this may take long, and on some structures RDKit hangs or crashes.

        Parameters
        ----------
        line : Line

        Returns
        -------
        ReadLine

        Raises
        ------
        LigandkbError
            If the line is to be rejected; its text is the reason.
        """
        pairs = self._judge.seen(
            pairs_of(self._catalogue, match_of(self._catalogue, line)), self._composition
        )
        for pair in pairs:
            self._judge.work_out(pair, self._read_of_a_pair)
        counter_ions = tuple([is_counter_ion(pair.pair, self._catalogue) for pair in pairs])
        return ReadLine(line, pairs, counter_ions)

    def rows(self, read: Sequence[ReadLine]) -> dict[str, Sequence[Any]]:
        """Assemble the columns of a chunk of lines, one row a pair, in the order of the lines.

        Parameters
        ----------
        read : sequence of ReadLine
            Best 500 to 2,000 of them.

        Returns
        -------
        dict of str to list
            By the names of :attr:`kinds`; texts, numbers and flags, None where something is unknown or doesn't
            apply. The cells are those of ``rank --format csv``.
        """
        lines = [one.line for one in read for _ in one.pairs]
        every = Rows(self._judge.assess_seen([pair for one in read for pair in one.pairs]))
        columns: dict[str, Sequence[Any]] = {
            "line": [line.number for line in lines],
            "id": cells([line.id for line in lines]),
        }
        for place, name in enumerate(self._carried):
            columns[name] = cells([line.carried[place] for line in lines])
        for name in self._columns:
            if name == "counter_ion":
                columns[name] = [one for line in read for one in line.counter_ions]
            elif name == CAS_IN_LIST:
                columns[name] = cells([line.cas for line in lines])
            else:
                told = _TOLD[name](every)
                columns[name] = cells(told) if _KINDS[name] == "text" else told
        return columns


def match_of(catalogue: Catalogue, line: Line) -> Match:
    """Product of the catalogue that has a line's structure, else one made of it, under the numbers that the list gives.

    Parameters
    ----------
    catalogue : Catalogue
    line : Line

    Returns
    -------
    Match

    Raises
    ------
    StructureError
        If the SMILES can't be used.

    Examples
    --------
    >>> import ligandkb as lk
    >>> match_of(lk.load().catalogue, Line(1, "OC(=O)c1ccccc1")).product.name
    'benzoic acid'
    """
    text = line.smiles.strip()
    match = find_structure(catalogue, formula_unit(split(text)), text)
    match = match or Match(product_from_smiles(text), None, False)
    return replace(match, product=_with_numbers(match.product, line.cas)) if line.cas else match


def _order_in_band(item: Assessment) -> int:
    return order_in_band(
        item.verdict,
        "insoluble" in item.safety.tags,
        len(item.safety.dangers_to_people),
        sum(outcome.counts for outcome in item.evidence.near),
    )


_TOLD: Mapping[str, Callable[[Rows], Sequence[Any]]] = {
    **TOLD,
    "sold_as": lambda rows: list(map(sold_as, rows.products)),
    "tier": lambda rows: [int(item.tier) for item in rows.items],
    "order_in_band": lambda rows: list(map(_order_in_band, rows.items)),
}


def _with_numbers(product: Product, text: str) -> Product:
    """Product under the numbers that a list gives, so that what governments list under any of them is found.

    What has no hyphens may be another number: it is looked up, and nothing is sold under it.
    """
    numbers = cas_numbers_in(text)
    if numbers and not product.cas and not text.strip(" '").removesuffix(".0").isdigit():
        product = replace(product, cas=numbers[0], cas_source="the list that it stands in")
    known = (product.cas, *product.other_cas)
    return replace(product, other_cas=(*product.other_cas, *(one for one in numbers if one not in known)))


def _chosen(columns: Several[str] | None) -> tuple[str, ...]:
    if columns is None:
        return COLUMNS
    wanted = names("columns", columns)
    wrong = [
        f"{name!r} is no column of a screening: {did_you_mean(name, COLUMNS) or 'there are ' + ', '.join(COLUMNS)}"
        for name in wanted
        if name not in (*ALWAYS, *COLUMNS)
    ]
    if wrong:
        raise UsageError("\n".join(wrong))
    return tuple(name for name in COLUMNS if name in wanted)
