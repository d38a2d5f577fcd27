"""Projections as tile programs: one activation times one or more weights, nothing placed, nothing fused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Projection:
    """`[m, k] x [k, n]` for each of `right_hand_sides` weights.

    Attributes:
        m, k, n: rows of the activation, the reduced extent, columns of each weight (elements).
        element_type: `i8` (accumulates in i32), `f16`, `bf16` or `f32` (accumulate in f32).
        right_hand_sides: number of weights, each with an output of its own.
        stages: iterations of the loop over K that are in flight; None leaves that to the planner.
        step: K of one iteration as the program is written; the planner may cut it otherwise.
    """

    m: int
    k: int
    n: int
    element_type: str = "i8"
    right_hand_sides: int = 2
    stages: int | None = None
    step: int = 512

    @property
    def acc_type(self) -> str:
        """The element type of the outputs."""
        return "i32" if self.element_type == "i8" else "f32"

    def text(self) -> str:
        """The program: a function `@projection` of the activation, the weights and then the outputs."""
        parts = range(self.right_hand_sides)
        step = self.step if self.k % self.step == 0 else self.k
        a, b, c = f"{self.m}x{step}", f"{step}x{self.n}", f"{self.m}x{self.n}"
        element, acc = self.element_type, self.acc_type
        weights = [f"%w{i}: !tile.tensor<{self.k}x{self.n}x{element}>" for i in parts]
        outputs = [f"%out{i}: !tile.tensor<{c}x{acc}>" for i in parts]
        arguments = ", ".join([f"%act: !tile.tensor<{self.m}x{self.k}x{element}>", *weights, *outputs])
        zero = "0 : i32" if acc == "i32" else "0.0 : f32"
        accs = ", ".join(f"!tile.tile<{c}x{acc}>" for _ in parts)
        starts = ", ".join(f"%acc{i} = %zero" for i in parts)
        sums = ", ".join(f"%sum{i}" for i in parts)
        loop, end = (
            ("scf.for", "scf.yield") if self.stages is None else (f"tile.pipeline stages({self.stages})", "tile.yield")
        )
        lines = [
            f"func.func @projection({arguments}) {{",
            "  %c0 = arith.constant 0 : index",
            f"  %step = arith.constant {step} : index",
            f"  %end = arith.constant {self.k} : index",
            f"  %zero = tile.full {zero} : !tile.tile<{c}x{acc}>",
            f"  {sums} = {loop} %k = %c0 to %end step %step iter_args({starts}) -> ({accs}) {{",
        ]
        act, weight = f"!tile.tensor<{self.m}x{self.k}x{element}>", f"!tile.tensor<{self.k}x{self.n}x{element}>"
        left, right, total = f"!tile.tile<{a}x{element}>", f"!tile.tile<{b}x{element}>", f"!tile.tile<{c}x{acc}>"
        for i in parts:
            lines += [
                f"    %a{i} = tile.load %act[%c0, %k] : {act} -> {left}",
                f"    %b{i} = tile.load %w{i}[%k, %c0] : {weight} -> {right}",
                f"    %next{i} = tile.matmul acc(%acc{i}) %a{i}, %b{i} : {left}, {right} -> {total}",
            ]
        lines += [f"    {end} {', '.join(f'%next{i}' for i in parts)} : {accs}", "  }"]
        lines += [
            f"  tile.store %sum{i}, %out{i}[%c0, %c0] : !tile.tile<{c}x{acc}>, !tile.tensor<{c}x{acc}>" for i in parts
        ]
        return "\n".join([*lines, "  func.return", "}", ""])
