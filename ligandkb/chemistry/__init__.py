"""What is it, and how can it bind?

Everything here starts from structure alone (RDKit): a product is split into species with counts, each
species gets the donor motifs that it offers, acids are turned into the forms that meet a surface, and
long tails are cut off so that electronic descriptors are computed on heads.
"""
