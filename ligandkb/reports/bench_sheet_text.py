"""How does the bench sheet look on a terminal?"""

from __future__ import annotations

from collections.abc import Sequence

from ligandkb.planning.exchange import ExchangePlan
from ligandkb.reports.answer import aligned, item
from ligandkb.reports.bench_sheet import sheet_sections, sheet_title
from ligandkb.reports.literal import visible


def render_text(plan: ExchangePlan, footer: Sequence[str] = ()) -> str:
    """Write the bench sheet as plain text, in the order of the printed one.

    Parameters
    ----------
    plan : ExchangePlan
    footer : sequence of str
        Version, data and overlays it was made with.

    Returns
    -------
    str
    """
    lines = [visible(sheet_title(plan))]
    for section in sheet_sections(plan):
        lines += ["", visible(section.title).upper() if section.alarming else visible(section.title)]
        if section.rows:
            lines += aligned([section.columns, *section.rows], indent="  ")
        for number, line in enumerate(section.lines, 1):
            mark = f"  {number}. " if section.numbered else "  ! " if section.alarming else "  - "
            lines += item(line, mark=mark)
    return "\n".join([*lines, "", *(visible(line) for line in footer)])
