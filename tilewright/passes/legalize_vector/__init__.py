"""What the vector core cannot do, in terms of what it can: `legalize-vector`."""

from tilewright.passes.legalize_vector.legalize import LegalizeVectorPass

__all__ = ["LegalizeVectorPass"]
