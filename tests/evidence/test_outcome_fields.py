"""Does everything that is said of a field stand in one place?"""

from __future__ import annotations

import dataclasses
import re

import pytest

from ligandkb.evidence.outcome_fields import CellKind, about, columns_table, fields_of, option_help
from ligandkb.evidence.outcomes import BATCH, COLUMNS, FIELDS, OLD_NAMES, Outcome
from ligandkb.resources import data_directory

NOT_DESCRIBED = {"origin", "is_shipped"}
"""What a reader of files or the database adds, and no cell says."""


def test_every_attribute_of_an_outcome_is_described():
    kept = {attribute.name for attribute in dataclasses.fields(Outcome)} - NOT_DESCRIBED
    parts = {"doi": "source", "locator": "source"}
    assert {parts.get(one.name, one.name) for one in FIELDS} == kept


def test_the_page_on_the_data_has_the_table_of_the_fields():
    page = (data_directory() / "README.md").read_text(encoding="utf-8")
    section = re.search(r"(?ms)^## outcomes\.csv.*?(?=^## )", page)
    assert section is not None
    assert columns_table(FIELDS) in section[0], (
        "write it anew: ligandkb.evidence.outcome_fields.columns_table(FIELDS)"
    )


def test_no_name_means_two_things():
    names = [*COLUMNS, *OLD_NAMES, BATCH.column]
    assert len(names) == len(set(names))
    own = [one.option for one in FIELDS if not one.typed_with]
    assert len(own) == len(set(own))
    assert len({one.database_column for one in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize("one", FIELDS, ids=lambda one: one.column)
def test_a_field_says_what_it_means(one):
    assert one.help
    assert option_help(one).endswith(".")
    assert "`" not in option_help(one)
    assert bool(one.words) is (one.kind is CellKind.WORD)
    assert one.is_number is (one.minimum is not None)
    if one.typed_with:
        (owner,) = (other for other in FIELDS if other.column == one.typed_with)
        assert one.option == owner.option


def test_a_new_field_needs_its_line_alone():
    described = about(CellKind.PERCENT, "yield of the exchange", unit="%", minimum=0, maximum=100)
    made = dataclasses.make_dataclass(
        "Kept",
        [("exchange_yield", float | None, dataclasses.field(default=None, metadata=described))],
        bases=(Outcome,),
        frozen=True,
    )
    *before, new = fields_of(made)
    assert [one.column for one in before] == list(COLUMNS)
    assert (new.name, new.column, new.option) == (
        "exchange_yield",
        "exchange_yield_pct",
        "--exchange-yield-pct",
    )
    assert (new.database_column, new.blank, new.cell(0.5)) == ("exchange_yield", None, 50.0)
    assert columns_table([new]).splitlines()[-1] == (
        "| `exchange_yield_pct` | yield of the exchange | % | 0 to 100 |"
    )
