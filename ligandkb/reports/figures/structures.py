"""How is a molecule drawn?"""

from __future__ import annotations

from functools import lru_cache, partial

from ligandkb.reports.document import Figure


def structure(smiles: str) -> Figure:
    """Picture of a molecule or a salt, all its ions in it; its SMILES stands for it in text."""
    return Figure(smiles, partial(_drawing, smiles))


@lru_cache(maxsize=4096)
def _drawing(smiles: str) -> str:
    from rdkit import Chem  # noqa: PLC0415 - only pages and notebooks draw
    from rdkit.Chem.Draw import rdMolDraw2D  # noqa: PLC0415
    from rdkit.rdBase import BlockLogs  # noqa: PLC0415

    with BlockLogs():
        mol = Chem.MolFromSmiles(smiles)
        if mol is None:
            return ""
        canvas = rdMolDraw2D.MolDraw2DSVG(180, 110)
        rdMolDraw2D.PrepareAndDrawMolecule(canvas, mol)
    canvas.FinishDrawing()
    return str(canvas.GetDrawingText()).split("?>", 1)[-1]
