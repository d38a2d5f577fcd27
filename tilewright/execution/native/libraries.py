"""What emitted C++ is compiled against: our own host headers, or pto-isa's CPU simulator."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path

from tilewright.arch.chip import Chip, load_chip
from tilewright.dialects.diagnostics import fail

_VARIABLE = "PTO_LIB_PATH"

ENTRY = "tilewright_run"
"""The C function that a compiled kernel is called through."""

_SIGNATURE = (
    f'extern "C" int {ENTRY}(const uint64_t* slots, const uint64_t* sizes, int count, int blocks,\n'
    "    char* message, uint64_t room)"
)

_BLOCKS_OF_A_REPEAT = 8
"""The vector core works on this many blocks at a time."""

_COMMON_FLAGS = ("-std=c++20", "-w", "-shared", "-fPIC", "-pthread", "-include", "stdint.h", "-include", "stddef.h")


@dataclass(frozen=True)
class Library:
    """A set of headers.

    Attributes:
        name: what reports call it.
        flags: of the compiler.
        fingerprint: of the contents of the headers.
        before: what the compiler reads before the text of the kernels, which stands in a namespace.
        program: how the entry names what one core runs, from its `kernel`, `kind`, `subblock` and `subblocks`.
        entry: what the compiler reads at the end, with all those for `@PROGRAMS@`.
    """

    name: str
    flags: tuple[str, ...]
    fingerprint: str
    before: str
    program: str
    entry: str


def choose_library() -> Library:
    """Give pto-isa's simulator where `PTO_LIB_PATH` names it, else our own headers.

    Raises:
        DiagnosticError: TW0453 when `PTO_LIB_PATH` names something else.
    """
    root = os.environ.get(_VARIABLE)
    return pto_isa(Path(root)) if root else host_headers()


def host_headers() -> Library:
    """Our own headers, with the numbers of the chip."""
    with as_file(files("tilewright.lowering.cce").joinpath("host")) as folder:
        flags = (*_COMMON_FLAGS, "-O2", "-fwrapv", "-ffp-contract=off", *_definitions(load_chip()), f"-I{folder}")
        return Library(
            "our host headers",
            flags,
            _fingerprint(folder, (path.read_bytes() for path in _headers(folder))),
            _INCLUDE,
            "{{[](const uint64_t* slots) {{ tilewright::call(&{kernel}, slots); }},"
            " pto::host::Kind::{kind}, {subblock}, {subblocks}}},",
            _HOST_ENTRY,
        )


def pto_isa(root: Path) -> Library:
    """The simulator of a pto-isa tree; its memories start full of NaN.

    Raises:
        DiagnosticError: TW0453 when there is no such tree.
    """
    include = root / "include"
    if not (include / "pto" / "pto-inst.hpp").is_file():
        fail(
            "TW0453",
            f"{_VARIABLE} is {root}, which is no tree of pto-isa: it has no include/pto/pto-inst.hpp",
            help=(f"correct {_VARIABLE}, or unset it to run on our own host headers",),
        )
    flags = (
        *_COMMON_FLAGS,
        "-O1",
        "-D__CPU_SIM",
        "-DPTO_CPU_MAX_THREADS=1u",
        # g++ 12 rejects this one header; it holds reductions with an index.
        "-DTCOLREDUCEIDX_CPU_HPP",
        f"-I{include}",
    )
    # Trees are large and come from a release or a checkout: their times say enough.
    stamps = (f"{path.stat().st_size} {path.stat().st_mtime_ns}".encode() for path in _headers(include))
    ours = files("tilewright.lowering.cce").joinpath("host", "tilewright")
    before = "".join(ours.joinpath(name).read_text() for name in ("arguments.hpp", "faults.hpp"))
    program = "{{[](const uint64_t* slots) {{ tilewright::call(&{kernel}, slots); }}, {subblock}, {subblocks}}},"
    return Library("pto-isa", flags, _fingerprint(include, stamps), before + _INCLUDE, program, _SIMULATOR_ENTRY)


_INCLUDE = '#include "pto/pto-inst.hpp"\n'

_HOST_ENTRY = f"""
{_SIGNATURE} {{
  static const pto::host::Program programs[] = {{@PROGRAMS@}};
  return pto::host::launch(programs, slots, sizes, count, blocks, message, room);
}}
"""

# Blocks run one after the other: what passes between cores is kept once for all blocks.
_SIMULATOR_ENTRY = """
#include <cstring>
#include <functional>
#include <thread>
#include <vector>
@SIGNATURE@ {
  struct Program { void (*kernel)(const uint64_t*); uint32_t subblock, subblocks; };
  static const Program programs[] = {@PROGRAMS@};
  tilewright::watch(slots, sizes, count, message, room, nullptr);
  const auto run = [slots](const Program& program, int block) {
    auto& memories = pto::NPUMemoryModel::Instance();
    memories.EnsureInitialized();
    // Sizes come in this order, the registers first.
    const auto& bytes = memories.GetSizes();
    std::memset(memories.GetUBBase(), 0xff, bytes[1]);
    std::memset(memories.GetL1Base(), 0xff, bytes[2]);
    std::memset(memories.GetL0ABase(), 0xff, bytes[3]);
    std::memset(memories.GetL0BBase(), 0xff, bytes[4]);
    std::memset(memories.GetL0CBase(), 0xff, bytes[5]);
    pto::cpu_sim::ScopedExecutionContext context(block, program.subblock, program.subblocks);
    program.kernel(slots);
  };
  for (int block = 0; block < blocks; ++block) {
    std::vector<std::thread> cores;
    for (const Program& program : programs) cores.emplace_back(run, std::cref(program), block);
    for (auto& core : cores) core.join();
  }
  return 0;
}
""".replace("@SIGNATURE@", _SIGNATURE)


def _definitions(chip: Chip) -> list[str]:
    numbers = {
        "EVENTS": chip.event_ids,
        "FRACTAL_ROWS": chip.fractal.rows,
        "BLOCK_BYTES": chip.fractal.row_bytes,
        "REPEAT_BYTES": _BLOCKS_OF_A_REPEAT * chip.fractal.row_bytes,
    }
    for name, space in chip.spaces.items():
        numbers[f"{name.upper()}_BYTES"] = space.bytes
        numbers[f"{name.upper()}_ALIGNMENT"] = space.alignment_bytes
    return [f"-DTILEWRIGHT_{name}={number}" for name, number in numbers.items()]


def _headers(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.h*") if path.is_file())


def _fingerprint(folder: Path, contents: Iterable[bytes]) -> str:
    digest = sha256()
    for path, content in zip(_headers(folder), contents, strict=True):
        digest.update(f"{path.relative_to(folder)} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
