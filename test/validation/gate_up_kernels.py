"""Gate and up projection of one activation in the model DSL, written in three ways."""

from __future__ import annotations

from .cube_kernels import CubeKernel, kernel
from .sums import times

_SHARED = """
g = pl.matmul(a[:, 0:128], b[0:128, :])
u = pl.matmul(a[:, 0:128], v[0:128, :])
for k in pl.pipeline(128, 1024, 128, stage=2):
    act = a[:, k : k + 128]
    g = pl.matmul_acc(g, act, b[k : k + 128, :])
    u = pl.matmul_acc(u, act, v[k : k + 128, :])
c[:] = g
d[:] = u
"""

_DUAL = """
g = pl.create_tile([16, 64], pl.INT32, target_memory=pl.Mem.Acc)
u = pl.create_tile([16, 64], pl.INT32, target_memory=pl.Mem.Acc)
for k in pl.pipeline(0, 1024, 128, stage=2):
    g, u = pl.matmul_dual_acc(
        (g, u), a[:, k : k + 128], b[k : k + 128, :], v[k : k + 128, :], init_cond=(k == 0)
    )
c[:] = g
d[:] = u
"""

_BY_HAND = """
l0 = pl.move(pl.load(a, [0, 0], [16, 128], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
r0 = pl.move(pl.load(b, [0, 0], [128, 64], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
g0 = pl.tile.matmul(l0, r0)
r1 = pl.move(pl.load(v, [0, 0], [128, 64], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
u0 = pl.tile.matmul(l0, r1)
for k, (g1, u1) in pl.pipeline(128, 1024, 128, stage=2, init_values=(g0, u0)):
    left = pl.move(pl.load(a, [0, k], [16, 128], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Left)
    w0 = pl.move(pl.load(b, [k, 0], [128, 64], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
    g2 = pl.tile.matmul_acc(g1, left, w0)
    w1 = pl.move(pl.load(v, [k, 0], [128, 64], target_memory=pl.Mem.Mat), target_memory=pl.Mem.Right)
    u2 = pl.tile.matmul_acc(u1, left, w1)
    g, u = pl.yield_(g2, u2)
c = pl.store(g, [0, 0], c)
d = pl.store(u, [0, 0], d)
"""


def _gate_up(body: str) -> CubeKernel:
    return kernel(
        body,
        {"a": ((16, 1024), "i8"), "b": ((1024, 64), "i8"), "v": ((1024, 64), "i8")},
        {"c": ((16, 64), "i32"), "d": ((16, 64), "i32")},
        lambda a, b, v: [times(a, b), times(a, v)],
    )


THREE_WAYS: dict[str, CubeKernel] = {
    "shared": _gate_up(_SHARED),
    "dual": _gate_up(_DUAL),
    "by_hand": _gate_up(_BY_HAND),
}
"""Two projections of one activation, written in three ways."""
