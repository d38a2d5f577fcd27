"""Questions about element types that several passes ask."""

from __future__ import annotations

from xdsl.ir import Attribute

from tilewright.arch.chip import ELEMENT_BITS


def integer_bits(type_: Attribute) -> int:
    """The bits of an integer type of fixed size, 0 of any other."""
    name = str(type_)
    return ELEMENT_BITS.get(name, 0) if name.lstrip("u").startswith("i") else 0


def is_unsigned(type_: Attribute) -> bool:
    """Whether it is an integer type that says that it has no sign, such as ui8."""
    return str(type_).startswith("ui")


def has_signedness(type_: Attribute) -> bool:
    """Whether it is an integer type that `arith` does not compute with: ui8 or si8, not i8."""
    return str(type_).startswith(("ui", "si"))
