"""How is it said which outcomes something was held against?"""

from __future__ import annotations

from ligandkb.reports.document import Facts
from ligandkb.validation.judged_outcomes import Basis


def basis_facts(basis: Basis) -> Facts:
    """Facts on the outcomes that something was held against."""
    outcomes, forms = basis.outcomes, basis.forms
    rate = f", {forms.improved / forms.total:.0%} improved" if forms else ""
    said = f"{outcomes.improved} improved, {outcomes.not_improved} not improved or decreased"
    return Facts(
        (
            ("outcomes", f"{said}, from {basis.sources} sources"),
            ("binding forms", f"{forms}{rate}"),
            ("confounded among the outcomes", str(basis.confounded)),
            ("left out: no effect printed, or a removal", str(basis.stored - outcomes.total)),
        )
    )
