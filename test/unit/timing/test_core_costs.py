"""What single instructions cost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import Pipe, load_chip
from tilewright.arch.costs import vector_constant, vector_cycles
from tilewright.dialects.pto import InstructionOp
from tilewright.dialects.pto.vector_ops import VECTOR_OPS
from tilewright.execution.instructions import Instruction
from tilewright.execution.walker import walk
from tilewright.timing.costs import Counting, cost_of, cycles, path_bytes

CHIP = load_chip()
ISA = CHIP.costs["isa"]

BOXED = "blayout=col_major, slayout=row_major"
KINDS = {
    "mat": BOXED,
    "left": "slayout=row_major",
    "right": "slayout=col_major",
    "acc": f"{BOXED}, fractal=1024",
    "vec": "blayout=row_major",
    "bias": "blayout=row_major",
}


def tile(space: str, shape: str, layout: str | None = None, valid: str = "") -> str:
    return f"!pto.tile_buf<{space}, {shape}{f', valid={valid}' if valid else ''}, {layout or KINDS[space]}>"


@pytest.fixture(scope="module")
def only(parse: Callable[[str], ModuleOp]) -> Callable[..., Instruction]:
    """The one instruction of an op on tiles: the last is written."""

    def run(op: str, *types: str, also: str = "", parsed: bool = True) -> Instruction:
        lines = [f"%t{n} = pto.alloc_tile addr = %z : {type_}" for n, type_ in enumerate(types)]
        last = len(types) - 1
        names, kinds = ", ".join(f"%t{n}" for n in range(last)), ", ".join(types[:-1])
        extra, extra_types = also.split(":") if also else ("", "")
        text = (
            "func.func @f() { %z = arith.constant 0 : i64\n %i = arith.constant 0 : index\n"
            " %x = arith.constant 1.0 : f32\n"
            + "\n".join(lines)
            + f"\npto.{op} ins({names}{extra} : {kinds}{extra_types}) outs(%t{last} : {types[-1]})\nreturn }}"
        )
        function = next(each for each in parse(text).ops if isinstance(each, func.FuncOp))
        (instruction,) = walk(function, ())
        return instruction

    return run


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        ("tadd", (56, 152, 280)),
        ("tmul", (57, 153, 281)),
        ("tdiv", (94, 286, 542)),
        ("tadds", (47, 95, 159)),
        ("tmuls", (42, 90, 154)),
        ("texp", (63, 159, 287)),
        ("tsqrt", (71, 167, 295)),
        ("trsqrt", (40, 88, 152)),
        ("tcvt", (43, 91, 155)),
    ],
)
def test_published_cycles_of_vector_ops_with_an_empty_stream(op: str, expected: tuple[int, ...]) -> None:
    shapes = ((16, 64), (16, 256), (64, 128))
    assert tuple(sum(vector_cycles(ISA, op, *shape, 4)) for shape in shapes) == expected


@pytest.mark.parametrize(("op", "expected"), [("mul", 172), ("div", 305), ("sub", 171)])
def test_an_expansion_is_two_intrinsics_with_a_barrier_between(op: str, expected: int) -> None:
    assert sum(vector_cycles(ISA, f"trowexpand{op}", 16, 256, 4)) == expected


@pytest.mark.parametrize(
    ("rows", "columns", "item_bytes", "expected"),
    [(16, 64, 2, 74), (16, 50, 4, 74), (10, 24, 4, 62), (4, 500, 4, 92)],
)
def test_rows_take_whole_repeats_and_masks_cost(rows: int, columns: int, item_bytes: int, expected: int) -> None:
    assert sum(vector_cycles(ISA, "tadd", rows, columns, item_bytes)) == expected


@pytest.mark.parametrize(("op", "expected"), [("texp", 47), ("tadds", 39), ("tdivs", 95), ("tadd", 74)])
def test_some_ops_take_dense_rows_as_one(op: str, expected: int) -> None:
    assert sum(vector_cycles(ISA, op, 16, 64, 2, dense=True)) == expected


@pytest.mark.parametrize(
    ("op", "rows", "columns", "item_bytes", "slope", "bias"),
    [
        ("trowsum", 16, 64, 4, 0.1094, 44),
        ("trowsum", 64, 128, 4, 0.0625, 61.5),
        ("trowsum", 32, 128, 2, 0.0547, 47),
        ("trowmax", 16, 64, 4, 0.1094, 32),
        ("trowmax", 64, 128, 4, 0.0625, 48),
        ("trowexpand", 16, 64, 4, 0.2187, 37),
        ("trowexpand", 64, 128, 4, 0.1176, 34.5),
        ("tcolsum", 16, 64, 4, 0.3047, 15),
        ("tcolmax", 64, 64, 4, 0.2734, 17),
    ],
)
def test_ops_by_rows_are_within_two_percent_or_three_cycles_of_the_fitted_table(
    op: str, rows: int, columns: int, item_bytes: int, slope: float, bias: float
) -> None:
    fitted = slope * rows * columns + bias
    assert sum(vector_cycles(ISA, op, rows, columns, item_bytes)) == pytest.approx(fitted, rel=0.02, abs=3)


MAT_F16, MAT_I8, MAT_F32 = (tile("mat", f"64x256x{dtype}") for dtype in ("f16", "i8", "f32"))


@pytest.mark.parametrize(
    ("source", "target", "true", "published", "moved"),
    [
        (tile("mat", "16x64xf16"), tile("left", "16x64xf16"), 9, 9, ("mat_to_left", 2048)),
        (MAT_F16, tile("right", "64x256xf16"), 257, 257, ("mat_to_right", 32768)),
        # Two bytes for each element of one byte, and for each of four.
        (tile("mat", "32x64xi8"), tile("left", "32x64xi8"), 9, 17, ("mat_to_left", 2048)),
        (tile("mat", "16x64xf32"), tile("left", "16x64xf32"), 17, 9, ("mat_to_left", 4096)),
        (MAT_F32, tile("right", "64x256xf32"), 513, 257, ("mat_to_right", 65536)),
        # A box that is transposed on its way holds 1024 bytes, not 512.
        (MAT_I8, tile("right", "64x256xi8"), 129, 64, ("mat_to_right", 16384)),
        (
            tile("mat", "64x256xi8", "blayout=row_major, slayout=col_major"),
            tile("right", "64x256xi8"),
            129,
            128,
            ("mat_to_right", 16384),
        ),
        (tile("acc", "16x256xf32"), tile("mat", "16x256xf16"), 110, 110, ("acc_to_mat", 8192)),
        (tile("mat", "1x64xf32", "blayout=row_major"), tile("bias", "1x64xf32"), 13, 13, ("mat_to_bias", 256)),
        (tile("vec", "16x64xf32"), tile("vec", "16x64xf32"), 6, 6, ("vec_to_vec", 4096)),
        (tile("vec", "1x8xf32"), tile("vec", "1x8xf32"), 1, 0, ("vec_to_vec", 32)),
    ],
)
def test_moves(
    only: Callable[..., Instruction], source: str, target: str, true: int, published: int, moved: tuple[str, int]
) -> None:
    instruction = only("tmov", source, target)
    assert cycles(instruction, CHIP, ISA) == true
    assert cost_of(instruction, CHIP, ISA, Counting.PUBLISHED).cycles == published
    assert path_bytes(instruction) == moved


@pytest.mark.parametrize(
    ("shape", "dtype", "result", "expected"),
    [("16x64x256", "f16", "f32", 70), ("32x64x256", "i8", "i32", 70), ("16x64x128", "f32", "f32", 134)],
)
def test_products(only: Callable[..., Instruction], shape: str, dtype: str, result: str, expected: int) -> None:
    m, k, n = shape.split("x")
    left, right = tile("left", f"{m}x{k}x{dtype}"), tile("right", f"{k}x{n}x{dtype}")
    instruction = only("tmatmul", left, right, tile("acc", f"{m}x{n}x{result}"))
    assert cycles(instruction, CHIP, ISA) == expected
    assert cost_of(instruction, CHIP, ISA).constant == f"matmul.cycles_per_fractal.{dtype}"
    assert path_bytes(instruction) is None


def test_an_insert_out_of_acc_takes_the_pipe_that_moves_it(only: Callable[..., Instruction]) -> None:
    types = (tile("acc", "16x16xf32"), tile("mat", "32x32xf16"))
    instruction = only("tinsert", *types, also=", %i, %i:, index, index")
    assert instruction.pipe is Pipe.FIX
    assert path_bytes(instruction) == ("acc_to_mat", 16 * 16 * 2)


def test_every_op_of_the_vector_pipe_has_a_cost() -> None:
    names = [op.name.removeprefix("pto.") for op in VECTOR_OPS if issubclass(op, InstructionOp)]
    for profile in CHIP.costs.values():
        for name in names:
            assert sum(vector_cycles(profile, name, 16, 64, 4)) > 0
            assert vector_constant(profile, name) in profile.origins
        # Nothing is named that does not exist.
        assert {*profile.vector.ops, *profile.vector.row_ops} <= set(names)
        named = {intrinsic for stages in profile.vector.ops.values() for intrinsic in stages}
        assert named <= set(profile.vector.intrinsics)


@pytest.mark.parametrize(
    ("op", "constant"),
    [
        ("texp", "vector.intrinsics.vexp"),
        ("tdivs", "vector.intrinsics.vdiv"),
        ("trowsum", "row_ops.trowsum.row"),
        ("tsomething", "vector.default"),
    ],
)
def test_an_op_of_the_vector_pipe_rests_on_its_slowest_intrinsic(op: str, constant: str) -> None:
    assert vector_constant(ISA, op) == constant


def test_a_profile_takes_over_what_it_does_not_say() -> None:
    device = CHIP.costs["device"]
    assert device.gib_per_s["gm_to_vec"] == ISA.gib_per_s["gm_to_vec"]
    assert device.gib_per_s["gm_to_mat"] != ISA.gib_per_s["gm_to_mat"]
    assert device.matmul_fixed_cycles != ISA.matmul_fixed_cycles
    assert device.matmul_cycles_per_fractal == ISA.matmul_cycles_per_fractal
    assert device.vector.ops == ISA.vector.ops
    assert device.uncertainty_of("gib_per_s.gm_to_vec") == ISA.uncertainty_of("gib_per_s.gm_to_vec")
    assert device.uncertainty_of("gib_per_s.gm_to_mat") != ISA.uncertainty_of("gib_per_s.gm_to_mat")
