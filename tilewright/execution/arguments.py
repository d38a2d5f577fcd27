"""Checks what a user passes to a function against the function's types."""

from __future__ import annotations

from collections.abc import Sequence
from operator import index
from typing import SupportsFloat, SupportsIndex

from xdsl.dialects import func
from xdsl.dialects.builtin import DYNAMIC_INDEX, AnyFloat, IndexType, IntegerType, MemRefType, NoneAttr
from xdsl.ir import Attribute, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import PtrType
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile import TensorType
from tilewright.execution.dtypes import DTYPES, Array, is_array
from tilewright.execution.names import argument_names
from tilewright.execution.scalars import bits_of
from tilewright.lowering.cce.memref_types import is_global


def check_arguments(function: func.FuncOp, arguments: Sequence[object]) -> tuple[object, ...]:
    """Check the arguments of a run.

    Args:
        function: what will run.
        arguments: numpy arrays for tensors, pointers and memrefs in global memory, integers for integers
            and indices, numbers for floats.

    Returns:
        The arguments, with numpy's integers as Python's.

    Raises:
        DiagnosticError: at the function's argument: TW0401 for a wrong number, TW0402 for a wrong
            kind or element type, TW0403 for a wrong shape, TW0404 for an array that cannot be used
            in place.
    """
    names = argument_names(function)
    if len(arguments) != len(names):
        listing = ", ".join(f"{name}: {value.type}" for name, value in zip(names, function.args, strict=True))
        fail(
            "TW0401",
            f"@{function.sym_name.data} takes {len(names)} arguments, got {len(arguments)}",
            function,
            notes=(f"they are {listing}",),
        )
    return tuple(
        _checked(name, value, argument) for name, value, argument in zip(names, function.args, arguments, strict=True)
    )


def _checked(name: str, value: SSAValue, argument: object) -> object:
    match value.type:
        case TensorType() as type_:
            array = _check_array(name, value, type_.element_type, argument)
            _check_shape(name, value, type_.extents, array)
            return array
        case PtrType() as type_:
            return _check_contiguous(name, value, _check_array(name, value, type_.element_type, argument))
        case IndexType() | IntegerType():
            return _check_integer(name, value, argument)
        case type_:
            if isinstance(type_, AnyFloat):
                return _check_number(name, value, argument)
            if is_global(type_):
                return _check_memref(name, value, type_, argument)
            fail("TW0405", f"argument {name} of type {type_} cannot be passed to a run", value)


def _check_contiguous(name: str, value: SSAValue, array: Array) -> Array:
    if not array.flags.c_contiguous:
        fail(
            "TW0404",
            f"argument {name} is not contiguous, but a pointer has no strides",
            value,
            help=("pass numpy.ascontiguousarray(...) of it",),
        )
    return array


def _check_memref(name: str, value: SSAValue, type_: MemRefType, argument: object) -> Array:
    array = _check_contiguous(name, value, _check_array(name, value, type_.element_type, argument))
    if isinstance(type_.layout, NoneAttr):
        _check_shape(name, value, type_.get_shape(), array)
    return array


def _check_array(name: str, value: SSAValue, element_type: Attribute, argument: object) -> Array:
    expected = DTYPES.get(str(element_type))
    if expected is None:
        fail("TW0405", f"argument {name} has elements of {element_type}, which this chip does not compute with", value)
    if not is_array(argument):
        fail(
            "TW0402",
            f"argument {name} is a numpy array of {expected}, got {type(argument).__name__}",
            value,
        )
    if argument.dtype != expected:
        fail(
            "TW0402",
            f"argument {name} is an array of {expected} ({element_type}), got {argument.dtype}",
            value,
            help=(f"convert it: {name}.astype({_spelling(expected.name)})",),
        )
    if not argument.flags.aligned:
        fail(
            "TW0404",
            f"argument {name} does not start at a multiple of its {argument.itemsize} bytes of an element",
            value,
            help=(f"pass {name}.copy()",),
        )
    if not argument.flags.writeable:
        fail(
            "TW0404",
            f"argument {name} is read-only, but a run may store into it",
            value,
            help=(f"pass {name}.copy()",),
        )
    return argument


def _spelling(dtype: str) -> str:
    return "ml_dtypes.bfloat16" if dtype == "bfloat16" else f"numpy.{dtype}"


def _check_shape(name: str, value: SSAValue, extents: Sequence[int], array: Array) -> None:
    fits = len(extents) == array.ndim and all(
        extent in (DYNAMIC_INDEX, actual) for extent, actual in zip(extents, array.shape, strict=True)
    )
    if not fits:
        fail(
            "TW0403",
            f"argument {name} has shape {shape_text(extents)}, got {shape_text(array.shape)}",
            value,
        )


def _check_number(name: str, value: SSAValue, argument: object) -> float:
    if not isinstance(argument, SupportsFloat):
        fail("TW0402", f"argument {name} is a number, got {type(argument).__name__}", value)
    return float(argument)


def _check_integer(name: str, value: SSAValue, argument: object) -> int:
    if not isinstance(argument, SupportsIndex):
        fail("TW0402", f"argument {name} is an integer, got {type(argument).__name__}", value)
    number = index(argument)
    bits = bits_of(value.type)
    if not -(1 << (bits - 1)) <= number < 1 << bits:
        fail("TW0402", f"argument {name} has {bits} bits, which {number} exceeds", value)
    return number
