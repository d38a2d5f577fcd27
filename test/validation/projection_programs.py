"""The main job in many shapes, and two layers of it in a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from tilewright.kernels.projection import Projection

from .sums import DTYPES, Array, Program, Sum, times


def projection(p: Projection) -> Program:
    """A projection with its inputs and expected outputs."""
    weights = [((p.k, p.n), p.element_type)] * p.right_hand_sides
    return Program(
        p.text(),
        [((p.m, p.k), p.element_type), *weights],
        [((p.m, p.n), p.acc_type)] * p.right_hand_sides,
        lambda a, *bs: [times(a, b) for b in bs],
    )


def projections() -> dict[str, Program]:
    """A fixed sample of shapes, types and stages of the main job: every pair of two values occurs."""
    axes: tuple[Sequence[Any], ...] = (
        (1, 5, 16, 48),
        (64, 512),
        (16, 240, 256),
        ("i8", "bf16"),
        (1, 2, 3),
        (None, 1, 2, 3),
    )
    result: dict[str, Program] = {}
    for m, k, n, kind, parts, stages in _pairwise(axes):
        name = f"{m}x{k}x{n}-{kind}-n{parts}-stages{stages or 'Free'}"
        result[name] = projection(Projection(m, k, n, kind, parts, stages, step=128))
    return result


def _pairwise(axes: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Few points of a grid that together hold every pair of values of two axes; the choice is greedy and fixed."""
    pairs = [(i, j) for i in range(len(axes)) for j in range(i)]
    missing: set[object] = {(i, a, j, b) for i, j in pairs for a in axes[i] for b in axes[j]}
    points = list(product(*axes))
    covered = [{(i, point[i], j, point[j]) for i, j in pairs} for point in points]
    chosen: list[tuple[Any, ...]] = []
    while missing:
        best = max(range(len(points)), key=lambda at: len(covered[at] & missing))
        chosen.append(points[best])
        missing -= covered[best]
    return chosen


def chain() -> Program:
    """Two layers: the second loads what the first has stored."""
    h, o = "!tile.tensor<16x64xbf16>", "!tile.tensor<16x32xf32>"
    ta, tb, tv = "!tile.tensor<16x128xbf16>", "!tile.tensor<128x64xbf16>", "!tile.tensor<64x32xbf16>"
    a, b, v = "!tile.tile<16x128xbf16>", "!tile.tile<128x64xbf16>", "!tile.tile<64x32xbf16>"
    x, ah, y = "!tile.tile<16x64xf32, acc>", "!tile.tile<16x64xbf16>", "!tile.tile<16x32xf32>"
    text = f"""func.func @kernel(%act: {ta}, %w: {tb}, %v: {tv}, %hidden: {h}, %out: {o}) {{
  %c0 = arith.constant 0 : index
  %a = tile.load %act[%c0, %c0] : {ta} -> {a}
  %b = tile.load %w[%c0, %c0] : {tb} -> {b}
  %x = tile.matmul %a, %b : {a}, {b} -> {x}
  tile.store %x, %hidden[%c0, %c0] : {x}, {h}
  %h = tile.load %hidden[%c0, %c0] : {h} -> {ah}
  %u = tile.load %v[%c0, %c0] : {tv} -> {v}
  %y = tile.matmul %h, %u : {ah}, {v} -> {y}
  tile.store %y, %out[%c0, %c0] : {y}, {o}
  func.return
}}
"""

    def expected(a: Array, b: Array, v: Array) -> Sequence[Sum]:
        first = times(a, b)
        hidden = first.value.astype(np.float32).astype(DTYPES["bf16"])
        # One unit in the last place of bf16 where rounding may go either way.
        slack = np.abs(first.value) * 2.0**-8 + first.bound
        second = times(hidden, v)
        return [Sum(first.value, slack), Sum(second.value, second.bound + 2 * slack @ np.abs(v.astype(np.float64)))]

    inputs = [((16, 128), "bf16"), ((128, 64), "bf16"), ((64, 32), "bf16")]
    return Program(text, inputs, [((16, 64), "bf16"), ((16, 32), "f32")], expected)
