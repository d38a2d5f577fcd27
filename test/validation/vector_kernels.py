"""Vector kernels of the `tile` dialect that load tiles, compute, and store tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tilewright.execution.dtypes import DTYPES, Array


@dataclass(frozen=True)
class Kernel:
    """A kernel that loads whole tiles, computes, and stores whole tiles.

    Attributes:
        inputs: extents and element type of each tile that is loaded, such as `16x64xf32`.
        body: ops on them; `T(16x64xf32)` stands for a tile type.
        outputs: the same for tiles that `body` makes and that are stored.
        scalars: arguments that are no tensors, with their types and values.
    """

    inputs: Mapping[str, str]
    body: str
    outputs: Mapping[str, str]
    scalars: Mapping[str, tuple[str, float]] = field(default_factory=dict[str, tuple[str, float]])

    @property
    def text(self) -> str:
        """The kernel as text."""
        tensors = {**self.inputs, **self.outputs}
        arguments = [f"%{name}_t: !tile.tensor<{whole(kind)}>" for name, kind in tensors.items()]
        arguments += [f"%{name}: {kind}" for name, (kind, _) in self.scalars.items()]
        lines = [f"func.func @kernel({', '.join(arguments)}) {{", "%c0 = arith.constant 0 : index"]
        for name, kind in self.inputs.items():
            lines.append(f"%{name} = tile.load %{name}_t[%c0, %c0] : !tile.tensor<{whole(kind)}> -> T({kind})")
        lines.append(self.body)
        for name, kind in self.outputs.items():
            lines.append(f"tile.store %{name}, %{name}_t[%c0, %c0] : T({kind}), !tile.tensor<{whole(kind)}>")
        text = "\n".join([*lines, "func.return", "}"])
        while "T(" in text:
            before, _, rest = text.partition("T(")
            inside, _, after = rest.partition(")")
            text = f"{before}!tile.tile<{inside}>{after}"
        return text

    def arrays(self, data: Mapping[str, Array]) -> list[Array]:
        """The arguments that are tensors; outputs start as ones."""
        made = [data[name].copy() for name in self.inputs]
        return made + [np.ones(extents(kind), DTYPES[element(kind)]) for kind in self.outputs.values()]


def whole(kind: str) -> str:
    """The tensor behind a tile: extents and element type."""
    return "x".join(map(str, extents(kind))) + f"x{element(kind)}"


def extents(kind: str) -> tuple[int, int]:
    """The valid extents of a tile."""
    shape = kind.split("valid =")[1] if "valid" in kind else kind
    rows, columns = (int(part) for part in shape.strip().split("x")[:2])
    return rows, columns


def element(kind: str) -> str:
    """The element type of a tile."""
    return kind.split(",")[0].split("x")[2]


def sample(kinds: Mapping[str, str], seed: int = 0, limits: Sequence[float] = (-100, 100)) -> dict[str, Array]:
    """Random data for tiles; whole numbers for integers, zero not among them."""
    random = np.random.default_rng(seed)
    made: dict[str, Array] = {}
    for name, kind in kinds.items():
        dtype = DTYPES[element(kind)]
        low, high = limits
        if dtype.kind in "iu":
            numbers = random.integers(0 if dtype.kind == "u" else int(low), int(high), extents(kind))
            numbers[numbers == 0] = 3
            made[name] = numbers.astype(dtype)
        else:
            made[name] = random.uniform(low, high, extents(kind)).astype(np.float32).astype(dtype)
    return made
