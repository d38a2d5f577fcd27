"""What pto-isa's public cost model says of the emitted C++: `PTO_LIB_PATH=... python -m benchmarks.cost_model`.

`PTO_LIB_PATH` names a pto-isa tree whose cost model is ready to use (commit f35e7f60; later ones do not compile as a
cost model, or drop all flags), `CXX` a C++23 compiler (`g++` otherwise). Compiles the Qwen3-14B gate and up
projection with its default plan and under lower limits of Mat, and prints modelled cycles beside those of the loads
alone. Exits with 1 when the default plan takes more than the 35,262 cycles of the best program written by hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.resources import files
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tilewright.arch.chip import load_chip
from tilewright.arch.costs import load_cycles
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.lowering import cce
from tilewright.passes.manager import parse_pipeline, run_passes

BY_HAND = 35262
"""Cycles of a hand-written program for the same task in the same model."""

SEPARATE = 36284
"""Cycles of two separate ping-pong matmuls in the same model."""

_LIMITS = (None, 262144, 131072, 65536)

# Runs a kernel on null pointers (only shapes matter to the model) and prints its cycles and its stuck events.
_DRIVER = """
#include "pto/pto-inst.hpp"
#include "pto/costmodel/perf_sim/launch.hpp"
#include "kernel.cpp"
#include <iostream>
#include <sstream>
template <class... A> void launch(void (*)(A...)) {
  LAUNCH_KERNEL(gate_up, , (1, nullptr, nullptr), static_cast<A>(nullptr)...);
}
int main(int, char **argv) {
  using namespace pto::perf_sim;
  GetConfig().output_dir = argv[1];
  std::ostringstream ignored;
  auto *out = std::cout.rdbuf(ignored.rdbuf());
  launch(&gate_up);
  std::cout.rdbuf(out);
  auto report = PerfSimReporter().Run("gate_up");
  long stuck = 0;
  for (auto &event : report.timeline.events) stuck += event.stuck;
  std::cout << report.timeline.total_cycles << " " << stuck << std::endl;
}
"""

_FLAGS = (
    "-std=c++23",
    "-O0",
    "-w",
    "-D__COSTMODEL",
    "-D__NPU_ARCH__=2201",
    "-D__DAV_CUBE__",
    "-DPTO_COMM_NOT_SUPPORTED",
    # The stub of that commit stops at event 3.
    *(f"-DEVENT_ID{event}={event}" for event in range(4, 8)),
    "-include",
    "stdint.h",
    "-include",
    "stddef.h",
)


def emitted(options: str) -> str:
    """The C++ of the gate and up projection under options of the pipeline."""
    ctx = make_context()
    text = files("tilewright.kernels").joinpath("qwen3_gate_up.mlir").read_bytes()
    module = parse_module(ctx, text, "qwen3_gate_up.mlir")
    run_passes(ctx, module, parse_pipeline(f"a2a3{{{options}}}"))
    output = StringIO()
    cce.emit(ctx, module, output)
    return output.getvalue()


def modelled_cycles(cpp: str, library: str) -> int:
    """Cycles that the public cost model gives a kernel `gate_up`.

    Raises:
        RuntimeError: it does not compile, or a flag is awaited that nobody raises.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kernel.cpp").write_text(cpp)
        (folder / "driver.cpp").write_text(_DRIVER)
        include = Path(library) / "include"
        paths = [f"-I{include / 'pto/costmodel/stubs'}", f"-I{include}", f"-I{folder}"]
        compiler = os.environ.get("CXX", "g++")
        program = str(folder / "driver")
        _run([compiler, *_FLAGS, *paths, str(folder / "driver.cpp"), "-o", program])
        cycles, stuck = _run([program, name]).split()
    if stuck != "0":
        raise RuntimeError(f"{stuck} instructions wait for ever")
    return int(cycles)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr[:2000]}")
    return done.stdout


def main() -> int:
    """Print the table."""
    library = os.environ.get("PTO_LIB_PATH")
    if library is None:
        print("PTO_LIB_PATH does not name a pto-isa tree; nothing was measured", file=sys.stderr)
        return 1
    chip = load_chip()
    loads = 10 * sum(load_cycles(chip, chip.costs["isa"], "i8", *shape) for shape in ((16, 512), *[(512, 256)] * 2))
    print(f"{'loads alone (modelled)':44} {loads:7}")
    print(f"{'two separate ping-pong matmuls (published model)':44} {SEPARATE:7}")
    print(f"{'written by hand':44} {BY_HAND:7}")
    measured: list[int] = []
    for limit in _LIMITS:
        options = "" if limit is None else f"mat-limit={limit}"
        measured.append(modelled_cycles(emitted(options), library))
        print(f"{f'tilewright a2a3{{{options}}}':44} {measured[-1]:7}  {measured[-1] / loads:.3f} of the loads")
    return 1 if measured[0] > BY_HAND else 0


if __name__ == "__main__":
    raise SystemExit(main())
