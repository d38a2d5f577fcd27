"""Matrix multiplication."""

from __future__ import annotations

from collections.abc import Sequence

from tilewright.arch.chip import load_chip
from tilewright.dialects import tile as ir
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import TileType
from tilewright.language import scalars
from tilewright.language.operands import element_name, element_type, sequence, tile
from tilewright.language.ops.registry import op
from tilewright.language.ops.shaping import transpose
from tilewright.language.translator import Translator
from tilewright.language.types import ir_type
from tilewright.language.values import TileRef, describe, dtype_of


@op("Matrix multiplication", others=("tile.matmul",))
def matmul(
    t: Translator,
    lhs: object,
    rhs: object,
    out_dtype: object = None,
    a_trans: bool = False,
    b_trans: bool = False,
    c_matrix_nz: bool = False,
) -> object:
    """`lhs @ rhs`: [M, K] times [K, N] gives [M, N], INT32 for INT8 operands, FP32 otherwise.

    `a_trans`, `b_trans`: the operand is given as [K, M], [N, K]. K is a multiple of 32 bytes.
    """
    left, right = _factor(t, lhs, a_trans), _factor(t, rhs, b_trans)
    result = _multiply(t, left, [right])[0]
    _check_out_dtype(t, out_dtype, result)
    return result


@op("Matrix multiplication", others=("tile.matmul_acc",))
def matmul_acc(
    t: Translator,
    acc: object,
    lhs: object,
    rhs: object,
    a_trans: bool = False,
    b_trans: bool = False,
    init_cond: object = None,
) -> object:
    """`acc + lhs @ rhs`; where `init_cond` holds, `lhs @ rhs` alone."""
    left, right = _factor(t, lhs, a_trans), _factor(t, rhs, b_trans)
    return _multiply(t, left, [right], [tile(t, acc)], init_cond)[0]


@op("Matrix multiplication")
def matmul_dual(t: Translator, a: object, b0: object, b1: object) -> object:
    """Multiply one tile with two: `(a @ b0, a @ b1)`, loading `a` once."""
    return tuple(_multiply(t, tile(t, a), [tile(t, b0), tile(t, b1)]))


@op("Matrix multiplication")
def matmul_dual_acc(t: Translator, accs: object, a: object, b0: object, b1: object, init_cond: object = None) -> object:
    """`(acc0 + a @ b0, acc1 + a @ b1)` for `accs = (acc0, acc1)`; where `init_cond` holds, the products alone.

    Both accumulators stay in Acc until they are stored.
    """
    starts = [tile(t, each) for each in sequence(t, accs, "the accumulators")]
    if len(starts) != 2:
        t.fail("TW0615", f"pl.matmul_dual_acc has two accumulators, got {len(starts)}")
    return tuple(_multiply(t, tile(t, a), [tile(t, b0), tile(t, b1)], starts, init_cond))


@op("Matrix multiplication", others=("tile.matmul_bias",))
def matmul_bias(t: Translator, lhs: object, rhs: object, bias: object) -> object:
    """`lhs @ rhs + bias`, the bias a row [1, N] of the result's type."""
    from tilewright.language.ops.arithmetic import col_expand_add

    return col_expand_add(t, _multiply(t, tile(t, lhs), [tile(t, rhs)])[0], bias)


def _factor(t: Translator, value: object, transposed: bool) -> TileRef:
    factor = tile(t, value)
    if not transposed:
        return factor
    turned = transpose(t, factor)
    assert isinstance(turned, TileRef)
    return turned


def _multiply(
    t: Translator,
    left: TileRef,
    rights: Sequence[TileRef],
    accs: Sequence[TileRef] = (),
    init: object = None,
) -> list[TileRef]:
    kinds = [_product(t, left, right) for right in rights]
    for acc, kind in zip(accs, kinds, strict=False):
        if acc.extents != kind.extents or acc.type.element_type != kind.element_type:
            t.fail(
                "TW0622",
                f"the accumulator is {describe(acc)}, but the product is {list(kind.extents)} of "
                f"{dtype_of(kind.element_type)!r}",
            )
    starts, condition = [acc.ssa for acc in accs], None
    if isinstance(init, bool | int):
        starts = [] if init else starts
    elif init is not None:
        condition = scalars.truth(t, init)
    if accs:
        kinds = [acc.type for acc in accs]
    op_ = t.emit(ir.MatmulOp(left.ssa, [right.ssa for right in rights], kinds, starts, condition))
    return [TileRef(result) for result in op_.accs_out]


def _product(t: Translator, left: TileRef, right: TileRef) -> TileType:
    """The type of a product.

    Raises:
        DiagnosticError: TW0622 for shapes, TW0621 for element types, TW0625 for a K that is no whole fractal.
    """
    (m, k), (k_right, n) = left.extents, right.extents
    if k != k_right:
        t.fail(
            "TW0622",
            f"K differs: {list(left.extents)} times {list(right.extents)}",
            help=("a right operand given as [N, K] takes b_trans=True",) if right.extents[1] == k else (),
        )
    chip = load_chip()
    element = chip.matmul_types.get((str(left.type.element_type), str(right.type.element_type)))
    if element is None:
        t.fail(
            "TW0621",
            f"the cube unit does not multiply {element_name(left)} with {element_name(right)}",
            help=("both INT8, FP16, BF16 or FP32; convert with pl.cast",),
        )
    fractal = chip.k_fractal(str(left.type.element_type))
    valid_k = left.type.valid_extents[1]
    if valid_k % fractal:
        t.fail(
            "TW0625",
            f"K is {valid_k}, which is not a multiple of {fractal}, the fractal (32 bytes) of {element_name(left)}",
            help=(f"pad K to {-(-valid_k // fractal) * fractal}",),
        )
    from tilewright.language.dtypes import BY_MLIR

    placed = left.type.placement is not None
    valid = (left.type.valid_extents[0], right.type.valid_extents[1])
    return TileType.of((m, n), ir_type(BY_MLIR[element]), Space.ACC if placed else None, valid)


def _check_out_dtype(t: Translator, dtype: object, result: TileRef) -> None:
    if dtype is None:
        return
    if element_type(t, dtype) != result.type.element_type:
        t.fail(
            "TW0621",
            f"the accumulator of this product is {element_name(result)}; out_dtype={dtype!r} would convert it",
            help=(f"convert the result: pl.cast(..., target_type={dtype!r})",),
        )
