"""Cube kernels in the model DSL in which branches hand on a sum; `n` holds a number that only the launch knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce

from .cube_kernels import CubeKernel, kernel
from .sums import Array, Sum, times


def _plus(one: Sum, other: Sum) -> Sum:
    return Sum(one.value + other.value, 2 * (one.bound + other.bound))


def _sum(parts: Sequence[Sum]) -> Sum:
    return reduce(_plus, parts)


def _part(a: Array, b: Array, k: int) -> Sum:
    """The product of chunk `k` of K."""
    return times(a[:, 32 * k : 32 * k + 32], b[32 * k : 32 * k + 32])


_Expected = Callable[[Array, Array, Array, Array, int], Sequence[Sum]]


def _kernel(kind: str, body: str, expected: _Expected, outputs: Sequence[str] = ("c",)) -> CubeKernel:
    out = "i32" if kind == "i8" else "f32"
    inputs: Mapping[str, tuple[tuple[int, ...], str]] = {
        "a": ((16, 128), kind),
        "b": ((128, 64), kind),
        "a2": ((16, 128), kind),
        "b2": ((128, 64), kind),
        "n": ((1, 8), "i32"),
    }
    body = "f = pl.read(n, [0, 0])\n" + body.strip("\n")
    body = body.replace("ZERO", f"pl.create_tensor([16, 64], dtype=pl.{_OUT[out]})")
    body = body.replace("A2(k)", "a2[:, k * 32 : k * 32 + 32]").replace("B2(k)", "b2[k * 32 : k * 32 + 32, :]")
    body = body.replace("A(k)", "a[:, k * 32 : k * 32 + 32]").replace("B(k)", "b[k * 32 : k * 32 + 32, :]")
    tensors = {name: ((16, 64), out) for name in outputs}
    return kernel(body, inputs, tensors, partial(_called, expected))


def _called(expected: _Expected, a: Array, b: Array, a2: Array, b2: Array, n: Array) -> Sequence[Sum]:
    return expected(a, b, a2, b2, int(n[0, 0]))


_OUT = {"i32": "INT32", "f32": "FP32"}

_FIRST_TURN = """
s = ZERO
for k in pl.{loop}:
    if k == 0:
        s = pl.matmul(A(k), B2(k))
    else:
        s = pl.matmul_acc(s, A(k), B(k))
c[:] = s
"""


def _first_turn(kind: str, loop: str) -> CubeKernel:
    return _kernel(
        kind,
        _FIRST_TURN.format(loop=loop),
        lambda a, b, a2, b2, n: [_sum([_part(a, b2, 0), *(_part(a, b, k) for k in (1, 2, 3))])],
    )


_NO_ELSE = """
s = pl.matmul(a, b)
if f > 0:
    s = pl.matmul_acc(s, a2, b2)
c[:] = s
"""

_EITHER = """
s = ZERO
if f > 0:
    s = pl.matmul(a2, b2)
else:
    for k in pl.range(0, 4):
        s = pl.matmul_acc(s, A(k), B(k))
c[:] = s
"""

_NESTED = """
s = ZERO
for k in pl.range(0, 4):
    if k == 0:
        s = pl.matmul(A(k), B(k))
    elif f > k:
        s = pl.matmul_acc(s, A(k), B(k))
    elif f < 0:
        s = pl.matmul(A2(k), B2(k))
c[:] = s
"""


def _nested(a: Array, b: Array, a2: Array, b2: Array, n: int) -> Sequence[Sum]:
    total = _part(a, b, 0)
    for k in (1, 2, 3):
        total = _plus(total, _part(a, b, k)) if n > k else _part(a2, b2, k) if n < 0 else total
    return [total]


_MASKED = """
x = ZERO
y = ZERO
for k in pl.pipeline(0, 4, stage=2):
    if k < f:
        x, y = pl.matmul_dual_acc((x, y), A(k), B(k), B2(k))
x, y = pl.matmul_dual_acc((x, y), a2, b, b2)
c[:] = x
d[:] = y
"""

_DUAL = """
x = ZERO
y = ZERO
for k in pl.range(0, 4):
    if k == 0:
        x, y = pl.matmul_dual(A2(k), B(k), B2(k))
    else:
        x, y = pl.matmul_dual_acc((x, y), A(k), B(k), B2(k))
c[:] = x
d[:] = y
"""

_FLUSH = """
s = pl.matmul(a, b)
d[:] = s
for k in pl.range(0, 4):
    if k == f:
        d[:] = s
        s = pl.matmul(A2(k), B2(k))
    else:
        s = pl.matmul_acc(s, A(k), B(k))
c[:] = s
"""


def _flush(a: Array, b: Array, a2: Array, b2: Array, n: int) -> Sequence[Sum]:
    total = kept = times(a, b)
    for k in range(4):
        if k == n:
            kept, total = total, _part(a2, b2, k)
        else:
            total = _plus(total, _part(a, b, k))
    return [total, kept]


_BY_TURN = """
s = ZERO
for k in pl.range(0, 4):
    if f > k:
        s = pl.matmul_acc(s, A2(k), B2(k))
    s = pl.matmul_acc(s, A(k), B(k))
c[:] = s
"""

JOINED: dict[str, CubeKernel] = {
    **{
        f"first-turn-{kind}-{loop.partition('(')[0]}": _first_turn(kind, loop)
        for kind in ("i8", "f16", "bf16")
        for loop in ("range(0, 4)", "pipeline(0, 4, stage=2)")
    },
    "no-else": _kernel(
        "bf16", _NO_ELSE, lambda a, b, a2, b2, n: [_sum([times(a, b), *([times(a2, b2)] if n > 0 else [])])]
    ),
    "either": _kernel("f16", _EITHER, lambda a, b, a2, b2, n: [times(a2, b2) if n > 0 else times(a, b)]),
    "nested": _kernel("i8", _NESTED, _nested),
    "masked": _kernel(
        "bf16",
        _MASKED,
        lambda a, b, a2, b2, n: [_sum([times(a2, w), *(_part(a, w, k) for k in range(4) if k < n)]) for w in (b, b2)],
        ("c", "d"),
    ),
    "dual": _kernel(
        "i8",
        _DUAL,
        lambda a, b, a2, b2, n: [_sum([_part(a2, w, 0), *(_part(a, w, k) for k in (1, 2, 3))]) for w in (b, b2)],
        ("c", "d"),
    ),
    "flush": _kernel("bf16", _FLUSH, _flush, ("c", "d")),
    "by-turn": _kernel(
        "f16",
        _BY_TURN,
        lambda a, b, a2, b2, n: [_sum([times(a, b), *(_part(a2, b2, k) for k in range(4) if n > k)])],
    ),
}
"""The kernels by name."""

REFUSED: dict[str, tuple[str, str]] = {
    "two sums": (
        """
x = pl.matmul(a, b)
y = pl.matmul(a2, b2)
s = x
if f > 0:
    s = y
c[:] = s
d[:] = y
""",
        "TW0301",
    ),
    "the old value": (
        """
x = pl.matmul(a, b)
s = x
if f > 0:
    s = pl.matmul_acc(x, a2, b2)
c[:] = s
d[:] = x
""",
        "TW0301",
    ),
    "the old value in each turn": (
        """
x = pl.matmul(a, b)
for k in pl.range(0, 2):
    s = pl.matmul_acc(x, A(k), B(k))
    c[:] = s
d[:] = pl.matmul(a2, b2)
""",
        "TW0301",
    ),
    "nothing": (
        """
s = ZERO
if f > 0:
    s = pl.matmul(a2, b2)
c[:] = s
d[:] = s
""",
        "TW0214",
    ),
}
"""Bodies, and why they have no place in Acc."""


def refused(name: str) -> tuple[CubeKernel, str]:
    """A kernel that cannot be lowered, and the code of the error."""
    body, code = REFUSED[name]
    return _kernel("bf16", body, lambda a, b, a2, b2, n: [], ("c", "d")), code
