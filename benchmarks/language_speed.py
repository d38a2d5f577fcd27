"""How fast the model DSL is: `python -m benchmarks.language_speed`.

Prints the time to import it in a fresh process, to read a kernel of 200 operations into IR, to go from the IR of a
gate/up projection to C++ in a process that is warm, and to get that C++ where it was made before: in the same process,
and in another one, which finds it on disk. There the first kernel also imports what finding it takes, the next one has
it. Each number is the median of repetitions, taken in turn with a fixed piece of Python, whose median says how fast the
machine was meanwhile. What runs in a process is counted in time of the processor, so that other work on the machine
does not count; starting a process is real time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from xdsl.dialects.builtin import ModuleOp

import tilewright.language as pl
from tilewright.language.arguments import sort_arguments
from tilewright.language.compiled import Compiled
from tilewright.language.kernel_code import KernelCode

_REPETITIONS = 9
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


_SCRIPT = f"""
import sys
from time import process_time
import tilewright.language as pl
{_GATE_UP}
{_GATE_UP.replace("def gate_up", "def other")}
for kernel in gate_up, other:
    start = process_time()
    compiled = kernel.compile()
    assert "TMATMUL" in compiled.cce
    print((process_time() - start) * 1000)
    assert ("translation" in vars(compiled)) == (sys.argv[1] == "new")
"""
"""Prints the milliseconds until it has the C++ of each of two kernels; fails where a known one is compiled again."""


def _milliseconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return (clock() - start) * 1000


def _yardstick() -> int:
    return sum(i * i for i in range(100_000))


def _measure(what: str, work: Callable[[], object], limit: float, clock: Callable[[], float] = process_time) -> None:
    """Print the median time of some work, next to that of the yardstick."""
    work()
    _print_median(what, lambda: _milliseconds(work, clock), limit, clock)


def _print_median(what: str, sample: Callable[[], float], limit: float, clock: Callable[[], float]) -> None:
    """Print the median of samples, which are milliseconds, next to that of the yardstick."""
    times: list[float] = []
    yardstick: list[float] = []
    for _ in range(_REPETITIONS):
        yardstick.append(_milliseconds(_yardstick, clock))
        times.append(sample())
    print(f"{what:<42} {median(times):7.1f} ms   limit {limit:5.0f} ms   yardstick {median(yardstick):5.1f} ms")


def _import() -> object:
    return subprocess.run([sys.executable, "-c", "import tilewright.language"], check=True)


def _start() -> object:
    return subprocess.run([sys.executable, "-c", "pass"], check=True)


def _program(text: str) -> ModuleOp:
    """The IR of a kernel, read and translated anew."""
    kernel = pl.parse(text)
    return Compiled(kernel, sort_arguments(kernel, (), {}, complete=False), "", "").module


def _to_cce(kernel: KernelCode) -> str:
    """The C++ of a kernel, compiled anew."""
    return KernelCode(kernel.name, kernel.module).cce


def _measure_hits() -> None:
    """Print how long it takes to get the C++ of a kernel that was compiled before, with a cache of its own."""
    with TemporaryDirectory() as folder:
        os.environ["TILEWRIGHT_CACHE"] = folder
        kernel = pl.parse(_GATE_UP)
        _measure("gate/up to C++ again, same process", lambda: kernel.compile().cce, 5)
        script = Path(folder) / "script.py"
        script.write_text(_SCRIPT)

        def run(which: str) -> list[float]:
            command = [sys.executable, str(script), which]
            return [float(line) for line in subprocess.check_output(command, text=True).splitlines()]

        run("new")
        _print_median("the same in another process, first kernel", lambda: run("known")[0], 400, process_time)
        _print_median("the same in another process, next kernel", lambda: run("known")[1], 50, process_time)


def main() -> None:
    """Measure and print."""
    _measure("python -c pass", _start, 300, perf_counter)
    _measure("python -c 'import tilewright.language'", _import, 300, perf_counter)
    many = _many(_OPERATIONS)
    _measure(f"{_OPERATIONS} operations to IR", lambda: _program(many), 50)
    (gate_up,) = pl.parse(_GATE_UP).compile().kernels.values()
    _measure("gate/up to IR", lambda: _program(_GATE_UP), 50)
    _measure("gate/up, IR to C++", lambda: _to_cce(gate_up), 200)
    _measure_hits()


if __name__ == "__main__":
    main()
