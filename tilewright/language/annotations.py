"""What kernel authors annotate parameters with: `pl.Tensor[[M, K], pl.BF16]`, `pl.Out[...]`, `pl.Scalar[pl.FP32]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tilewright.language.dtypes import DType

if TYPE_CHECKING:
    from typing import TypeAlias

    T = TypeVar("T")
    Out: TypeAlias = T
    InOut: TypeAlias = T


class Direction(Enum):
    """What a kernel does with a tensor argument."""

    IN = "in"
    OUT = "out"
    INOUT = "inout"


@dataclass(frozen=True, eq=False)
class DynamicExtent:
    """An extent that is known when the kernel runs; two of them are the same only if they are one object."""

    name: str

    def __repr__(self) -> str:
        return f"pl.dynamic({self.name!r})"


def dynamic(name: str) -> Any:
    """An extent of a tensor that is known when the kernel runs: `M = pl.dynamic("M")`.

    A program that is specialised on arrays has their extents in its place.
    """
    return DynamicExtent(name)


@dataclass(frozen=True)
class TensorSpec:
    """`pl.Tensor[[M, K], pl.BF16]`; without a shape, that of the array that comes first."""

    shape: tuple[int | DynamicExtent, ...] | None = None
    dtype: DType | None = None


@dataclass(frozen=True)
class TileSpec:
    """`pl.Tile[[16, 64], pl.FP32]`."""

    shape: tuple[int, ...]
    dtype: DType


@dataclass(frozen=True)
class ScalarSpec:
    """`pl.Scalar[pl.FP32]`."""

    dtype: DType


@dataclass(frozen=True)
class ArraySpec:
    """`pl.Array[4, pl.TASK_ID]`."""

    extent: int
    dtype: DType


@dataclass(frozen=True)
class Directed:
    """`pl.Out[pl.Tensor[...]]` or `pl.InOut[...]`."""

    direction: Direction
    inner: object


class AnnotationError(ValueError):
    """An annotation that says nothing that a kernel can have; it becomes an error at the parameter."""


class Tensor:
    """A tensor in global memory. In annotations: `pl.Tensor[[rows, columns], dtype]`, or bare."""

    shape: Sequence[int]
    dtype: DType

    if not TYPE_CHECKING:

        def __class_getitem__(cls, parameters: object) -> TensorSpec:
            shape, dtype = _shape_and_dtype(cls.__name__, parameters)
            return TensorSpec(shape, dtype)
    else:

        def __class_getitem__(cls, parameters: object) -> Any: ...

    def __getitem__(self, key: object) -> Any:
        """A slice of the tensor; only inside kernels."""
        raise TypeError("a pl.Tensor has no elements outside of a kernel")

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("a pl.Tensor has no elements outside of a kernel")


class Tile:
    """A tile on the chip: a two-dimensional value of static shape."""

    shape: Sequence[int]
    dtype: DType

    if not TYPE_CHECKING:

        def __class_getitem__(cls, parameters: object) -> TileSpec:
            shape, dtype = _shape_and_dtype(cls.__name__, parameters)
            return TileSpec(shape, dtype)
    else:

        def __class_getitem__(cls, parameters: object) -> Any: ...


class Scalar:
    """One number: `pl.Scalar[pl.FP32]`."""

    if not TYPE_CHECKING:

        def __class_getitem__(cls, dtype: object) -> ScalarSpec:
            if not isinstance(dtype, DType):
                raise AnnotationError(f"pl.Scalar takes one element type, got {dtype!r}")
            return ScalarSpec(dtype)
    else:

        def __class_getitem__(cls, parameters: object) -> Any: ...


class Array:
    """An array of task ids: `pl.Array[4, pl.TASK_ID]`."""

    if not TYPE_CHECKING:

        def __class_getitem__(cls, parameters: object) -> ArraySpec:
            match parameters:
                case (int() as extent, DType() as dtype):
                    return ArraySpec(extent, dtype)
                case _:
                    raise AnnotationError("pl.Array takes a length and an element type: pl.Array[4, pl.TASK_ID]")
    else:

        def __class_getitem__(cls, parameters: object) -> Any: ...


if not TYPE_CHECKING:

    class Out:
        """A tensor that the kernel writes and does not read: `pl.Out[pl.Tensor[...]]`."""

        def __class_getitem__(cls, inner: object) -> Directed:
            return Directed(Direction.OUT, inner)

    class InOut:
        """A tensor that the kernel reads and writes: `pl.InOut[pl.Tensor[...]]`."""

        def __class_getitem__(cls, inner: object) -> Directed:
            return Directed(Direction.INOUT, inner)


def _shape_and_dtype(name: str, parameters: object) -> tuple[tuple[Any, ...], DType]:
    if not isinstance(parameters, tuple) or len(cast("tuple[object, ...]", parameters)) < 2:
        raise AnnotationError(f"pl.{name} takes a shape and an element type: pl.{name}[[16, 64], pl.FP32]")
    shape, dtype, *_ = cast("tuple[object, ...]", parameters)
    if not isinstance(shape, list | tuple) or not isinstance(dtype, DType):
        raise AnnotationError(f"pl.{name} takes a shape and an element type: pl.{name}[[16, 64], pl.FP32]")
    extents = cast("Sequence[object]", shape)
    for extent in extents:
        if not isinstance(extent, int | DynamicExtent):
            raise AnnotationError(f"an extent of pl.{name} is an integer or pl.dynamic(...), got {extent!r}")
    return tuple(extents), dtype
