"""What does a name or SMILES stand for?"""

from __future__ import annotations

from dataclasses import dataclass

from ligandkb.catalogue.products import NamedForm, Product


@dataclass(frozen=True)
class Match:
    """What a name or SMILES stands for.

    Attributes
    ----------
    product : Product
        The product as bought, or one made up from an unseen SMILES.
    form : NamedForm or None
        The binding form, where the name or SMILES was one.
    in_catalogue : bool
        Whether the product is in the catalogue.
    remarks : tuple of str
        What a reader must know of how the text was read, such as that it was taken for a SMILES though it looks like
        a formula.
    """

    product: Product
    form: NamedForm | None
    in_catalogue: bool
    remarks: tuple[str, ...] = ()

    @property
    def read_as(self) -> str | None:
        """The remarks in one line; None where there is nothing to remark."""
        return "; ".join(self.remarks) or None
