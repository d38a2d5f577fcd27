"""What a name can stand for while a kernel is translated: something of the IR, or a Python object known now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeGuard

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Attribute, Block, Operation, SSAValue

from tilewright.dialects.tile import TensorType, TileType
from tilewright.language.dtypes import BY_MLIR, DType


@dataclass(frozen=True)
class TensorRef:
    """A tensor in global memory."""

    ssa: SSAValue

    @property
    def type(self) -> TensorType:
        """Its type in IR."""
        assert isinstance(self.ssa.type, TensorType)
        return self.ssa.type

    @property
    def extents(self) -> tuple[int | None, ...]:
        """Its extents; None where one is known only when the kernel runs."""
        return tuple(None if extent == DYNAMIC_INDEX else extent for extent in self.type.extents)

    def __str__(self) -> str:
        return describe_type(self.type)


@dataclass(frozen=True)
class WindowRef:
    """A slice of a tensor that nothing has read yet: a load, a view or the target of a store, as its use has it.

    Attributes:
        tensor: what it is cut from.
        offsets: where it starts, one index for each dimension of the tensor.
        sizes: how large it is, likewise.
        dropped: dimensions that an integer subscript took away.
        valid: how much of the last two dimensions holds data, where that was said.
        block, after: where the slice was taken: what it holds is what memory held there.
        is_view: whether writing to it changes the tensor: so it is outside of compute scopes, where nothing is loaded.
    """

    tensor: TensorRef
    offsets: tuple[SSAValue, ...]
    sizes: tuple[int, ...]
    dropped: tuple[int, ...]
    block: Block
    after: Operation | None
    valid: tuple[object, object] | None = None
    is_view: bool = False

    @property
    def extents(self) -> tuple[int, ...]:
        """Its extents as its reader sees them."""
        return tuple(size for axis, size in enumerate(self.sizes) if axis not in self.dropped)

    def is_place_of(self, other: object) -> bool:
        """Whether `other` is the same part of the same tensor."""
        place = self.tensor, self.offsets, self.sizes, self.dropped
        return isinstance(other, WindowRef) and place == (other.tensor, other.offsets, other.sizes, other.dropped)

    def taken_at(self, block: Block, after: Operation | None) -> WindowRef:
        """The same part, with what memory holds there at another point."""
        return replace(self, block=block, after=after)

    def __str__(self) -> str:
        return f"a {'x'.join(map(str, self.extents))} slice of {self.tensor}"


@dataclass(frozen=True)
class TileRef:
    """A tile."""

    ssa: SSAValue

    @property
    def type(self) -> TileType:
        """Its type in IR."""
        assert isinstance(self.ssa.type, TileType)
        return self.ssa.type

    @property
    def extents(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.type.extents

    def __str__(self) -> str:
        return describe_type(self.type)


@dataclass(frozen=True)
class ScalarRef:
    """A number that is known when the kernel runs."""

    ssa: SSAValue

    @property
    def type(self) -> Attribute:
        """Its type in IR."""
        return self.ssa.type

    def __str__(self) -> str:
        return describe_type(self.type)


@dataclass(frozen=True)
class TaskRef:
    """The id of a task."""

    ssa: SSAValue


@dataclass(frozen=True)
class TaskArrayRef:
    """An array of task ids."""

    ssa: SSAValue


Reference: TypeAlias = TensorRef | WindowRef | TileRef | ScalarRef | TaskRef | TaskArrayRef
"""A value of the IR; anything else is a Python object that is known while translating."""


def is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    """Whether a value is a list or a tuple."""
    return isinstance(value, tuple | list)


def is_static(value: object) -> bool:
    """Whether a value, also each part of a tuple or list, is known while translating."""
    if is_sequence(value):
        return all(is_static(part) for part in value)
    return not isinstance(value, Reference)


def dtype_of(element: Attribute) -> DType:
    """The element type that IR spells this way."""
    return BY_MLIR[str(element)]


def describe_type(type_: Attribute) -> str:
    """A type in the words of a kernel's author: `pl.Tile[[16, 64], pl.FP32]`."""
    match type_:
        case TensorType() | TileType():
            kind = "Tile" if isinstance(type_, TileType) else "Tensor"
            shape = ", ".join("?" if extent == DYNAMIC_INDEX else str(extent) for extent in type_.extents)
            return f"pl.{kind}[[{shape}], {dtype_of(type_.element_type)!r}]"
        case _:
            known = BY_MLIR.get(str(type_))
            return f"pl.Scalar[{known!r}]" if known else str(type_)


def describe(value: object) -> str:
    """A value in the words of a kernel's author."""
    match value:
        case TensorRef() | WindowRef() | TileRef() | ScalarRef():
            return str(value)
        case TaskRef():
            return "a task id"
        case TaskArrayRef():
            return "an array of task ids"
        case _:
            return repr(value)
