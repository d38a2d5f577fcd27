"""Let real MLIR run its own passes on a module, where its Python bindings are installed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest

from xdsl.context import Context
from xdsl.dialects.builtin import ArrayAttr, FusedLoc, LocationAttr, ModuleOp, NameLoc, StringAttr, UnknownLoc
from xdsl.ir import Attribute, BlockArgument, Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.printer import Printer
from xdsl.utils.hints import isa

from tilewright.dialects.diagnostics import location_of
from tilewright.dialects.mlir_bridge import run_pipeline
from tilewright.dialects.parsing import parse_module

_SIGIL = "%"
"""Before each name in a location: a user's own location by name is none of ours."""


@dataclass(frozen=True)
class MlirPass(ModulePass):
    """Run passes of MLIR: `mlir{canonicalize,cse}`.

    Requires: the Python bindings of MLIR (`pip install 'tilewright[mlir]'`).
    Ensures: what the passes of MLIR ensure; operations of ours are opaque to them, so they stay as they are.

    The module crosses as text in the generic form. Locations cross with it, and the names of values cross as locations
    by name; what MLIR makes itself has neither.
    """

    name = "mlir"

    pipeline: str

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        place = location_of(op)
        filename = place.file if place else "<generic>"
        made = parse_module(ctx, run_pipeline(_named_text(op), self.pipeline, filename, locations=True), filename)
        op.attributes = made.attributes
        op.detach_region(op.body)
        op.add_region(made.detach_region(made.body))
        for inner in op.walk():
            _take_names(inner)


def _named_text(module: ModuleOp) -> str:
    """The module in the generic form, each value's name in its location."""
    named = module.clone()
    for op in named.walk():
        if any(result.name_hint for result in op.results):
            op.location = _named(op.results, op.location)
        for argument in _arguments(op):
            if argument.name_hint:
                argument.location = _named([argument], argument.location)
    text = StringIO()
    Printer(text, print_generic_format=True, print_debuginfo=True).print_op(named)
    return text.getvalue()


def _named(values: Sequence[SSAValue], location: LocationAttr) -> NameLoc:
    return NameLoc(StringAttr("".join(f"{_SIGIL}{value.name_hint or ''}" for value in values)), location)


def _take_names(op: Operation) -> None:
    op.location = _rename(op.results, op.location)
    for argument in _arguments(op):
        argument.location = _rename([argument], argument.location)


def _rename(values: Sequence[SSAValue], location: LocationAttr) -> LocationAttr:
    """Give the values the names in the location, or none; gives the location without them."""
    names, place = _split(location)
    for value, name in zip_longest(values, names[: len(values)]):
        value.name_hint = name or None
    return place


def _arguments(op: Operation) -> list[BlockArgument]:
    return [argument for region in op.regions for block in region.blocks for argument in block.args]


def _split(location: Attribute) -> tuple[list[str], LocationAttr]:
    """Take the names off a location; of several fused ones, the first place counts."""
    match location:
        case NameLoc() if location.desc.data.startswith(_SIGIL):
            return location.desc.data.split(_SIGIL)[1:], _split(location.location)[1]
        case FusedLoc(locations=ArrayAttr() as fused):
            parts = [_split(part)[1] for part in fused]
            return [], next((part for part in parts if not isinstance(part, UnknownLoc)), UnknownLoc())
        case _:
            return [], location if isa(location, LocationAttr) else UnknownLoc()
