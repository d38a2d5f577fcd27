"""A kernel that was compiled for certain shapes: what it is at every level, and how to run it.

What compiles is imported when something is compiled: most of it is not needed for what is on disk already.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tilewright.dialects.diagnostics import fail
from tilewright.language.arguments import Arguments, sort_arguments
from tilewright.language.disk_cache import cached, is_cached
from tilewright.language.failures import as_compile_error
from tilewright.language.fingerprint import fingerprint
from tilewright.language.functions import KernelFunction
from tilewright.lowering.files import make_folder, write_output

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from tilewright.language.entry import Translation
    from tilewright.language.kernel_code import KernelCode
    from tilewright.language.reports import Budget, CheckReport
    from tilewright.passes.analysis.task_graph import TaskGraph
    from tilewright.timing.program_report import ProgramReport


class Compiled:
    """A program for certain shapes, element types and constants.

    Attributes:
        name: its entry.
        key: a digest of all that it was made from.
    """

    def __init__(self, function: KernelFunction, given: Arguments, key: str, options: str) -> None:
        self.name = function.name
        self.key = key
        self._function = function
        self._given = given
        self._options = options

    @cached_property
    def translation(self) -> Translation:
        """The program at the level of the language, its compute scopes in functions of their own."""
        from tilewright.dialects.registry import make_context
        from tilewright.language.entry import translate
        from tilewright.passes.manager import parse_pipeline, run_passes

        made = translate(self._function, self._given.kinds, self._given.constants)
        passes = parse_pipeline("canonicalize,cse,outline-scopes")
        run_passes(make_context(), made.module, passes, verify_each=False, verify_result=False)
        return made

    @property
    def module(self) -> ModuleOp:
        """The program at the level of the language, its compute scopes in functions of their own."""
        return self.translation.module

    @cached_property
    def kernels(self) -> Mapping[str, KernelCode]:
        """The kernels of the program, by the names of their functions."""
        from xdsl.dialects import func

        from tilewright.dialects.task import is_kernel
        from tilewright.execution.programs import only_kernel
        from tilewright.language.kernel_code import KernelCode

        functions = [op for op in self.module.body.block.ops if isinstance(op, func.FuncOp) and is_kernel(op)]
        names = [function.sym_name.data for function in functions]
        return {name: KernelCode(name, only_kernel(self.module, name), self._options) for name in names}

    def ir(self, level: str = "tile") -> str:
        """The IR as text.

        Args:
            level: `tile`, as the language has it; `placed`, where every tile has a memory; `pto`, with addresses and
                flags. Below the language a program is its kernels, one module each.

        Raises:
            CompileError: what the compiler refuses, or TW0615 for another level.
        """
        from tilewright.language.kernel_code import text_of

        with as_compile_error():
            if level == "tile":
                return text_of(self.module)
            if level in ("placed", "pto"):
                return self._texts(level)
            fail("TW0615", f"there is no level {level!r}", help=("'tile', 'placed' or 'pto'",))

    @property
    def pto(self) -> str:
        """What `ptoas` reads: one module for each kernel."""
        return self._texts("pto")

    @property
    def cce(self) -> str:
        """C++ for the CCE compiler and pto-isa: one file's text for each kernel."""
        return self._texts("cce")

    def _texts(self, kind: str) -> str:
        with as_compile_error():
            texts = cached(f"{self.key}-{kind}", lambda: self._make(kind))
        return "\n".join(texts.values())

    def _make(self, kind: str) -> dict[str, str]:
        return {name: getattr(kernel, kind) for name, kernel in self.kernels.items()}

    def budget(self) -> Budget:
        """How many bytes of each memory each kernel uses, of how many.

        Raises:
            CompileError: what the compiler refuses; what does not fit, with the three largest tiles.
        """
        from tilewright.language.reports import budget_of

        with as_compile_error():
            return budget_of(self.kernels)

    def check(self) -> CheckReport:
        """Run the linter and the race checker on each kernel as it is compiled: addresses, flags, order.

        Raises:
            CompileError: what the compiler refuses.
        """
        from tilewright.language.reports import check_kernels

        with as_compile_error():
            return check_kernels(self.kernels)

    def tasks(self) -> TaskGraph:
        """The tasks that the entry submits, how often, and which waits for which; nothing is run for it.

        Raises:
            CompileError: TW0666.
        """
        from tilewright.execution.functions import find_function
        from tilewright.passes.analysis.task_graph import task_graph

        with as_compile_error():
            return task_graph(find_function(self.module, self.name))

    def simulate(self, profile: str = "device", **numbers: int | float) -> ProgramReport:
        """Model how long it takes, and what binds it: time, busy pipes, bound, critical path; nothing is run.

        Args:
            profile: `device`, fitted to measurements, or `isa`, the public cost model.
            numbers: values of the scalar parameters that it was not compiled for.

        Raises:
            CompileError: what the compiler refuses; TW0712, numbers that do not fit; TW0715, an unknown profile.
        """
        from tilewright.arch.chip import load_chip
        from tilewright.arch.runtime import load_runtime
        from tilewright.execution.functions import find_function
        from tilewright.timing.program_report import arguments_of, report_program

        with as_compile_error():
            arguments = arguments_of(find_function(self.module, self.name), numbers)
            machine = load_chip(), load_runtime(), profile
            return report_program(self.module, self.name, arguments, self._kernel_module, machine)

    def as_python(self) -> str:
        """The program as text of the language, which parses back to equal IR."""
        from tilewright.language.as_python import as_python

        with as_compile_error():
            return as_python(self.module, self.translation.returned, as_tuple=self.translation.as_tuple)

    def save(self, folder: str | Path) -> list[Path]:
        """Write the IR, and the `.pto` and `.cpp` of each kernel, into a folder, which is made if needed.

        Returns:
            The paths.

        Raises:
            CompileError: what the compiler refuses, or TW0005.
        """
        with as_compile_error():
            files = {f"{self.name}.mlir": self.ir("tile")}
            for name, kernel in self.kernels.items():
                files |= {f"{name}.pto": kernel.pto, f"{name}.cpp": kernel.cce}
            target = Path(folder)
            make_folder(target)
            for file, text in files.items():
                write_output(str(target / file), text)
        return [target / file for file in files]

    def run(self, values: Mapping[str, object], engine: str | None = None) -> Any:
        """Run on the values of the tensors and numbers, by parameter; gives what the entry returns.

        Raises:
            CompileError: what the compiler or the engine refuses; the arrays are then as they were before.
        """
        from tilewright.execution.programs import run_program

        with as_compile_error():
            made = run_program(self.module, self.name, list(values.values()), engine, self._kernel_module)
        returned = [made[each] if isinstance(each, int) else values[each] for each in self.translation.returned]
        if self.translation.as_tuple:
            return tuple(returned)
        return returned[0] if returned else None

    def _kernel_module(self, name: str) -> ModuleOp:
        return self.kernels[name].pto_module


_COMPILED: dict[str, Compiled] = {}
"""Every program that this process has compiled, by its key."""


def compile_kernel(
    function: KernelFunction, arguments: tuple[object, ...], keywords: Mapping[str, object], options: str = ""
) -> Compiled:
    """Compile for the shapes of these arguments; without any, for those of the annotations."""
    with as_compile_error():
        given = sort_arguments(function, arguments, keywords, complete=False)
        compiled = _known(function, given, options)
        if not is_cached(f"{compiled.key}-cce"):
            _ = compiled.module  # what is wrong with the program is said now, not when something is asked of it
    return compiled


def _known(function: KernelFunction, given: Arguments, options: str) -> Compiled:
    key = fingerprint(function, given.kinds, given.constants, options)
    if key not in _COMPILED:
        _COMPILED[key] = Compiled(function, given, key, options)
    return _COMPILED[key]


def run_kernel(
    function: KernelFunction, arguments: tuple[object, ...], keywords: Mapping[str, object], engine: str | None
) -> Any:
    """Compile, or find what was compiled, and run; gives what the entry returns."""
    with as_compile_error():
        given = sort_arguments(function, arguments, keywords, complete=True)
        compiled = _known(function, given, "")
        return compiled.run(given.values, engine)
