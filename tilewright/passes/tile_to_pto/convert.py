"""`convert-tile-to-pto`: tiles become buffers, values become destinations."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp, StringAttr, UnitAttr
from xdsl.ir import Block, Region
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects import task, tile
from tilewright.dialects.pto import KernelKind, KernelKindAttr, PtrType
from tilewright.dialects.task import is_orchestration
from tilewright.dialects.tile import TensorType
from tilewright.passes.infer_spaces import is_vector_kernel
from tilewright.passes.tile_to_pto.converter import Converter
from tilewright.passes.tile_to_pto.handlers import HANDLERS

_ENTRY = "pto.entry"
"""The attribute of functions that the host launches."""


def convert_function(source: func.FuncOp) -> func.FuncOp:
    """The `pto` form of one function; tensors become pointers."""
    old = source.body.block
    types = [
        PtrType(argument.type.element_type) if isinstance(argument.type, TensorType) else argument.type
        for argument in old.args
    ]
    entry = Block(arg_types=types)
    Converter(source, entry, HANDLERS).convert_block(old, Builder(InsertPoint.at_end(entry)))
    target = func.FuncOp(
        source.sym_name.data,
        (types, source.function_type.outputs.data),
        Region(entry),
        source.sym_visibility,
    )
    target.attributes |= source.attributes
    kind = KernelKind.VECTOR if is_vector_kernel(source) else KernelKind.CUBE
    target.attributes.setdefault("pto.kernel_kind", KernelKindAttr(kind))
    target.location = source.location
    return target


@dataclass(frozen=True)
class ConvertTileToPtoPass(ModulePass):
    """Turn placed tiles into buffers without addresses, in destination-passing style.

    Requires: every tile has a space and no `tile.pipeline` is left (TW0302, TW0303); vector kernels are legal
    (`legalize-vector`).
    Ensures: no op of the `tile` dialect is left; an accumulator is one buffer from its first matmul to its store; no
    buffer is copied that the program did not move, but tiles in Vec that a loop or a branch hands on. Where a module
    has several functions and none is marked as an entry, all that are converted become entries. Functions that submit
    tasks stay as they are: they do not run on the cores.
    """

    name = "convert-tile-to-pto"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        definitions = [
            inner for inner in op.body.block.ops if isinstance(inner, func.FuncOp) and not inner.is_declaration
        ]
        # One function alone is an entry by itself; of several, ptoas launches those that say so.
        silent = len(definitions) > 1 and not any(_ENTRY in function.attributes for function in definitions)
        for function in [each for each in definitions if _has_tiles(each)]:
            kernel = convert_function(function)
            if silent:
                kernel.attributes[_ENTRY] = UnitAttr()
            Rewriter.replace_op(function, kernel, [])
        op.attributes.setdefault("pto.target_arch", StringAttr("a3"))


def _has_tiles(function: func.FuncOp) -> bool:
    """Whether the function is a kernel of ours: it has tensors, or works on tiles, and submits nothing."""
    if is_orchestration(function):
        return False
    types = function.function_type.inputs.data
    ours = (f"{tile.Tile.name}.", f"{task.Task.name}.")
    return any(isinstance(type_, TensorType) for type_ in types) or any(
        op.name.startswith(ours) for op in function.walk()
    )
