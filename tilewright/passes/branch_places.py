"""Accumulators that branches hand on get their place before the matmuls around them are lowered one by one."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects import scf
from xdsl.ir import Operation, SSAValue
from xdsl.rewriter import Rewriter

from tilewright.dialects.tile import MatmulOp, TileType
from tilewright.passes.analysis.accumulators import Accumulator, accumulator_of
from tilewright.passes.analysis.contraction import find_contractions
from tilewright.passes.analysis.plan_attribute import read_plan
from tilewright.passes.matmul_staging import Staging


def joined_accumulators(root: Operation) -> Iterator[Accumulator]:
    """Each accumulator under `root` without a place that a branch hands on."""
    seen: set[SSAValue] = set()
    for branch in [op for op in root.walk() if isinstance(op, scf.IfOp)]:
        for result in branch.results:
            if result in seen or not isinstance(result.type, TileType) or result.type.placement is not None:
                continue
            accumulator = accumulator_of(result)
            if accumulator is not None and accumulator.matmuls:
                seen.update(accumulator.values)
                yield accumulator


def place_joined(root: Operation, charged_rows: bool) -> None:
    """Give all values of such accumulators the type that their matmuls will have, however the matmul is staged.

    A matmul that disagrees with the first is left to find the type of its start wrong (TW0206).
    """
    found = list(joined_accumulators(root))
    if not found:
        return
    types: dict[MatmulOp, list[TileType]] = {}
    for contraction in find_contractions(root):
        staging = Staging(contraction, read_plan(contraction.matmul), charged_rows)
        types[contraction.matmul] = [staging.accumulator(part) for part in staging.parts]
    for accumulator in found:
        made = next((matmul for matmul in accumulator.matmuls if matmul in types), None)
        if made is None:
            continue
        part = next(part for part, result in enumerate(made.accs_out) if result in accumulator.values)
        for value in accumulator.values:
            Rewriter.replace_value_with_new_type(value, types[made][part])
