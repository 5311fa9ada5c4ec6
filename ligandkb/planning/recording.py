"""What is typed afterwards to record what an exchange did?"""

from __future__ import annotations

import shlex

from ligandkb.assessment.judge import Assessment
from ligandkb.evidence.outcomes import NO_PARTNER
from ligandkb.planning.exchange import ExchangePlan

TO_FILL_IN = ("BEFORE", "AFTER", "EFFECT", "BATCH")
"""What nobody knows before the exchange: PLQY before and after in %, the effect, the name of the batch."""


def recording_command(assessment: Assessment, plan: ExchangePlan) -> str:
    """Command that records the outcome of a plan, with words in capitals for what was measured.

    The binding form is named by its SMILES: a product of several forms doesn't say which one was there, and a form of
    a structure that stands in no catalogue has no other name.

    Parameters
    ----------
    assessment : Assessment
    plan : ExchangePlan

    Returns
    -------
    str
        Quoted where a shell would read something else.
    """
    pair, (before, after, effect, batch) = assessment.pair, TO_FILL_IN
    words = ["ligandkb", "outcomes", "add", pair.form.form.smiles]
    words += ["--added-as", pair.product.name]
    words += ["--partner", NO_PARTNER if pair.partner is None else pair.partner_id]
    words += ["--composition", str(assessment.composition)]
    words += ["--route", "post_synthetic", "--reference-state", "as_made"]
    words += ["--equivalents", f"{plan.protocol.pairs_per_halide_position:g}"]
    words += ["--concentration-mmol-per-l", f"{plan.pair_concentration_mm:.3g}"]
    words += ["--nc-concentration-umol-per-l", f"{plan.nanocrystals.concentration_um:g}"]
    words += ["--plqy-before-pct", before, "--plqy-after-pct", after, "--effect", effect, "--nc-batch", batch]
    return shlex.join(words)
