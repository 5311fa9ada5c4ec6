"""How is shown what was measured?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.measured import IN_SAMPLE, measured_own_first
from ligandkb.assessment.qualifiers import CONFOUNDED, FAMILY
from ligandkb.reports.document import Span, Tone

_TONES: Mapping[str | None, Tone] = {
    "improved": "good",
    "conflict": "warn",
    "decreased": "bad",
    "not_improved": "bad",
}


def measured_text(row: Mapping[str, Any]) -> str:
    """What was measured on the pair of a row or on a near one, in a few words; "-" where nothing was.

    Parameters
    ----------
    row : mapping
        As :func:`~ligandkb.assessment.records.record` makes it.

    Examples
    --------
    >>> measured_text({"measured": "76 → 98 %"}), measured_text({"measured": None})
    ('76 → 98 %', '-')
    """
    return row["measured"] or "-"


def measured_of(row: Mapping[str, Any], item: Assessment | None = None) -> Span:
    """The same, in the tone of what was observed on this pair; what weakens it is no plain good.

    Parameters
    ----------
    row : mapping
    item : Assessment, optional
        Of the row: what the lab measured itself is said before what others did.
    """
    said = measured_text(row)
    if item is not None:
        said = measured_own_first(item.evidence, item.composition) or said
    tone = _TONES.get(row["observed"], "")
    is_weak = any(word in said.partition("; ")[0] for word in (IN_SAMPLE, CONFOUNDED, FAMILY))
    return Span(said, tone="warn" if tone == "good" and is_weak else tone)
