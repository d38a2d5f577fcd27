"""Cube kernels in the model DSL as their users write them, each with arguments and what it computes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import tilewright.language as pl
from tilewright.language.jit import Kernel

from .sums import DTYPES, Array, Sum, times

_ROUNDED = {"bf16": 2.0**-8, "f16": 2.0**-10}
"""One unit in the last place, relative: a sum near a tie rounds either way."""


@dataclass(frozen=True)
class CubeKernel:
    """A kernel as text.

    Attributes:
        text: the function, which is the last one of it.
        inputs, outputs: shape and element type of each tensor; outputs follow the inputs.
        expected: gives what each output should hold, from the inputs.
    """

    text: str
    inputs: Sequence[tuple[tuple[int, ...], str]]
    outputs: Sequence[tuple[tuple[int, ...], str]]
    expected: Callable[..., Sequence[Sum]]

    def kernel(self) -> Kernel:
        """The kernel, parsed."""
        return pl.parse(self.text)

    def with_f16_data(self) -> CubeKernel:
        """The same kernel with f16 where it has bf16, which is what a simulator without bf16 takes its bits for."""
        inputs, outputs = ([(shape, kind.replace("bf16", "f16")) for shape, kind in each] for each in self.tensors)
        return replace(self, inputs=inputs, outputs=outputs)

    @property
    def tensors(self) -> tuple[Sequence[tuple[tuple[int, ...], str]], ...]:
        """Inputs and outputs."""
        return self.inputs, self.outputs

    def arrays(self) -> tuple[list[Array], list[Array]]:
        """Random inputs, and outputs full of something else."""
        random = np.random.default_rng(0)
        inputs: list[Any] = [
            random.integers(-128, 128, shape, np.int8)
            if kind == "i8"
            else random.standard_normal(shape).astype(DTYPES[kind])
            for shape, kind in self.inputs
        ]
        return inputs, [np.full(shape, 77, DTYPES[kind]) for shape, kind in self.outputs]

    def check(self, inputs: Sequence[Array], outputs: Sequence[Array], context: str) -> None:
        """Fail unless the outputs hold what they should, each rounded to its type."""
        for (_, kind), wanted, got in zip(self.outputs, self.expected(*inputs), outputs, strict=True):
            slack = np.abs(wanted.value) * _ROUNDED.get(kind, 0)
            Sum(wanted.value, wanted.bound + slack).check(got, context)


_NAMES = {"i8": "INT8", "i32": "INT32", "f16": "FP16", "bf16": "BF16", "f32": "FP32"}


def _tensor(shape: Sequence[int], kind: str) -> str:
    return f"pl.Tensor[{list(shape)}, pl.{_NAMES[kind]}]"


def kernel(
    body: str,
    inputs: Mapping[str, tuple[tuple[int, ...], str]],
    outputs: Mapping[str, tuple[tuple[int, ...], str]],
    expected: Callable[..., Sequence[Sum]],
    scope: str = "with pl.at(level=pl.Level.CORE_GROUP):",
) -> CubeKernel:
    """A kernel whose scope holds `body`, with parameters of these names."""
    parameters = [f"{name}: {_tensor(*kind)}" for name, kind in inputs.items()]
    parameters += [f"{name}: pl.Out[{_tensor(*kind)}]" for name, kind in outputs.items()]
    lines = "\n".join(f"        {line}" for line in body.strip("\n").splitlines())
    text = f"@pl.jit\ndef cube({', '.join(parameters)}):\n    {scope}\n{lines}\n    return {', '.join(outputs)}\n"
    return CubeKernel(text, list(inputs.values()), list(outputs.values()), expected)


def _one(a: Array, b: Array) -> Sequence[Sum]:
    return [times(a, b)]


_ACC = {"i8": "i32"}


def _typed(kind: str, out: str | None = None) -> CubeKernel:
    return kernel(
        """
s = pl.matmul(a[:, 0:64], b[0:64, :])
for k in pl.range(64, 256, 64):
    s = pl.matmul_acc(s, a[:, k : k + 64], b[k : k + 64, :])
c[:] = s
""",
        {"a": ((16, 256), kind), "b": ((256, 64), kind)},
        {"c": ((16, 64), out or _ACC.get(kind, "f32"))},
        _one,
    )


_BLOCKS = """
for m in pl.range(0, 64, 32):
    for n in pl.range(0, 128, 64):
        s = pl.matmul(a[m : m + 32, 0:64], b[0:64, n : n + 64])
        for k in pl.pipeline(64, 256, 64, stage=2):
            s = pl.matmul_acc(s, a[m : m + 32, k : k + 64], b[k : k + 64, n : n + 64])
        c[m : m + 32, n : n + 64] = s
"""

_SPMD = """
n = i * 64
s = pl.create_tensor([16, 64], dtype=pl.FP32)
for k in pl.pipeline(0, 4, stage=2):
    k0 = k * 64
    if k0 == 0:
        s = pl.matmul(a[:, k0 : k0 + 64], b[k0 : k0 + 64, n : n + 64])
    else:
        s = pl.matmul_acc(s, a[:, k0 : k0 + 64], b[k0 : k0 + 64, n : n + 64])
c[:, n : n + 64] = s
"""

_GREATER = """
x = pl.create_tensor([16, 64], dtype=pl.FP32)
y = pl.create_tensor([16, 64], dtype=pl.FP32)
for k in pl.pipeline(0, 256, 64, stage=2):
    part = a[:, k : k + 64]
    if k > 0:
        x = pl.matmul_acc(x, part, b[:, k : k + 64], b_trans=True)
        y = pl.matmul_acc(y, part, v[:, k : k + 64], b_trans=True)
    else:
        x = pl.matmul(part, b[:, k : k + 64], b_trans=True)
        y = pl.matmul(part, v[:, k : k + 64], b_trans=True)
c[:] = x
d[:] = y
"""

_CHUNKS = """
s = pl.matmul(a[:, 0:64], b[0:64, :])
for i in pl.range(1, 4):
    k = i * 64
    s = pl.matmul_acc(s, a[:, k : k + 64], b[k : k + 64, :])
c[:] = s
"""

_INIT = """
s = pl.create_tile([16, 64], pl.FP32, target_memory=pl.Mem.Acc)
for i in pl.range(4):
    k = i * 64
    s = pl.matmul_acc(s, a[:, k : k + 64], b[k : k + 64, :], init_cond=(i == 0))
c[:] = s
"""

_SEVERAL = """
x = pl.matmul(a, b)
c[:] = x
y = pl.matmul(a[:, 0:64], v)
d[:] = y
s = pl.matmul(a[:, 0:32], b[0:32, 0:32])
for k in pl.range(32, 256, 32):
    s = pl.matmul_acc(s, a[:, k : k + 32], b[k : k + 32, 0:32])
e[:] = s
"""

_HAND = """
l0 = pl.move(pl.load(a, [0, 0], [16, 256], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
r0 = pl.move(pl.load(b, [0, 0], [256, 64], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
c = pl.store(pl.tile.matmul(l0, r0), [0, 0], c)
"""

_RAGGED = """
x = pl.load(a, [0, 0], [16, 256], valid_shape=[5, 256], target_memory=pl.Mem.Mat)
c[0:16, :] = pl.matmul(x, b)
"""

_RAGGED_SLICE = """
x = pl.set_validshape(a[:, 0:256], 5, 256)
c[0:16, :] = pl.matmul(x, b)
"""


def _upper(rows: int) -> Callable[[Array, Array], Sequence[Sum]]:
    """Only the first rows are computed; the others of the output stay as they were."""

    def expected(a: Array, b: Array) -> Sequence[Sum]:
        whole = times(a, b)
        value = np.full(whole.value.shape, 77.0)
        value[:rows] = whole.value[:rows]
        return [Sum(value, whole.bound)]

    return expected


def _b_trans(kind: str) -> CubeKernel:
    return kernel(
        """
s = pl.matmul(a[:, 0:64], b[:, 0:64], b_trans=True)
for k in pl.range(64, 256, 64):
    s = pl.matmul_acc(s, a[:, k : k + 64], b[:, k : k + 64], b_trans=True)
c[:] = s
""",
        {"a": ((16, 256), kind), "b": ((64, 256), kind)},
        {"c": ((16, 64), _ACC.get(kind, "f32"))},
        lambda a, b: [times(a, b.T)],
    )


def _a_trans(kind: str) -> CubeKernel:
    return kernel(
        "c[:] = pl.matmul(a, b, a_trans=True)",
        {"a": ((128, 32), kind), "b": ((128, 64), kind)},
        {"c": ((32, 64), _ACC.get(kind, "f32"))},
        lambda a, b: [times(a.T, b)],
    )


def _chain(kind: str) -> CubeKernel:
    def expected(a: Array, b: Array, v: Array) -> Sequence[Sum]:
        first = times(a, b)
        hidden = first.value.astype(np.float32).astype(DTYPES[kind])
        slack = np.abs(first.value) * _ROUNDED[kind] + first.bound
        second = times(hidden, v)
        return [Sum(second.value, second.bound + 2 * slack @ np.abs(v.astype(np.float64)))]

    return kernel(
        f"""
x = pl.matmul(a, b)
h = pl.cast(x, target_type=pl.{_NAMES[kind]}, mode="rint")
c[:] = pl.matmul(h, v)
""",
        {"a": ((16, 128), kind), "b": ((128, 64), kind), "v": ((64, 32), kind)},
        {"c": ((16, 32), "f32")},
        expected,
    )


_WIDE = {"a": ((64, 256), "bf16"), "b": ((256, 128), "bf16")}
_SMALL = {"a": ((16, 256), "bf16"), "b": ((256, 64), "bf16")}
_OUT = {"c": ((16, 64), "f32")}

KERNELS: dict[str, CubeKernel] = {
    **{f"peeled-{kind}": _typed(kind) for kind in ("i8", "f16", "bf16", "f32")},
    "stored-as-bf16": _typed("bf16", "bf16"),
    "stored-as-f16": _typed("f16", "f16"),
    "blocks": kernel(_BLOCKS, _WIDE, {"c": ((64, 128), "f32")}, _one),
    "spmd": kernel(
        _SPMD,
        {"a": ((16, 256), "bf16"), "b": ((256, 256), "bf16")},
        {"c": ((16, 256), "f32")},
        _one,
        scope="for i in pl.spmd(4):",
    ),
    "greater": kernel(
        _GREATER,
        {"a": ((16, 256), "bf16"), "b": ((64, 256), "bf16"), "v": ((64, 256), "bf16")},
        {"c": ((16, 64), "f32"), "d": ((16, 64), "f32")},
        lambda a, b, v: [times(a, b.T), times(a, v.T)],
    ),
    "chunks": kernel(_CHUNKS, _SMALL, _OUT, _one),
    "init": kernel(_INIT, _SMALL, _OUT, _one),
    "several": kernel(
        _SEVERAL,
        {"a": ((16, 256), "bf16"), "b": ((256, 64), "bf16"), "v": ((64, 48), "bf16")},
        {"c": ((16, 64), "f32"), "d": ((16, 48), "f32"), "e": ((16, 32), "f32")},
        lambda a, b, v: [times(a, b), times(a[:, :64], v), times(a, b[:, :32])],
    ),
    "hand": kernel(_HAND, _SMALL, _OUT, _one),
    "ragged-load": kernel(_RAGGED, _SMALL, _OUT, _upper(5)),
    "ragged": kernel(_RAGGED_SLICE, _SMALL, _OUT, _upper(5)),
    **{f"b-trans-{kind}": _b_trans(kind) for kind in ("i8", "f16", "bf16", "f32")},
    **{f"a-trans-{kind}": _a_trans(kind) for kind in ("i8", "f16", "bf16", "f32")},
    **{f"chain-{kind}": _chain(kind) for kind in ("f16", "bf16")},
}
"""The kernels by name."""
