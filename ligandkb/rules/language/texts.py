"""How is a text that somebody else wrote shown in a message?"""

from __future__ import annotations

import re

# Control characters, other line breaks than \n, direction marks that make text read otherwise than it
# runs, lone surrogates and non-characters. Tabs and carriage returns have messages of their own.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def has_invisible_characters(text: str) -> bool:
    r"""Tell whether a text holds control characters, as an escape in double quotes can bring them in.

    Examples
    --------
    >>> has_invisible_characters("10 nm"), has_invisible_characters("\x1b[31m")
    (False, True)
    """
    return "\t" in text or "\r" in text or UNPRINTABLE.search(text) is not None


def shown(text: str, *, quote: bool = True, width: int = 60) -> str:
    r"""Show a text in a message: on one line, bounded, with nothing invisible in it.

    Parameters
    ----------
    text : str
        Text that somebody else wrote.
    quote : bool
        Whether to put quotes around it.
    width : int
        Number of characters after which it is cut.

    Returns
    -------
    str

    Examples
    --------
    >>> shown("a\x1b[31mb"), shown("abc", quote=False)
    ("'a\\x1b[31mb'", 'abc')
    """
    cut = text if len(text) <= width else text[: width - 3] + "..."
    visible = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in cut
    )
    return f"'{visible}'" if quote else visible
