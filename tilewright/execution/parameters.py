"""What the walker takes an argument of a function for, by its type."""

from __future__ import annotations

from operator import index
from typing import SupportsFloat, SupportsIndex

from xdsl.dialects.builtin import DYNAMIC_INDEX, AnyFloat, MemRefType
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import GmLayout, PtrType
from tilewright.execution.float_scalars import rounder
from tilewright.execution.instructions import Pointer, Window
from tilewright.execution.scalars import bits_of, wrapper
from tilewright.lowering.cce.memref_types import is_global


def parameter(position: int, name: str, value: SSAValue, argument: object) -> object:
    """Give what an argument stands for: a place in global memory, or a scalar as the type can hold it.

    Raises:
        DiagnosticError: TW0405 for a float that the scalar unit does not compute with, and for a memref whose layout
            has no strides.
    """
    type_ = value.type
    if isinstance(type_, PtrType):
        return Pointer(position, name, str(type_.element_type))
    if is_global(type_):
        return _window(position, name, type_, value)
    if isinstance(type_, AnyFloat):
        return rounder(type_, value)(float(argument)) if isinstance(argument, SupportsFloat) else argument
    return wrapper(bits_of(type_))(index(argument)) if isinstance(argument, SupportsIndex) else argument


def _window(position: int, name: str, type_: MemRefType, at: SSAValue) -> Window:
    """A memref in global memory, as large as its type says; what the type leaves open is one element."""
    strides = type_.get_strides()
    if strides is None:
        fail("TW0405", f"argument {name} of type {type_} cannot be passed to a run: its layout has no strides", at)
    known = tuple(0 if stride is None else stride for stride in strides)
    extents = tuple(1 if extent == DYNAMIC_INDEX else extent for extent in type_.get_shape())
    return Window(position, name, str(type_.element_type), 0, extents, known, GmLayout.ND)
