"""Which small pieces of structure are worth asking for before the alerts themselves?

Each answers for all alerts that hold it, which is found out from their patterns
(:mod:`ligandkb.chemistry.needs`): a question more or less changes the time that a search takes, never what it finds.
"""

from __future__ import annotations

ODD = "[!#6;!#5;!#7;!#8;!#9;!#15;!#16;!#17;!#33;!#34;!#35;!#53]"
"""SMARTS of a metal, silicon, hydrogen drawn as an atom, or the like."""

RARE_QUESTIONS: tuple[str, ...] = (
    "[!+0]",
    "[D0]",
    "[#1]",
    "[#6;X1,X2]",  # alkynes, nitriles, isocyanates, ketenes
    "[!#6;r3]",
    "[X1;H1]",  # hydrogen halides
    "[#16;H1,X1]",
    ODD,
    "[CX3;H1,H2]=[OX1]",
    "[CX3](=O)[OX2][!#1]",
    "[#8;D1]~[#6;R]~[#6;R]~[#6;R]~[#8;D1]",
)
"""SMARTS of connected pieces that most organic molecules lack, so that they are asked for all at once."""

QUESTIONS: tuple[str, ...] = (
    "[#7,#8]~[#7,#8]",
    "[#7]~[#7]",
    "[NX3][NX3]",
    "[#7;X2]~[#7;X1]",
    "[#7]~[#8]",
    "[#7;X2]~[#8]",
    "[#8]~[#8]",
    "[#7](~[#8;X1,H1])~[#8;X1,H1]",
    "[#16]~[#8]",
    "[#16][OX2,-]",
    "[#7;+]",
    "[#8;+]",
    "[CH3]N",
    "[C,!#6]~[F,Cl,Br,I]",
    "[!#6]~[F,Cl,Br,I]",
    "[CX4][F,Cl,Br,I]",
    "[CX4][Cl,Br,I]",
    "[C;D1,D2]F",
    "[CX4;H2]F",
    "[CX3]([F,Cl,Br,I])=[O,S]",
    "[F,Cl,Br,I]c:n",
)
"""SMARTS of connected pieces that are asked for one by one."""
