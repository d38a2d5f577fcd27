"""Global memory: tensors as matrices of rows, windows of them, single elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    GmLayout,
    LayoutAttr,
    MakeTensorViewOp,
    PartitionViewOp,
    PartitionViewType,
    PtrType,
    TensorViewType,
)
from tilewright.dialects.pto.pointers import AddPtrOp
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile import TensorType
from tilewright.passes.building import add, index_constant, rename


@dataclass(frozen=True)
class Memory:
    """Where a tensor lies: row-major from a pointer on.

    Attributes:
        pointer: to the first element of the whole.
        shape: extents of the whole.
        offsets: where the tensor starts in it, one for each dimension; empty at its start.
        local: where its views are made, None for the entry of the function.
    """

    pointer: SSAValue
    shape: tuple[int, ...]
    offsets: tuple[SSAValue, ...] = ()
    local: Builder | None = None


@dataclass(frozen=True)
class Matrix:
    """A window as a part of a matrix.

    Attributes:
        extents: rows and columns of the matrix; a row is one run of memory.
        offsets: where the window starts.
        swapped: whether the rows of the window are the columns of the matrix: it is a column, whose elements are
            neighbours.
    """

    extents: tuple[int, int]
    offsets: tuple[SSAValue, SSAValue]
    swapped: bool = False


class Windows:
    """Makes the views of one function; constants that several windows need stand once, at its entry."""

    def __init__(self, entry: Builder) -> None:
        self._entry = entry
        self._numbers: dict[int, SSAValue] = {}
        self._memories: dict[SSAValue, Memory] = {}
        self._views: dict[tuple[SSAValue, tuple[int, int], bool], SSAValue] = {}

    def argument(self, old: SSAValue, pointer: SSAValue, tensor: TensorType) -> None:
        """An argument of the function, which is a tensor in the user's program."""
        if DYNAMIC_INDEX in tensor.extents:
            fail(
                "TW0305",
                f"{value_name(pointer)} has a dynamic extent ({tensor}): its pto view needs the extents as constants",
                old,
                help=("give the tensor static dimensions",),
            )
        memory = self._memories[old] = Memory(pointer, tensor.extents)
        if len(tensor.extents) == 2 and tensor.extents[1] > 1:
            self._view(memory, (tensor.extents[0], tensor.extents[1]))

    def memory(self, tensor: SSAValue, user: Operation) -> Memory:
        """Where a tensor lies (TW0314 where the kernel does not know)."""
        if tensor not in self._memories:
            fail("TW0314", f"{value_name(tensor)} is no argument of the kernel, and no part of one", user)
        return self._memories[tensor]

    def part(
        self, builder: Builder, old: SSAValue, source: SSAValue, offsets: Sequence[SSAValue], at: Operation
    ) -> None:
        """`old` is a window of a tensor, in the same memory."""
        memory = self.memory(source, at)
        self._memories[old] = replace(memory, offsets=self._offsets(builder, memory, offsets))

    def reshaped(self, builder: Builder, old: SSAValue, source: SSAValue, shape: Sequence[int], at: Operation) -> None:
        """`old` is a tensor in another shape; it is one run of memory (TW0314)."""
        memory = self.memory(source, at)
        tensor = source.type
        assert isinstance(tensor, TensorType)
        if not memory.offsets:
            self._memories[old] = Memory(memory.pointer, tuple(shape), (), memory.local)
            return
        rest = [axis for axis, extent in enumerate(tensor.extents) if extent != 1][1:]
        if any(tensor.extents[axis] != memory.shape[axis] for axis in rest):
            fail(
                "TW0314",
                f"{value_name(source)} is a window whose rows are apart in memory: it cannot take another shape",
                at,
                help=("load it, and let the tile take the other shape",),
            )
        start = self.element(builder, memory, [self.number(0)] * len(memory.shape))
        pointer = AddPtrOp(operands=[memory.pointer, start], result_types=[memory.pointer.type])
        self._memories[old] = Memory(builder.insert(pointer).result, tuple(shape), (), builder)

    def element(self, builder: Builder, memory: Memory, indices: Sequence[SSAValue]) -> SSAValue:
        """The place of an element, counted from the pointer."""
        return self._linear(builder, memory.shape, self._offsets(builder, memory, indices))

    def matrix(
        self,
        builder: Builder,
        memory: Memory,
        offsets: Sequence[SSAValue],
        sizes: Sequence[int],
        at: Operation,
        *,
        swaps: bool,
    ) -> Matrix:
        """A window as a part of a matrix.

        Args:
            swaps: whether a matrix of one column is taken as one row.

        Raises:
            DiagnosticError: TW0314, its rows are not equally far apart.
        """
        whole, starts = memory.shape, self._offsets(builder, memory, offsets)
        many = [axis for axis in range(len(whole) - 1) if sizes[axis] > 1]
        last = many[-1] if many else len(whole) - 2
        if any(sizes[axis] != whole[axis] for axis in range(many[0] + 1, last + 1)) if many else False:
            fail(
                "TW0314",
                f"the rows of a window of {shape_text(sizes)} are not equally far apart in a tensor of "
                f"{shape_text(whole)}",
                at,
                help=("cut it into windows along one dimension, or move that dimension to the front of the others",),
            )
        rows, columns = prod(whole[: last + 1]), prod(whole[last + 1 :])
        row = self._linear(builder, whole[: last + 1], starts[: last + 1])
        column = self._linear(builder, whole[last + 1 :], starts[last + 1 :])
        if columns == 1 and swaps:
            return Matrix((1, rows), (self.number(0), row), swapped=True)
        return Matrix((rows, columns), (row, column))

    def window(
        self,
        builder: Builder,
        memory: Memory,
        matrix: Matrix,
        extents: Sequence[int],
        sizes: Sequence[SSAValue],
        transposed: bool = False,
    ) -> SSAValue:
        """A part of a matrix.

        Args:
            extents: rows and columns, `DYNAMIC_INDEX` where only the running program knows.
            sizes: the same as values.
            transposed: whether the rows of the part are columns of the matrix.
        """
        view = self._view(memory, matrix.extents, transposed)
        assert isinstance(view.type, TensorViewType)
        window_type = PartitionViewType.of(extents, view.type.element_type)
        offsets = matrix.offsets[::-1] if transposed else matrix.offsets
        return builder.insert(PartitionViewOp(view, offsets, sizes, window_type)).result

    def number(self, value: int) -> SSAValue:
        """An index constant at the entry of the function."""
        if value not in self._numbers:
            self._numbers[value] = index_constant(self._entry, value)
        return self._numbers[value]

    def check_row_stride(self, memory: Memory, matrix: Matrix, at: Operation) -> None:
        """Refuse a load into Mat from rows that are too far apart (TW0306)."""
        limit = load_chip().load_max_row_stride_elements
        if matrix.extents[1] > limit:
            fail(
                "TW0306",
                f"rows of {value_name(memory.pointer)} are {matrix.extents[1]} elements apart, "
                f"and a load into Mat takes at most {limit}",
                at,
            )

    def _offsets(self, builder: Builder, memory: Memory, offsets: Sequence[SSAValue]) -> tuple[SSAValue, ...]:
        if not memory.offsets:
            return tuple(offsets)
        return tuple(add(builder, one, other) for one, other in zip(memory.offsets, offsets, strict=True))

    def _linear(self, builder: Builder, shape: Sequence[int], offsets: Sequence[SSAValue]) -> SSAValue:
        """The number of the element at these offsets."""
        total: SSAValue | None = None
        for axis, offset in enumerate(offsets):
            if constant_value(offset) == 0 and (total is not None or axis < len(offsets) - 1):
                continue
            stride = prod(shape[axis + 1 :])
            term = offset
            if stride != 1:
                term = builder.insert(arith.MuliOp(offset, self.number(stride))).result
            total = term if total is None else add(builder, total, term)
        return self.number(0) if total is None else total

    def _view(self, memory: Memory, extents: tuple[int, int], transposed: bool = False) -> SSAValue:
        key = (memory.pointer, extents, transposed)
        if memory.local is None and key in self._views:
            return self._views[key]
        builder = memory.local or self._entry
        pointer = memory.pointer.type
        assert isinstance(pointer, PtrType)
        turn = -1 if transposed else 1
        view = builder.insert(
            MakeTensorViewOp(
                memory.pointer,
                [self.number(extent) for extent in extents[::turn]],
                [self.number(stride) for stride in (extents[1], 1)[::turn]],
                TensorViewType.of([DYNAMIC_INDEX] * 2, pointer.element_type),
                LayoutAttr(GmLayout.DN if transposed else GmLayout.ND),
            )
        ).result
        self._views[key] = view
        return rename(view, f"{memory.pointer.name_hint or 'tensor'}_{'turned' if transposed else 'view'}")
