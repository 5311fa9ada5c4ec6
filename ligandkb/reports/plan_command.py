"""How is a bench sheet asked for on the command line?"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from ligandkb.assessment.judge import Assessment


@dataclass(frozen=True)
class Sample:
    """Crystals for one pair.

    Attributes
    ----------
    concentration_um, volume_ml, edge_length_nm : float
        µM of nanocrystals, mL, and mean edge in nm.
    lattice_constant_nm : float or None
        Edge of the cube with one Pb, in nm; None for the sourced one.
    is_an_example : bool
        Whether nobody said so.
    """

    concentration_um: float = 1.0
    volume_ml: float = 2.0
    edge_length_nm: float = 9.5
    lattice_constant_nm: float | None = None
    is_an_example: bool = False


EXAMPLE = Sample(is_an_example=True)


def plan_command(item: Assessment, sample: Sample, folders: Sequence[str] = ()) -> str:
    """Command that plans a pair, as a shell reads it.

    Parameters
    ----------
    item : Assessment
    sample : Sample
    folders : sequence of str
        Options that name a lab's own data and rules, as they were given.

    Returns
    -------
    str
        Quoted where a shell would read something else.

    Examples
    --------
    >>> import ligandkb as lk
    >>> print(plan_command(lk.load().assess("hexylphosphonic acid"), Sample()))
    ligandkb surface plan hexylphosphonic-acid --partner oleylammonium --form 'CCCCCCP(=O)([O-])O' -c CsPbBr3
    --nc-concentration 1 --volume 2 --edge 9.5
    """
    pair = item.pair
    words = ["ligandkb", "surface", "plan", pair.product.id]
    if pair.partner is not None:
        words += ["--partner", pair.partner_id]
    if len(pair.product.forms) > 1:
        words += ["--form", pair.form.form.smiles]
    words += ["-c", str(item.composition)]
    words += ["--nc-concentration", f"{sample.concentration_um:g}", "--volume", f"{sample.volume_ml:g}"]
    words += ["--edge", f"{sample.edge_length_nm:g}"]
    if sample.lattice_constant_nm is not None:
        words += ["--lattice", f"{sample.lattice_constant_nm:g}"]
    words += folders
    return shlex.join(words)
