r"""Which ligands do the nanocrystals come with?

Oleic acid and oleylamine as drawn in the catalogue, with their Z double bond; oleate is the X-type ligand that
fails, oleylamine the native L (Nenon et al., doi 10.1021/jacs.8b11035, Chemicals; Table 1).
"""

from __future__ import annotations

OLEIC_ACID = r"CCCCCCCC/C=C\CCCCCCCC(=O)O"
OLEATE = r"CCCCCCCC/C=C\CCCCCCCC(=O)[O-]"
OLEYLAMINE = r"CCCCCCCC/C=C\CCCCCCCCN"
OLEYLAMMONIUM = r"CCCCCCCC/C=C\CCCCCCCC[NH3+]"
