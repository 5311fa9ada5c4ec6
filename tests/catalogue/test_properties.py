"""Do properties of other sources fill what a row leaves blank, and nothing else?"""

from __future__ import annotations

import ligandkb as lk
from ligandkb.catalogue.products import product_from_smiles
from ligandkb.catalogue.properties import Properties, read_properties, with_properties

HEAD = "smiles,name,state_20c,melting_point_c,boiling_point_c,density_g_per_ml,density_temperature_c,source,locator,note\n"


def read(folder, *rows):
    (folder / "properties.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    problems = []
    return read_properties(folder / "properties.csv", problems), [str(problem) for problem in problems]


def test_several_sources_of_one_substance_stand_together(tmp_path):
    table, problems = read(
        tmp_path,
        "CCO,ethanol,,-114,,,,10.1/a,p. 3,",
        "OCC,ethanol,liquid,,78,0.789,20,https://b.org,,",
    )
    assert problems == []
    assert table == {
        "CCO": Properties(
            "liquid",
            -114.0,
            78.0,
            0.789,
            (
                "melting_point_c: 10.1/a, p. 3",
                "state_20c, boiling_point_c, density_g_per_ml: https://b.org",
            ),
        )
    }


def test_a_property_has_one_value(tmp_path):
    _, problems = read(tmp_path, "CCO,,,,,0.789,,10.1/a,,", "OCC,,,,,0.79,,10.1/b,,", "CCO,,wet,,,,,10.1/c,,")
    said = [line.split("properties.csv:")[1] for line in problems]
    assert said[0].startswith(
        "3:9: density_g_per_ml of this substance stands in an earlier row, too: keep one value"
    )
    assert said[1].startswith("4:6: 'wet' is not a value of 'state_20c'")


def test_what_a_row_says_itself_stands():
    (product,) = with_properties(
        [product_from_smiles("CCO")],
        [
            {"CCO": Properties(density_g_per_ml=0.7, sources=("shipped",))},
            {"CCO": Properties(density_g_per_ml=0.8)},
        ],
    )
    assert product.density_g_per_ml == 0.8  # a lab's table before the shipped one
    (kept,) = with_properties([product], [{"CCO": Properties(density_g_per_ml=0.7, boiling_point_c=78.0)}])
    assert (kept.density_g_per_ml, kept.boiling_point_c) == (0.8, 78.0)


def test_a_lab_lays_its_own_table_over(tmp_path):
    read(tmp_path, "CCCCCCCCCCCCCCCC,hexadecane,liquid,,,0.77,20,own measurement,,")
    (tmp_path / "ligands.csv").write_text(
        "name,smiles,role\nour wax,CCCCCCCCCCCCCCCC,solvent\n", encoding="utf-8"
    )
    kb = lk.load(tmp_path, ())
    wax = next(product for product in kb.catalogue.products if product.name == "our wax")
    assert (wax.state_20c, wax.density_g_per_ml) == ("liquid", 0.77)
