"""Compare with ptoas on a folder of `.pto` files: `PTOAS=... python -m benchmarks.conformance CORPUS_DIR`.

`PTOAS` names a ptoas binary (0.27). `PTO_LIB_PATH` names a pto-isa tree whose cost model is ready to use (commit
f35e7f60) and `CXX` a C++23 compiler (`clang++` otherwise); without the tree no C++ is compiled. For each file and each
level: does ptoas accept it, do we, is our text a fixed point, does ptoas accept our text, are refusals at the same
line, does the C++ of either compile? Prints a table and every disagreement. Modules for another chip are counted apart.
Exits with 1 when we accept less than 98 % of what ptoas accepts, refuse less than all that it refuses at both levels,
or when C++ of ours does not compile where that of ptoas does.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import AllocTileOp
from tilewright.dialects.registry import make_context
from tilewright.lowering import cce, pto_text
from tilewright.passes.manager import parse_pipeline, run_passes

LEVELS = ("level2", "level3")
ACCEPTED_SHARE, REFUSED_SHARE, COMPILED_SHARE = 0.98, 1.0, 1.0

_OTHER_CHIP = "TW0140"
_CORES = ("__DAV_CUBE__", "__DAV_VEC__")
_FLAGS = (
    "-std=c++23",
    "-O0",
    "-w",
    "-D__COSTMODEL",
    "-D__NPU_ARCH__=2201",
    "-DPTO_COMM_NOT_SUPPORTED",
    # The stub of that commit stops at event 3.
    *(f"-DEVENT_ID{event}={event}" for event in range(4, 8)),
    "-include",
    "stdint.h",
    "-include",
    "stddef.h",
)
_PREFIX = '#include "pto/pto-inst.hpp"\n#include "pto/costmodel/perf_sim/launch.hpp"\n'
_ERROR_LINE = re.compile(r":(\d+):\d+\"?\)?: error")


@dataclass(frozen=True)
class Library:
    """Compiles C++ against a pto-isa tree; `folder` holds the precompiled headers, one for each set of cores."""

    tree: Path
    folder: Path

    def prepare(self) -> None:
        """Compile the library's headers."""
        for core in ("", *_CORES):
            header = self._header(core)
            header.write_text(_PREFIX)
            done = self._run(core, "-x", "c++-header", str(header), "-o", f"{header}.gch")
            if done.returncode:
                raise RuntimeError(f"the headers of {self.tree} do not compile: {done.stderr[:2000]}")

    def complaint(self, cpp: str, name: str) -> str:
        """The first error of C++ text, for each core that it asks for; empty when it compiles."""
        source = self.folder / f"{name}.cpp"
        source.write_text(cpp)
        for core in [core for core in _CORES if core in cpp] or [""]:
            done = self._run(core, "-include", str(self._header(core)), "-fsyntax-only", str(source))
            if done.returncode:
                return next((line for line in done.stderr.splitlines() if "error" in line), "it fails")
        return ""

    def _header(self, core: str) -> Path:
        return self.folder / f"prefix{core}.hpp"

    def _run(self, core: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        include = self.tree / "include"
        paths = [f"-I{include / 'pto/costmodel/stubs'}", f"-I{include}"]
        define = [f"-D{core}"] if core else []
        command = [os.environ.get("CXX", "clang++"), *_FLAGS, *define, *paths, *arguments]
        return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)


@dataclass(frozen=True)
class Ptoas:
    """What ptoas makes of one text at one level: C++, or where it finds its first mistake."""

    accepted: bool
    cpp: str
    line: int | None
    message: str


@dataclass
class Comparison:
    """What became of one file; the figures count files, `problems` says what is wrong."""

    name: str
    ptoas_accepts: bool = False
    we_accept: bool = False
    other_chip: bool = False
    fixed_point: bool = False
    text_accepted: bool = False
    same_line: bool = False
    their_cpp: bool = False
    our_cpp: bool = False
    refusal: str = ""
    problems: list[str] = field(default_factory=list[str])


def run_ptoas(program: str, text: str, level: str, folder: Path) -> Ptoas:
    """Run ptoas for a3 at one level."""
    source, target = folder / "in.pto", folder / "out.cpp"
    source.write_text(text)
    target.unlink(missing_ok=True)
    command = [program, "--pto-arch=a3", f"--pto-level={level}", str(source), "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode == 0:
        return Ptoas(True, target.read_text(), None, "")
    found = next((line for line in done.stderr.splitlines() if "rror" in line), "")
    place = _ERROR_LINE.search(done.stderr)
    return Ptoas(False, "", int(place[1]) if place else None, found.replace(str(source), "in.pto"))


def read(text: str, name: str) -> tuple[ModuleOp, str]:
    """The module of a text, which follows the rules of ptoas, and our text of it.

    Raises:
        DiagnosticError: it breaks one.
    """
    ctx = make_context()
    module = parse_module(ctx, text, name)
    run_passes(ctx, module, parse_pipeline("verify-pto{strength=ptoas}"))
    output = StringIO()
    pto_text.emit(ctx, module, output)
    return module, output.getvalue()


def our_cpp(text: str, name: str) -> str:
    """Our C++ of a text, planned and synchronised first where its buffers have no addresses.

    Raises:
        DiagnosticError: a pass or the emitter refuses it.
    """
    ctx = make_context()
    module = parse_module(ctx, text, name)
    placed = any(isinstance(op, AllocTileOp) and op.addr is not None for op in module.walk())
    run_passes(ctx, module, [] if placed else parse_pipeline("plan-memory,insert-sync,expand-multi-tile"))
    output = StringIO()
    cce.emit(ctx, module, output)
    return output.getvalue()


def compare(path: Path, root: Path, program: str, library: Library | None) -> Comparison:
    """Compare with ptoas on one file."""
    text = path.read_text()
    found = Comparison(str(path.relative_to(root)))
    with TemporaryDirectory() as name:
        folder = Path(name)
        theirs = {level: run_ptoas(program, text, level, folder) for level in LEVELS}
        found.ptoas_accepts = any(run.accepted for run in theirs.values())
        try:
            _, ours = read(text, found.name)
        except DiagnosticError as error:
            _compare_refusal(found, error.diagnostics[0], theirs)
            return found
        found.we_accept = True
        if not found.ptoas_accepts:
            found.problems.append(f"only we accept it; ptoas: {theirs['level2'].message} {theirs['level3'].message}")
            return found
        found.fixed_point = _is_fixed_point(found, ours)
        reprinted = {level: run_ptoas(program, ours, level, folder) for level in LEVELS if theirs[level].accepted}
        found.text_accepted = all(run.accepted for run in reprinted.values())
        found.problems += [f"{level} refuses our text: {r.message}" for level, r in reprinted.items() if not r.accepted]
    if library is not None:
        _compare_cpp(found, text, next(run.cpp for run in theirs.values() if run.accepted), library)
    return found


def _compare_refusal(found: Comparison, ours: Diagnostic, theirs: dict[str, Ptoas]) -> None:
    found.other_chip = ours.code == _OTHER_CHIP
    line = None if ours.location is None else ours.location.line
    if found.ptoas_accepts:
        if not found.other_chip:
            found.problems.append(f"only we refuse it: line {line}: {ours.message} [{ours.code}]")
        return
    lines = [run.line for run in theirs.values()]
    found.same_line = line in lines
    if not found.same_line and not found.other_chip:
        found.problems.append(f"refused at line {line} [{ours.code}], by ptoas at {lines}: {theirs['level2'].message}")


def _is_fixed_point(found: Comparison, ours: str) -> bool:
    try:
        _, again = read(ours, "our text")
    except DiagnosticError as error:
        found.problems.append(f"our text is not read again: {error.diagnostics[0].message}")
        return False
    if again != ours:
        found.problems.append("our text changes when it is read and written again")
    return again == ours


def _compare_cpp(found: Comparison, text: str, theirs: str, library: Library) -> None:
    name = re.sub(r"\W", "_", found.name)
    their_complaint = library.complaint(theirs, f"{name}.theirs")
    found.their_cpp = not their_complaint
    try:
        ours = our_cpp(text, found.name)
    except DiagnosticError as error:
        first = error.diagnostics[0]
        found.refusal = first.code
        complaint = f"[{first.code}] {first.message}"
    else:
        complaint = library.complaint(ours, f"{name}.ours")
    found.our_cpp = not complaint
    if complaint and found.their_cpp:
        found.problems.append(f"no C++ of ours: {complaint}")


def report(found: Sequence[Comparison]) -> bool:
    """Print the table and the disagreements; give whether the figures are good enough."""
    for each in found:
        for problem in each.problems:
            print(f"{each.name}: {problem}")
    ours = [each for each in found if not each.other_chip]
    accepted = [each for each in ours if each.ptoas_accepts]
    refused = [each for each in found if not each.ptoas_accepts]
    both = [each for each in accepted if each.we_accept]
    here = [each for each in refused if not each.other_chip]
    compiled = [each for each in both if each.their_cpp]
    print(f"{len(found)} files, {len(found) - len(ours)} of them for another chip")
    enough = [
        _row("accepted by ptoas: by us too", sum(each.we_accept for each in accepted), len(accepted), ACCEPTED_SHARE),
        _row("refused by ptoas: by us too", sum(not each.we_accept for each in refused), len(refused), REFUSED_SHARE),
        _row(
            "our C++ compiles where theirs does", sum(each.our_cpp for each in compiled), len(compiled), COMPILED_SHARE
        ),
    ]
    _row("refused at the same line", sum(each.same_line for each in here), len(here))
    _row("our text is a fixed point", sum(each.fixed_point for each in both), len(both))
    _row("our text is accepted by ptoas", sum(each.text_accepted for each in both), len(both))
    _row("C++ of ptoas compiles", len(compiled), len(both))
    for code, number in Counter(each.refusal for each in both if each.refusal).most_common():
        print(f"  {number:4} without C++ of ours: {code}")
    return all(enough)


def _row(title: str, part: int, whole: int, least: float = 0.0) -> bool:
    if not whole:
        return True
    share = part / whole
    print(f"{title:36} {part:4} of {whole:4}  {share:7.1%}{'' if share >= least else f'  below {least:.0%}'}")
    return share >= least


def main() -> int:
    """Compare on every file of the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS_DIR", help="searched for .pto files, subfolders too")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    program, tree = os.environ.get("PTOAS"), os.environ.get("PTO_LIB_PATH")
    paths = sorted(arguments.corpus.rglob("*.pto"))
    if program is None or not paths:
        print("PTOAS does not name a ptoas binary, or the folder has no .pto file", file=sys.stderr)
        return 1
    with TemporaryDirectory() as name, ProcessPoolExecutor(arguments.jobs) as pool:
        library = None if tree is None else Library(Path(tree), Path(name))
        if library is not None:
            library.prepare()
        one = partial(compare, root=arguments.corpus, program=program, library=library)
        found = list(pool.map(one, paths, chunksize=4))
    return 0 if report(found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
