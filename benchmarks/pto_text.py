"""How long `.pto` text takes: `python -m benchmarks.pto_text`.

Prints the medians of: reading, verifying and printing a program of 1,000 lines in one process; `tilewright check` on it
as a process; and the refusal of a file of 50 MB. The runs of the three take turns, so that a busy moment of the machine
falls on all of them. Machines are noisy: never assert on the numbers.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from statistics import median
from time import perf_counter

from xdsl.printer import Printer

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify

_TILE = (
    "!pto.tile_buf<loc=vec, dtype=f32, rows=16, cols=64, v_row=16, v_col=64, blayout=row_major, slayout=none_box, "
    "fractal=512, pad=0>"
)
_VIEW = "!pto.tensor_view<?x?xf32>"
_PART = "!pto.partition_tensor_view<16x64xf32>"
_LARGE_BYTES = 50 * 10**6
_TOOL = "from tilewright.tools.cli import main; raise SystemExit(main())"


def program(lines: int) -> str:
    """A vector kernel of so many lines: in turn a load, arithmetic, a reduction with its broadcast, and a store."""
    start = [
        'module attributes {pto.target_arch = "a3"} {',
        "func.func @kernel(%p: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {",
        *(f"%c{number} = arith.constant {number} : index" for number in (0, 1, 16, 64)),
        *(f"%a{number} = arith.constant {number} : i64" for number in (0, 4096, 8192, 12288)),
        f"%view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : {_VIEW}",
        *(f"%t{at} = pto.alloc_tile addr = %a{at} : {_TILE}" for at in (0, 4096, 8192)),
        f"%col = pto.alloc_tile addr = %a12288 : {_column()}",
    ]
    body: list[str] = []
    while len(start) + len(body) + 3 < lines:
        part = f"%w{len(body)}"
        body += [
            f"{part} = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : {_VIEW} -> {_PART}",
            f"pto.tload ins({part} : {_PART}) outs(%t0 : {_TILE})",
            "pto.set_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]",
            "pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]",
            f"pto.tmul ins(%t0, %t0 : {_TILE}, {_TILE}) outs(%t4096 : {_TILE})",
            f"pto.trowsum ins(%t4096, %t8192 : {_TILE}, {_TILE}) outs(%col : {_column()})",
            f"pto.trowexpandmul ins(%t0, %col : {_TILE}, {_column()}) outs(%t4096 : {_TILE})",
            "pto.set_flag[<PIPE_V>, <PIPE_MTE3>, <EVENT_ID0>]",
            "pto.wait_flag[<PIPE_V>, <PIPE_MTE3>, <EVENT_ID0>]",
            f"pto.tstore ins(%t4096 : {_TILE}) outs({part} : {_PART})",
        ]
    return "\n".join([*start, *body[: lines - len(start) - 3], "return", "}", "}"]) + "\n"


def _column() -> str:
    return (
        "!pto.tile_buf<loc=vec, dtype=f32, rows=16, cols=1, v_row=16, v_col=1, blayout=col_major, slayout=none_box, "
        "fractal=512, pad=0>"
    )


def round_trip(text: str) -> str:
    """Read, verify and print a program."""
    module = parse_module(make_context(), text, "program.pto")
    verify(module)
    output = StringIO()
    Printer(stream=output).print_op(module)
    return output.getvalue()


def _check(path: Path, status: int) -> None:
    command = [sys.executable, "-c", _TOOL, "check", str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != status:
        raise SystemExit(f"tilewright check: status {done.returncode}\n{done.stderr.decode()}")


def medians(actions: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The median duration of each action in seconds; in each run every action has its turn."""
    durations: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(runs):
        for name, action in actions.items():
            start = perf_counter()
            action()
            durations[name].append(perf_counter() - start)
    return {name: median(found) for name, found in durations.items()}


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--lines", type=int, default=1000)
    arguments = parser.parse_args()
    text = program(arguments.lines)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "program.pto", Path(folder) / "large.pto"
        small.write_text(text)
        large.write_bytes(text.encode() * (_LARGE_BYTES // len(text) + 1))
        round_trip(text)  # the first also imports
        found = medians(
            {
                f"read, verify and print {text.count(chr(10))} lines": lambda: round_trip(text),
                "tilewright check, as a process": lambda: _check(small, 0),
                "refuse a file of 50 MB, as a process": lambda: _check(large, 1),
            },
            arguments.runs,
        )
    for name, took in found.items():
        print(f"{name:40} {took:8.3f} s")


if __name__ == "__main__":
    main()
