"""How does a result become plain data for JSON?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from ligandkb.missing import is_present


def plain(value: Any) -> Any:
    """Turn a result of :mod:`ligandkb.surface` into types that JSON knows, by the names of its fields.

    Parameters
    ----------
    value : dataclass, mapping, sequence, array or scalar

    Returns
    -------
    dict, list, str, int, float, bool or None
        A reason for absence becomes ``{"absent": why}``, an infinite number ``{"absent": "no bound"}``.

    Examples
    --------
    >>> from ligandkb.surface.uncertainty import Interval
    >>> plain(Interval(3.0, 2.0, math.inf))
    {'value': 3.0, 'low': 2.0, 'high': {'absent': 'no bound'}, 'confidence': 0.95}
    """
    if not is_present(value):
        return {"absent": str(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"absent": "no bound" if math.isinf(value) else "not a number"}
    return value
