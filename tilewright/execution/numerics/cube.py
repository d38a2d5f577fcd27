"""Matrix products of the cube unit."""

from __future__ import annotations

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import TMatmulAccOp, TMatmulOp
from tilewright.dialects.pto.compute import AccumulatingOp, BiasedOp, TGemvAccOp, TGemvBiasOp, TGemvOp, TMatmulBiasOp
from tilewright.execution import number_formats
from tilewright.execution.checks import check_cube_layout, check_factors
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core, Family

_FACTORS = ("i8", "f16", "bf16", "f32")


def _multiply(core: Core, instruction: Instruction) -> None:
    op = instruction.op
    reads = instruction.reads[1:] if isinstance(op, AccumulatingOp) else instruction.reads
    left, right = reads[:2]
    (target,) = instruction.writes
    assert isinstance(left, TileBuffer)
    assert isinstance(right, TileBuffer)
    assert isinstance(target, TileBuffer)
    for tile in (left, right, target):
        check_cube_layout(tile, instruction)
    check_factors(left, right, instruction)
    for tile in (left, right):
        _check_factor(tile, instruction)
    a, b = (number_formats.to_words(core.read(tile)) for tile in (left, right))
    product = number_formats.matmul(a, b, str(left.type.element_type))
    valid = Region.leading(product.shape)
    if isinstance(op, AccumulatingOp):
        words = number_formats.to_words(core.read(target, valid))
        product = number_formats.accumulate(words, product)
    elif isinstance(op, BiasedOp):
        bias = reads[2]
        assert isinstance(bias, TileBuffer)
        words = number_formats.to_words(core.read(bias, Region.leading((1, product.shape[1]))))
        product = number_formats.accumulate(words, product)
    # The cube unit writes whole fractals; what is beside the product is no value.
    touched = Region.leading(target.layout.in_boxes(product.shape))
    if touched != valid:
        core.erase(target, touched)
    core.write(target, product)


def _check_factor(tile: TileBuffer, instruction: Instruction) -> None:
    """The library multiplies signed bytes only; ptoas does not tell them from unsigned ones."""
    element = str(tile.type.element_type)
    if element not in _FACTORS:
        fail(
            "TW0421",
            f"the library has no {instruction.op.name} for {element}, the element type of {tile.name}",
            instruction.op,
            help=(f"use {' or '.join(_FACTORS)}",),
        )


NUMERICS: Family = {
    TGemvAccOp: _multiply,
    TGemvBiasOp: _multiply,
    TGemvOp: _multiply,
    TMatmulAccOp: _multiply,
    TMatmulBiasOp: _multiply,
    TMatmulOp: _multiply,
}
