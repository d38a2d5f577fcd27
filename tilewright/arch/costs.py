"""What one instruction costs on one core, in cycles: pure functions over a chip and one of its cost profiles.

Source of the formulas: the public cost model of hw-native-sys/pto-isa (see `[cost.isa]` in the architecture file).
"""

from __future__ import annotations

from math import ceil, floor

from tilewright.arch.chip import ELEMENT_BITS, Chip, CostProfile
from tilewright.arch.cost_profiles import RowCost


def transfer_cycles(chip: Chip, profile: CostProfile, source: str, target: str, size_bytes: int) -> int:
    """Cycles of moving `size_bytes` from one space to another (`gm` for global memory), without fixed costs."""
    rate = profile.gib_per_s[f"{source}_to_{target}"]
    return floor(size_bytes / 2**30 / rate * chip.clock_mhz * 1e6)


def load_cycles(chip: Chip, profile: CostProfile, element_type: str, rows: int, columns: int) -> int:
    """Cycles of loading `rows` x `columns` elements from global memory into Mat."""
    return transfer_cycles(chip, profile, "gm", "mat", tile_bytes(element_type, rows, columns))


def move_cycles(chip: Chip, profile: CostProfile, target: str, element_type: str, rows: int, columns: int) -> int:
    """Cycles of moving a tile from Mat to `left` or `right`."""
    size = tile_bytes(element_type, rows, columns)
    return profile.move_fixed_cycles + transfer_cycles(chip, profile, "mat", target, size)


def store_cycles(chip: Chip, profile: CostProfile, rows: int, columns: int) -> int:
    """Cycles of storing `rows` x `columns` accumulated elements from Acc to global memory."""
    size = rows * columns * profile.store_element_bytes
    return profile.store_fixed_cycles + transfer_cycles(chip, profile, "acc", "gm", size)


def matmul_cycles(chip: Chip, profile: CostProfile, element_type: str, m: int, k: int, n: int) -> int:
    """Cycles of one matmul [m, k] x [k, n]; each extent is charged in whole fractals."""
    rows = chip.fractal.rows
    fractals = ceil(m / rows) * ceil(k / chip.fractal.columns(element_type)) * ceil(n / rows)
    return profile.matmul_fixed_cycles + profile.matmul_cycles_per_fractal[element_type] * fractals


def tile_bytes(element_type: str, rows: int, columns: int) -> int:
    """Bytes of `rows` x `columns` elements without any padding."""
    return rows * columns * ELEMENT_BITS[element_type] // 8


def vector_cycles(
    profile: CostProfile, op: str, rows: int, columns: int, item_bytes: int, *, dense: bool = False
) -> tuple[int, int]:
    """Cycles of an op of the vector pipe on `rows` x `columns` elements; each row takes whole repeats.

    Args:
        profile: the constants.
        op: its name without dialect, such as `tadd`; one that the profile does not know takes its default intrinsic.
        rows, columns: the valid part.
        item_bytes: size of the widest elements that it works on.
        dense: whether rows follow each other without gaps, which some ops then take as one.

    Returns:
        Cycles that it always takes, and cycles that it takes more when the vector stream is empty.
    """
    vector = profile.vector
    if dense and op in vector.flat:
        rows, columns = 1, rows * columns
    row_bytes = columns * item_bytes
    if (row_cost := vector.row_ops.get(op)) is not None:
        return _row_cycles(row_cost, rows, row_bytes / vector.repeat_bytes), 0
    stages = [vector.intrinsics.get(name, vector.default) for name in vector.ops.get(op, ("",))]
    repeats = rows * ceil(row_bytes / vector.repeat_bytes)
    cycles = sum(stage.slope * repeats for stage in stages)
    if row_bytes < vector.repeat_bytes:
        # A mask is set and taken back, and slows some intrinsics down.
        cycles += 2 * profile.scalar_cycles + sum(stage.masked_cycles for stage in stages)
    elif row_bytes % vector.repeat_bytes:
        # The ends of the rows have a pass of their own.
        cycles += 4 * profile.scalar_cycles
    # A barrier stands between two intrinsics of one op, which empties the stream.
    later = sum(stage.start + profile.scalar_cycles for stage in stages[1:])
    return cycles + later, stages[0].start


def vector_constant(profile: CostProfile, op: str) -> str:
    """The constant that most cycles of an op of the vector pipe rest on, such as `vector.intrinsics.vexp`."""
    vector = profile.vector
    if op in vector.row_ops:
        return f"row_ops.{op}.row"
    known = [name for name in vector.ops.get(op, ()) if name in vector.intrinsics]
    slowest = max(known, key=lambda name: vector.intrinsics[name].slope, default="")
    return f"vector.intrinsics.{slowest}" if slowest else "vector.default"


def _row_cycles(cost: RowCost, rows: int, repeats_a_row: float) -> int:
    repeats = max(1, ceil(repeats_a_row))
    fixed = cost.fixed
    if repeats != repeats_a_row:
        fixed += cost.partial
    if repeats > 1:
        fixed += cost.folded
    return round(fixed + rows * (cost.row + cost.fold * (repeats - 1)))
