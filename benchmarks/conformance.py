"""Compare with ptoas on a folder of `.pto` files: `PTOAS=... python -m benchmarks.conformance CORPUS_DIR`.

`PTOAS` names a ptoas binary (0.27). `PTO_LIB_PATH` names a pto-isa tree whose cost model is ready to use (commit
f35e7f60) and `CXX` a C++23 compiler (`clang++` otherwise); without the tree no C++ is compiled. `PTO_SIM_PATH` names a
second tree, whose CPU simulator takes what the cost model has no code for. For each file and each level: does ptoas
accept it, do we, is our text a fixed point, does ptoas accept our text, are refusals at the same line, does the C++ of
either compile? Prints a table and every disagreement. Modules for another chip, and programs that need more memory than
the chip has, are counted apart. Exits with 1 when we accept less than 98 % of what ptoas accepts, refuse less than all
that it refuses at both levels, or when C++ of ours does not compile where that of ptoas does.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, collect_diagnostics
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.lowering import cce, pto_text
from tilewright.passes.manager import parse_pipeline, run_passes

LEVELS = ("level2", "level3")
ACCEPTED_SHARE, REFUSED_SHARE, COMPILED_SHARE = 0.98, 1.0, 1.0

_OTHER_CHIP = "TW0140"
_TOO_LARGE = ("TW0204", "TW0338")
_CORES = ("__DAV_CUBE__", "__DAV_VEC__")
_FLAGS = ("-O0", "-w", "-include", "stdint.h", "-include", "stddef.h")
_COST_MODEL = (
    "-std=c++23",
    "-D__COSTMODEL",
    "-D__NPU_ARCH__=2201",
    "-DPTO_COMM_NOT_SUPPORTED",
    # The stub of that commit stops at event 3.
    *(f"-DEVENT_ID{event}={event}" for event in range(4, 8)),
)
_SIMULATOR = ("-std=c++20", "-D__CPU_SIM", "-DPTO_CPU_MAX_THREADS=1u")
_ERROR_LINE = re.compile(r":(\d+):\d+\"?\)?: error")


@dataclass(frozen=True)
class Library:
    """Compiles C++ against one build of a pto-isa tree.

    `headers` come first, compiled once for each of `cores` into `folder`.
    """

    tree: Path
    folder: Path
    flags: tuple[str, ...]
    headers: tuple[str, ...]
    cores: tuple[str, ...]

    def prepare(self) -> None:
        """Compile the library's headers."""
        self.folder.mkdir()
        for core in ("", *self.cores):
            header = self._header(core)
            header.write_text("".join(f'#include "{name}"\n' for name in self.headers))
            done = self._run(core, "-x", "c++-header", str(header), "-o", f"{header}.gch")
            if done.returncode:
                raise RuntimeError(f"the headers of {self.tree} do not compile: {done.stderr[:2000]}")

    def complaint(self, cpp: str, name: str) -> str:
        """The first error of C++ text, for each core that it asks for; empty when it compiles."""
        source = self.folder / f"{name}.cpp"
        source.write_text(cpp)
        for core in [core for core in self.cores if core in cpp] or [""]:
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
        command = [os.environ.get("CXX", "clang++"), *_FLAGS, *self.flags, *define, *paths, *arguments]
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
    too_large: bool = False
    in_some_build: bool = False
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
    """Our C++ of a text, planned and synchronised first where it is not.

    Raises:
        DiagnosticError: a pass or the emitter refuses it.
    """
    ctx = make_context()
    module = parse_module(ctx, text, name)
    with collect_diagnostics(lambda _warning: None):
        run_passes(ctx, module, parse_pipeline("pto{strength=ptoas}"))
    output = StringIO()
    cce.emit(ctx, module, output)
    return output.getvalue()


def compare(path: Path, root: Path, program: str, libraries: Sequence[Library]) -> Comparison:
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
    if libraries:
        _compare_cpp(found, text, next(run.cpp for run in theirs.values() if run.accepted), libraries)
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


def _compare_cpp(found: Comparison, text: str, theirs: str, libraries: Sequence[Library]) -> None:
    name = re.sub(r"\W", "_", found.name)
    first, *others = libraries
    found.their_cpp = not first.complaint(theirs, f"{name}.theirs")
    try:
        ours = our_cpp(text, found.name)
    except DiagnosticError as error:
        refusal = error.diagnostics[0]
        found.refusal, found.too_large = refusal.code, refusal.code in _TOO_LARGE
        found.problems.append(f"no C++ of ours: [{refusal.code}] {refusal.message}")
        return
    complaint = first.complaint(ours, f"{name}.ours")
    found.our_cpp = not complaint
    found.in_some_build = found.our_cpp or any(not other.complaint(ours, f"{name}.ours") for other in others)
    if complaint and (found.their_cpp or not found.in_some_build):
        found.problems.append(f"our C++ does not compile: {complaint}")


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
    compiled = [each for each in both if each.their_cpp and not each.too_large]
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
    _row("C++ of ptoas compiles", sum(each.their_cpp for each in both), len(both))
    _row("our C++ compiles", sum(each.our_cpp for each in both), len(both))
    _row("our C++ compiles in some build", sum(each.in_some_build for each in both), len(both))
    for code, number in Counter(each.refusal for each in both if each.refusal).most_common():
        print(f"  {number:4} without C++ of ours: {code}")
    return all(enough)


def _row(title: str, part: int, whole: int, least: float = 0.0) -> bool:
    if not whole:
        return True
    share = part / whole
    print(f"{title:36} {part:4} of {whole:4}  {share:7.1%}{'' if share >= least else f'  below {least:.0%}'}")
    return share >= least


def _libraries(folder: Path, tree: str | None, simulator: str | None) -> Iterator[Library]:
    if tree is not None:
        headers = ("pto/pto-inst.hpp", "pto/costmodel/perf_sim/launch.hpp")
        yield Library(Path(tree), folder / "cost_model", _COST_MODEL, headers, _CORES)
        if simulator is not None:
            yield Library(Path(simulator), folder / "simulator", _SIMULATOR, ("pto/pto-inst.hpp",), ())


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
        libraries = list(_libraries(Path(name), tree, os.environ.get("PTO_SIM_PATH")))
        for library in libraries:
            library.prepare()
        one = partial(compare, root=arguments.corpus, program=program, libraries=libraries)
        found = list(pool.map(one, paths, chunksize=4))
    return 0 if report(found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
