"""How hard is this donor, by quantum chemistry?

Electronic structure on heads: GFN2-xTB through tblite (extra ``[quantum]``) as the working method, PBE0
through pyscf (extra ``[dft]``) as its referee. Importing this package loads neither; the values shipped in
``data/computed`` are read without them.
"""
