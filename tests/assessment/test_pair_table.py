from dataclasses import replace

import numpy as np
import pytest

from ligandkb.assessment.choosing import chosen_pairs
from ligandkb.assessment.columns import DEFINITIONS, OF_PAIR
from ligandkb.assessment.pair_table import pair_table
from ligandkb.chemistry.composition import parse_composition
from ligandkb.rules.table import Table


@pytest.mark.parametrize("composition", ["CsPbBr3", "CsPbX3", "CsPbBr1.5Cl1.5"])
def test_columns_are_the_values_of_each_row(kb, composition):
    """What hangs on partner, crystal, alerts or form is worked out once for all that are alike: nobody may notice."""
    pairs = chosen_pairs(kb.catalogue, all_partners=True)
    rows = kb.judge().seen(pairs, parse_composition(composition))
    table, expected = pair_table(rows), Table.from_rows([row.values for row in rows])
    assert table.names == expected.names == tuple(descriptor.name for descriptor in DEFINITIONS)
    for name in table.names:
        made, said = table[name], expected[name]
        assert made.kind == said.kind, name
        one, other = (
            np.array([*data.categories, ""], dtype=object)[data.values]
            if data.kind == "text"
            else data.values
            for data in (made, said)
        )
        assert np.array_equal(one, other, equal_nan=made.kind in {"number", ""}), name
        none = np.zeros(len(rows), np.bool_)
        one, other = (none if data.not_applicable is None else data.not_applicable for data in (made, said))
        assert np.array_equal(one, other), name


def test_a_value_is_asked_for_once_for_all_that_are_alike(kb, monkeypatch):
    asked = []
    pairs = chosen_pairs(kb.catalogue)
    rows = kb.judge().seen(pairs, parse_composition("CsPbBr3"))
    descriptor = OF_PAIR.by_name["partner_carbon_count"]

    def counting(row):
        asked.append(row.pair.partner_id)
        return descriptor.function(row)

    monkeypatch.setitem(OF_PAIR._by_name, "partner_carbon_count", replace(descriptor, function=counting))
    pair_table(rows)["partner_carbon_count"]
    kinds = {(row.pair.partner_id, row.pair.partner_count) for row in rows}
    assert len(asked) == len(kinds) < len(rows)
