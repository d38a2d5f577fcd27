"""How fast the model DSL is: `python -m benchmarks.language_speed`.

Prints the time to import it in a fresh process, to read a kernel of 200 operations into IR, and to go from the IR of a
gate/up projection to C++ in a process that is warm. Each number is the median of repetitions, taken in turn with a
fixed piece of Python, whose median says how fast the machine was meanwhile.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import tilewright.language as pl
from tilewright.language.annotations import Tensor
from tilewright.language.jit import Kernel
from tilewright.language.kernel_code import KernelCode

_REPETITIONS = 15
_IMPORTS = 7
_OPERATIONS = 200

_GATE_UP = """
@pl.jit
def gate_up(a: pl.Tensor[[16, 5120], pl.INT8], wg: pl.Tensor[[5120, 256], pl.INT8],
            wu: pl.Tensor[[5120, 256], pl.INT8], g: pl.Out[pl.Tensor[[16, 256], pl.INT32]],
            u: pl.Out[pl.Tensor[[16, 256], pl.INT32]]):
    with pl.at(level=pl.Level.CORE_GROUP):
        ga = pl.matmul(a[:, 0:512], wg[0:512, :])
        ua = pl.matmul(a[:, 0:512], wu[0:512, :])
        for k in pl.pipeline(512, 5120, 512, stage=2):
            act = a[:, k : k + 512]
            ga = pl.matmul_acc(ga, act, wg[k : k + 512, :])
            ua = pl.matmul_acc(ua, act, wu[k : k + 512, :])
        g[:] = ga
        u[:] = ua
    return g, u
"""


def _many(operations: int) -> str:
    lines = "\n".join(f"        t = pl.{'add' if i % 2 else 'mul'}(t, s)" for i in range(operations))
    return f"""
@pl.jit
def many(x: pl.Tensor[[16, 64], pl.FP32], y: pl.Out[pl.Tensor[[16, 64], pl.FP32]]):
    with pl.at(level=pl.Level.CORE_GROUP):
        s = x[:, :]
        t = s
{lines}
        y[:] = t
    return y
"""


def _milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def _yardstick() -> int:
    return sum(i * i for i in range(100_000))


def _measure(what: str, prepare: Callable[[], Callable[[], object]], limit: float, repetitions: int) -> None:
    """Print the median time of what `prepare` makes, next to that of the yardstick."""
    prepare()()
    times: list[float] = []
    yardstick: list[float] = []
    for _ in range(repetitions):
        yardstick.append(_milliseconds(_yardstick))
        times.append(_milliseconds(prepare()))
    print(f"{what:<44} {median(times):7.1f} ms   limit {limit:5.0f} ms   yardstick {median(yardstick):5.1f} ms")


def _import() -> object:
    return subprocess.run([sys.executable, "-c", "import tilewright.language"], check=True)


def _start() -> object:
    return subprocess.run([sys.executable, "-c", "pass"], check=True)


def _parse(text: str) -> Callable[[], object]:
    kernel: Kernel = pl.parse(text)
    return lambda: _fresh(kernel).module


def main() -> None:
    """Measure and print."""
    _measure("python -c pass", lambda: _start, 300, _IMPORTS)
    _measure("import tilewright.language, with the above", lambda: _import, 300, _IMPORTS)


if __name__ == "__main__":
    main()
