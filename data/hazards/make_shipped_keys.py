"""Write shipped_keys.csv: InChIKeys of the structures of the shipped catalogue, so that ``ligandkb rank`` needn't wait.

A SMILES that stands there needn't be worked out anew; any other is. Run at the top of a checkout, where ligandkb is
installed: python data/hazards/make_shipped_keys.py
"""

from __future__ import annotations

from pathlib import Path

import ligandkb as lk
from ligandkb.catalogue import hazard_tables
from ligandkb.chemistry.inchi import inchi_key

HERE = Path(__file__).parent
COMMENT = "# InChIKeys of SMILES as the catalogue asks for them. Made by make_shipped_keys.py; a test works all out.\n"


def main() -> None:
    """Write the table."""
    asked: dict[str, str] = {}

    def remembered(smiles: str) -> str:
        asked[smiles] = inchi_key(smiles)
        return asked[smiles]

    hazard_tables.inchi_key = remembered
    (HERE / hazard_tables.SHIPPED_KEYS).write_text(f"{COMMENT}smiles,inchikey\n", encoding="utf-8")
    lk.load(data=(), rules=()).ranked(all_partners=True).rows()
    lines = "".join(f"{smiles},{key}\n" for smiles, key in sorted(asked.items()) if key)
    (HERE / hazard_tables.SHIPPED_KEYS).write_text(f"{COMMENT}smiles,inchikey\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    main()
