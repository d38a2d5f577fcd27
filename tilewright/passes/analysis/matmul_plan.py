"""How to stage one matmul with several right-hand sides: what a plan is, what it needs, what it costs.

Plain numbers, no IR. Shapes are in elements, sizes in bytes, times in cycles of the main clock; every time is modelled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tilewright.arch import costs
from tilewright.arch.chip import Chip, CostProfile


def round_up(value: int, step: int) -> int:
    """The smallest multiple of `step` that is at least `value`."""
    return -(-value // step) * step


@dataclass(frozen=True)
class MatmulProblem:
    """`[m, k] x [k, n]` for each of `right_hand_sides` right operands, over all of K.

    `n` is the width of each right operand; operands are of `element_type`, accumulators of `acc_type`. With
    `charged_rows`, the left operand has as many rows as hardware charges for an accumulator. A transposed operand lies
    as `[k, m]`, or `[n, k]`, in global memory.
    """

    element_type: str
    acc_type: str
    m: int
    k: int
    n: int
    right_hand_sides: int
    charged_rows: bool = False
    a_transposed: bool = False
    b_transposed: bool = False

    def padded_m(self, chip: Chip) -> int:
        """Rows of the buffers: whole fractals, or what an accumulator is charged."""
        step = chip.space("acc").row_step[self.acc_type] if self.charged_rows else chip.fractal.rows
        if self.a_transposed:
            step = max(step, chip.fractal.columns(self.element_type))
        return round_up(self.m, step)

    def padded_n(self, chip: Chip) -> int:
        """Columns of the buffers: whole fractals, as stored in Mat and as read by the cube unit."""
        return round_up(self.n, max(chip.fractal.columns(self.element_type), chip.fractal.rows))

    def left_load_cycles(self, chip: Chip, profile: CostProfile, k: int) -> int:
        """The time of a load of `k` columns of the left operand."""
        rows, columns = (k, self.m) if self.a_transposed else (self.m, k)
        return costs.load_cycles(chip, profile, self.element_type, rows, columns)

    def right_load_cycles(self, chip: Chip, profile: CostProfile, k: int) -> int:
        """The time of a load of `k` rows of one right operand."""
        rows, columns = (self.n, k) if self.b_transposed else (k, self.n)
        return costs.load_cycles(chip, profile, self.element_type, rows, columns)


@dataclass(frozen=True)
class MatmulPlan:
    """A staging of a `MatmulProblem`.

    Attributes:
        k_chunk: K of one load into Mat.
        a_resident: the whole left operand is loaded once, before the loop; `a_slots` is 1 then.
        a_slots: buffers that the loads of the left operand use in turn.
        b_slots: buffers in Mat that the loads of all right operands use in turn, at least one for each of them; a
            multiple of their number is the same as a ring of its own for each.
        l0_k: K of one cube instruction; divides `k_chunk`.
        left_slots, right_slots: buffers in Left, and in Right for all right operands, at least one for each of them.
    """

    k_chunk: int
    a_resident: bool
    a_slots: int
    b_slots: int
    l0_k: int
    left_slots: int
    right_slots: int

    @property
    def text(self) -> str:
        """One line for people."""
        left = "resident" if self.a_resident else f"{self.a_slots} slots"
        return (
            f"K chunk {self.k_chunk}, A {left}, weights {self.b_slots} slots, "
            f"L0 K {self.l0_k}, Left {self.left_slots} slots, Right {self.right_slots} slots"
        )


@dataclass(frozen=True)
class PlanSizes:
    """Bytes that a plan takes of each space."""

    chip: Chip
    problem: MatmulProblem
    plan: MatmulPlan

    @cached_property
    def by_space(self) -> Mapping[str, int]:
        """Bytes by the name of the space, each buffer rounded up to the alignment of its space."""
        problem, plan = self.problem, self.plan
        m, n = problem.padded_m(self.chip), problem.padded_n(self.chip)
        a_columns = problem.k if plan.a_resident else plan.k_chunk
        operand, accumulator = problem.element_type, problem.acc_type
        return {
            "mat": plan.a_slots * self._buffer("mat", operand, m, a_columns)
            + plan.b_slots * self._buffer("mat", operand, plan.k_chunk, n),
            "left": plan.left_slots * self._buffer("left", operand, m, plan.l0_k),
            "right": plan.right_slots * self._buffer("right", operand, plan.l0_k, n),
            "acc": problem.right_hand_sides * self._buffer("acc", accumulator, m, n),
        }

    def _buffer(self, space: str, element_type: str, rows: int, columns: int) -> int:
        size = self.chip.tile_bytes(space, element_type, rows, columns)
        return round_up(size, self.chip.space(space).alignment_bytes)


@dataclass(frozen=True)
class PlanTime:
    """The modelled time of a plan and what it consists of, in cycles."""

    total: int
    busy: Mapping[str, int]

    @property
    def bound(self) -> str:
        """The pipe that is busy longest."""
        return max(self.busy, key=lambda pipe: self.busy[pipe])

    @property
    def ratio_to_bound(self) -> float:
        """Total over the time of the busiest pipe; 1 is perfect overlap."""
        return self.total / self.busy[self.bound]


_SIMULATED_CHUNKS = 48
"""Chunks that are simulated before the rest is extrapolated: far more than any ring has slots."""


def modelled_time(chip: Chip, profile: CostProfile, problem: MatmulProblem, plan: MatmulPlan) -> PlanTime:
    """Run the plan over in-order pipes (MTE2, MTE1, M, FIX) that only its slots hold back.

    After `_SIMULATED_CHUNKS` chunks the steady state is extrapolated by its rate.
    """
    step = _StepCosts.of(chip, profile, problem, plan)
    chunks = problem.k // plan.k_chunk
    simulated = min(chunks, _SIMULATED_CHUNKS)
    ends = _simulate(step, problem.right_hand_sides, plan, simulated)
    finished = ends[-1]
    if chunks > simulated:
        half = simulated // 2
        finished += (chunks - simulated) * (ends[-1] - ends[half - 1]) / (simulated - half)
    total = round(finished) + problem.right_hand_sides * step.store
    parts = problem.right_hand_sides
    steps = chunks * (plan.k_chunk // plan.l0_k)
    busy = {
        "MTE2": step.resident_load + chunks * (step.load_a + parts * step.load_b),
        "MTE1": steps * (step.move_a + parts * step.move_b),
        "M": steps * parts * step.matmul,
        "FIX": parts * step.store,
    }
    return PlanTime(total, busy)


@dataclass(frozen=True)
class _StepCosts:
    """Cycles of each instruction of a plan."""

    resident_load: int
    load_a: int
    load_b: int
    move_a: int
    move_b: int
    matmul: int
    store: int

    @classmethod
    def of(cls, chip: Chip, profile: CostProfile, problem: MatmulProblem, plan: MatmulPlan) -> _StepCosts:
        operand, m, n = problem.element_type, problem.m, problem.n
        padded_m, padded_n = problem.padded_m(chip), problem.padded_n(chip)
        resident = plan.a_resident
        return cls(
            resident_load=problem.left_load_cycles(chip, profile, problem.k) if resident else 0,
            load_a=0 if resident else problem.left_load_cycles(chip, profile, plan.k_chunk),
            load_b=problem.right_load_cycles(chip, profile, plan.k_chunk),
            move_a=costs.move_cycles(chip, profile, "left", operand, padded_m, plan.l0_k),
            move_b=costs.move_cycles(chip, profile, "right", operand, plan.l0_k, padded_n),
            matmul=costs.matmul_cycles(chip, profile, operand, m, plan.l0_k, n),
            store=costs.store_cycles(chip, profile, m, n),
        )


def _simulate(step: _StepCosts, parts: int, plan: MatmulPlan, chunks: int) -> list[int]:
    """The cycle at which the last matmul of each chunk ends."""
    mte2 = step.resident_load
    mte1 = cube = 0
    a_freed: list[int] = []
    b_freed: list[int] = []
    left_freed: list[int] = []
    a_moved = 0
    right_freed: list[int] = []
    ends: list[int] = []
    for chunk in range(chunks):
        if not plan.a_resident:
            mte2 = max(mte2, _freed(a_freed, chunk - plan.a_slots)) + step.load_a
        a_ready = mte2
        b_ready: list[int] = []
        for part in range(parts):
            mte2 = max(mte2, _freed(b_freed, chunk * parts + part - plan.b_slots)) + step.load_b
            b_ready.append(mte2)
        moved = b_ready
        for _ in range(plan.k_chunk // plan.l0_k):
            mte1 = max(mte1, a_ready, _freed(left_freed, len(left_freed) - plan.left_slots))
            mte1 += step.move_a
            a_moved = mte1
            moved = list[int]()
            for part in range(parts):
                slot_freed = _freed(right_freed, len(right_freed) + part - plan.right_slots)
                mte1 = max(mte1, b_ready[part], slot_freed) + step.move_b
                moved.append(mte1)
            for ready in moved:
                cube = max(cube, ready) + step.matmul
                right_freed.append(cube)
            left_freed.append(cube)
        a_freed.append(a_moved)
        b_freed.extend(moved)
        ends.append(cube)
    return ends


def _freed(history: list[int], index: int) -> int:
    return history[index] if index >= 0 else 0
