"""`infer-spaces`: the tiles of a kernel that only computes on the vector core sit in Vec."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import FunctionType, IntegerAttr, ModuleOp, i64
from xdsl.ir import Operation, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import Rewriter

from tilewright.dialects.diagnostics import fail, location_of
from tilewright.dialects.spaces import Space
from tilewright.dialects.task import is_orchestration
from tilewright.dialects.tile import (
    BinaryOp,
    CastOp,
    CompareOp,
    ConcatOp,
    ExpandOp,
    FillPadOp,
    GatherMaskOp,
    GatherOp,
    InsertOp,
    IotaOp,
    LoadOp,
    MatmulOp,
    MergeSortOp,
    ReductionOp,
    ReshapeOp,
    SelectOp,
    SetValidOp,
    Sort32Op,
    SplatOp,
    TileType,
    TransposeOp,
    UnaryOp,
)
from tilewright.passes.analysis.rings import SLOTS

_VECTOR = (
    BinaryOp,
    UnaryOp,
    CastOp,
    CompareOp,
    SelectOp,
    ReductionOp,
    ExpandOp,
    ReshapeOp,
    TransposeOp,
    ConcatOp,
    InsertOp,
    SetValidOp,
    FillPadOp,
    SplatOp,
    IotaOp,
    GatherOp,
    GatherMaskOp,
    Sort32Op,
    MergeSortOp,
)
"""Ops that only the vector core has."""


def _check_one_core(kernel: func.FuncOp) -> bool:
    """Whether the kernel is one for the vector core; a kernel for both is refused (TW0312)."""
    matmul = next((op for op in kernel.walk() if isinstance(op, MatmulOp)), None)
    if matmul is None:
        return True
    vector = next((op for op in kernel.walk() if isinstance(op, _VECTOR)), None)
    if vector is not None:
        place = location_of(matmul)
        fail(
            "TW0312",
            f"kernel @{kernel.sym_name.data} mixes cube and vector: {vector.name} runs on the vector core, "
            f"{matmul.name} on the cube core",
            vector,
            notes=() if place is None else (f"{matmul.name} stands at {place}",),
            help=(
                "it needs the core split, which does not exist yet; the kernel runs on the value engine",
                "or store what one core computes, and load it in a kernel of its own for the other",
            ),
        )
    return False


def _place(value: SSAValue) -> None:
    if isinstance(value.type, TileType) and value.type.placement is None:
        Rewriter.replace_value_with_new_type(value, value.type.placed(Space.VEC))


def _place_all(kernel: func.FuncOp) -> None:
    for op in kernel.walk():
        for result in op.results:
            _place(result)
        for region in op.regions:
            for block in region.blocks:
                for argument in block.args:
                    _place(argument)
        if isinstance(op, LoadOp) and not op.result.type.is_valid_static:
            # Buffers in turn have one type, and this one's valid part is known only where it is loaded.
            op.attributes.setdefault(SLOTS, IntegerAttr(1, i64))
    inputs = [argument.type for argument in kernel.body.block.args]
    kernel.function_type = FunctionType.from_lists(inputs, kernel.function_type.outputs.data)


def is_vector_kernel(kernel: Operation) -> bool:
    """Whether the tiles of a function sit in Vec."""
    return any(
        isinstance(result.type, TileType) and result.type.placement is Space.VEC
        for op in kernel.walk()
        for result in op.results
    )


@dataclass(frozen=True)
class InferSpacesPass(ModulePass):
    """Place the tiles of vector kernels.

    Requires: scopes are functions of their own (`outline-scopes`).
    Ensures: in a function without matmul every tile that had no space is in Vec. A function with a matmul stays as it
    is, and has no op of the vector core (TW0312). Functions that submit tasks stay as they are.

    A load whose valid part is only known at run time gets one buffer, also in a pipeline.
    """

    name = "infer-spaces"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for kernel in op.body.block.ops:
            if not isinstance(kernel, func.FuncOp) or kernel.is_declaration or is_orchestration(kernel):
                continue
            if _check_one_core(kernel):
                _place_all(kernel)
