"""Matrix products of the cube unit."""

from __future__ import annotations

from tilewright.dialects.pto import TMatmulAccOp, TMatmulOp
from tilewright.execution import number_formats
from tilewright.execution.checks import check_cube_layout, check_factors
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core, Family


def _multiply(core: Core, instruction: Instruction) -> None:
    left, right = instruction.reads[-2:]
    (target,) = instruction.writes
    assert isinstance(left, TileBuffer)
    assert isinstance(right, TileBuffer)
    assert isinstance(target, TileBuffer)
    for tile in (left, right, target):
        check_cube_layout(tile, instruction)
    check_factors(left, right, instruction)
    a, b = (number_formats.to_words(core.read(tile)) for tile in (left, right))
    product = number_formats.matmul(a, b, str(left.type.element_type))
    valid = Region.leading(product.shape)
    if isinstance(instruction.op, TMatmulAccOp):
        words = number_formats.to_words(core.read(target, valid))
        product = number_formats.accumulate(words, product)
    # The cube unit writes whole fractals; what is beside the product is no value.
    touched = Region.leading(target.layout.in_boxes(product.shape))
    if touched != valid:
        core.erase(target, touched)
    core.write(target, product)


NUMERICS: Family = {
    TMatmulAccOp: _multiply,
    TMatmulOp: _multiply,
}
