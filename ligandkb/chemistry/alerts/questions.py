"""Which small pieces of structure are worth asking for before the alerts themselves?

Each answers for all alerts that hold it, which is found out from their patterns
(:mod:`ligandkb.chemistry.needs`): a question more or less changes the time that a search takes, never what it finds.
"""

from __future__ import annotations

ODD = "[!#6;!#5;!#7;!#8;!#9;!#15;!#16;!#17;!#33;!#34;!#35;!#53]"
"""SMARTS of a metal, silicon, hydrogen drawn as an atom, or the like."""

QUESTIONS: tuple[str, ...] = (
    # one atom: rare ones, which are asked for all at once
    "[!+0]",
    "[D0]",
    "[#1]",
    "[#6;X1,X2]",  # alkynes, nitriles, isocyanates, ketenes
    "[CX3;H1,H2]=[OX1]",
    "[!#6;r3]",
    "[r4]",
    "[F,Cl,Br,I;H1]",
    ODD,
    # bonds
    "[#7]~[#7]",
    "[#7;X2]~[#7;X1]",
    "[#7]~[#8]",
    "[#8]~[#8]",
    "[#16]~[#8]",
    "[!#6]~[F,Cl,Br,I]",
    "[CX4][Cl,Br,I]",
    "[C;D1,D2]F",
    "[CX4;H2]F",
    "[CX3]([F,Cl,Br,I])=[O,S]",
    # groups
    "[#7](~[#8;X1,H1])~[#8;X1,H1]",
    "[CX3](=O)[OX2][!#1]",
    "[#8;D1]~[#6;R]~[#6;R]~[#6;R]~[#8;D1]",
)
"""SMARTS of connected pieces."""
