"""Numbers of the kernel whose value is known."""

from __future__ import annotations

from tilewright.language.objects import Where
from tilewright.language.operands import element_type
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, describe


@op("Numbers", where=Where.ANYWHERE)
def const(t: Translator, value: object, dtype: object) -> object:
    """A constant of a certain type: `pl.const(1, pl.INT32)`. A plain number takes the type that its use needs."""
    element = element_type(t, dtype)
    if not isinstance(value, bool | int | float):
        t.fail("TW0607", f"the value is {describe(value)}, and a constant is needed")
    return ScalarRef(t.constant(value, element))
