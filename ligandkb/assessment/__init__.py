"""Which pair first?

Pairs of binding form and partner are laid out, the rules are evaluated over their columns, and the
prediction, the verdict, the evidence and the safety of each pair are put side by side.
"""
