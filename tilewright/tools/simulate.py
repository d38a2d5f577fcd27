"""`tilewright simulate`: finds what is to be simulated, compiles it as far as is needed, and models it."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.dialects.diagnostics import SourceLocation, did_you_mean, fail
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.task import is_orchestration
from tilewright.dialects.verification import verify
from tilewright.execution.functions import find_function, find_kernels
from tilewright.execution.names import argument_names
from tilewright.execution.planning import planned
from tilewright.execution.programs import only_kernel
from tilewright.language.compiled import compile_kernel
from tilewright.language.jit import Kernel
from tilewright.language.kernel_code import KernelCode
from tilewright.lowering.files import read_input
from tilewright.passes.manager import parse_pipeline, run_passes
from tilewright.timing.program_report import ProgramReport, arguments_of, report_kernel, report_program
from tilewright.timing.report import Launch
from tilewright.tools.run import split_name


@dataclass(frozen=True)
class Request:
    """What is to be simulated.

    Attributes:
        program: a file of the `tile` or of the `pto` dialect, with `:function` where it defines several; or
            `module:kernel` of the language, where the module may be a file that ends with `.py`.
        profile: name of a cost profile.
        blocks: of a kernel; a program that submits tasks says itself how many blocks they have.
        numbers: values of the scalar arguments, by name.
    """

    program: str
    profile: str = "device"
    blocks: int | None = None
    numbers: Mapping[str, int | float] = field(default_factory=dict[str, int | float])


def simulate(request: Request) -> ProgramReport:
    """Model a program.

    Raises:
        DiagnosticError: TW0004 for a file that cannot be read, TW0710 for a kernel that cannot be found, TW0712 for
            numbers that do not fit, TW0714 where blocks cannot be chosen, and what compiling and simulating raise.
    """
    name, _, kernel = request.program.rpartition(":")
    file, function = split_name(request.program)
    is_module = all(part.isidentifier() for part in name.split(".")) and not name.endswith((".pto", ".mlir"))
    if function is not None and (name.endswith(".py") or (is_module and not Path(file).is_file())):
        return _of_language(request, name, kernel)
    if file.endswith(".py"):
        fail("TW0710", "which kernel of this file?", SourceLocation(file), help=(f"{file}:KERNEL",))
    module = parse_module(make_context(), read_input(file), file)
    verify(module)
    return _of_ir(request, module, function)


def _of_ir(request: Request, module: ModuleOp, function: str | None) -> ProgramReport:
    machine = load_chip(), load_runtime(), request.profile
    if any(op.name.startswith("pto.") for op in module.walk()):
        return report_kernel(_launch(request, find_kernels(module, function)), *machine)
    run_passes(make_context(), module, parse_pipeline("canonicalize,cse,outline-scopes"))
    entry = find_function(module, function)
    if is_orchestration(entry):
        _refuse_blocks(request, entry)
        arguments = arguments_of(entry, dict(request.numbers))

        def compiled(kernel: str) -> ModuleOp:
            return KernelCode(kernel, only_kernel(module, kernel)).pto_module

        return report_program(module, entry.sym_name.data, arguments, compiled, machine)
    code = KernelCode(entry.sym_name.data, only_kernel(module, entry.sym_name.data))
    return report_kernel(_launch(request, find_kernels(code.pto_module, None)), *machine)


def _launch(request: Request, functions: Sequence[func.FuncOp]) -> Launch:
    kernels = planned(functions)
    arguments = arguments_of(kernels[0], dict(request.numbers))
    return Launch(kernels[0].sym_name.data, kernels, arguments, request.blocks or 1)


def _of_language(request: Request, module: str, name: str) -> ProgramReport:
    kernel = _kernel(request.program, module, name)
    compiled = compile_kernel(kernel, (), request.numbers)
    entry = find_function(compiled.module, compiled.name)
    _refuse_blocks(request, entry)
    # What the kernel was compiled for is no argument any more.
    numbers = {key: value for key, value in request.numbers.items() if key in argument_names(entry)}
    return compiled.simulate(request.profile, **numbers)


def _refuse_blocks(request: Request, entry: func.FuncOp) -> None:
    if request.blocks is not None:
        fail("TW0714", f"@{entry.sym_name.data} submits tasks, which have their numbers of blocks: not --blocks", entry)


def _kernel(program: str, module: str, name: str) -> Kernel:
    place = SourceLocation(program)
    try:
        found = _import(module)
    except (ImportError, OSError, SyntaxError) as error:
        fail("TW0710", f"there is no such file, and no module can be imported: {error}", place)
    kernel = getattr(found, name, None)
    if not isinstance(kernel, Kernel):
        known = [key for key, value in vars(found).items() if isinstance(value, Kernel)]
        fail("TW0710", f"{module} has no kernel '{name}'", place, help=did_you_mean(name, known))
    return kernel


def _import(module: str) -> ModuleType:
    if not module.endswith(".py"):
        sys.path.insert(0, str(Path.cwd()))
        try:
            return importlib.import_module(module)
        finally:
            sys.path.remove(str(Path.cwd()))
    path = Path(module)
    name = f"tilewright_simulated_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise ImportError(f"no file {module}")
    found = importlib.util.module_from_spec(spec)
    # Files of examples import what stands beside them.
    sys.path.insert(0, str(path.parent.resolve()))
    try:
        sys.modules[name] = found
        spec.loader.exec_module(found)
    finally:
        sys.path.remove(str(path.parent.resolve()))
    return found
