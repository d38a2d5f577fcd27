"""Parts of tensors as tensors."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX

from tilewright.dialects import tile as ir
from tilewright.dialects.tile import TensorType
from tilewright.language.objects import Where
from tilewright.language.operands import index, sequence, static_shape, tensor, view, window_of
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import TensorRef, describe


@op("Memory", where=Where.ANYWHERE)
def subview(t: Translator, x: object, shape: object, offset: object) -> object:
    """A window of a tensor as a tensor of its own: sizes first, None where it reaches to the end.

    It shares the memory of `x`: a load from it gives what memory holds then. `pl.slice` gives what it held before.
    """
    base = tensor(t, x)
    sizes, offsets = sequence(t, shape, "the shape"), sequence(t, offset, "the offset")
    if None not in sizes:
        return view(t, window_of(t, base, offsets, static_shape(t, sizes)))
    rank = len(base.extents)
    if len(sizes) != rank or len(offsets) != rank:
        t.fail("TW0608", f"{describe(base)} has {rank} dimensions; the window has {len(sizes)}")
    starts = [index(t, each, "an offset") for each in offsets]
    kind = TensorType.of(_extents(t, sizes), base.type.element_type)
    return TensorRef(t.emit(ir.ViewOp(base.ssa, starts, kind)).result)


def _extents(t: Translator, sizes: Sequence[object]) -> list[int]:
    return [DYNAMIC_INDEX if size is None else static_shape(t, [size])[0] for size in sizes]
