"""Compile an input: its parts, the passes over each, the output of all; report what happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from time import perf_counter
from typing import TextIO

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.diagnostics import (
    Diagnostic,
    DiagnosticError,
    Severity,
    SourceLocation,
    collect_diagnostics,
    fail,
    fail_internally,
)
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.lowering.files import write_output
from tilewright.lowering.mlir_text import print_module
from tilewright.lowering.registry import BINARY_TARGETS, DEFAULT_TARGET, TARGETS, pto_emitter
from tilewright.passes.manager import PassHooks, run_passes
from tilewright.passes.over_budget import OVER_BUDGET
from tilewright.passes.pipeline_text import PIPELINE_FILE, parse_pipeline
from tilewright.tools.chunks import SEPARATOR, Chunk, split, whole
from tilewright.tools.expectations import find_expectations, mismatches
from tilewright.tools.instrumentation import Instrumentation, chained
from tilewright.tools.options import Options
from tilewright.tools.reporter import Reporter
from tilewright.tools.reproducer import reproducer_text


@dataclass
class _Compiled:
    """What became of one part of the input: its output, unless there were errors."""

    output: str | bytes | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])


def compile_input(
    options: Options, data: bytes, filename: str, reporter: Reporter, stderr: TextIO
) -> str | bytes | None:
    """Compile the contents of an input file as the options say.

    Args:
        data: the contents of the file; bytes, for they may not be text.
        filename: what locations call the file.
        reporter: told of every diagnostic that concerns the user.
        stderr: where the IR between passes and the times go.

    Returns:
        The output, text or the bytes of a binary target, or None when anything was refused; the reporter then knows
        why.

    Raises:
        DiagnosticError: TW0002 or TW0003 for the pipeline.
    """
    reporter.add_source(filename, data)
    reporter.add_source(PIPELINE_FILE, options.pipeline.encode())
    passes = parse_pipeline(options.pipeline)
    ctx = make_context(allow_unregistered=options.allow_unregistered_dialect)
    instrumentation = Instrumentation(options, stderr)
    outputs: list[str] = []
    binary: bytes | None = None
    refused = False
    for chunk in split(data) if options.split_input_file else whole(data):
        compiled = _Chunk(options, chunk, filename, reporter).compile(ctx, passes, instrumentation)
        if options.verify_diagnostics:
            text = chunk.data.decode("utf-8", "replace")
            expected = find_expectations(text, filename, chunk.first_line)
            wrong = list(mismatches(expected, compiled.diagnostics))
            reporter.report(wrong)
            refused |= bool(wrong)
        else:
            reporter.report(compiled.diagnostics)
            refused |= compiled.output is None
        if isinstance(compiled.output, bytes):
            binary = compiled.output
        elif compiled.output is not None:
            outputs.append(compiled.output)
    instrumentation.report()
    if refused:
        return None
    return binary if binary is not None else f"{SEPARATOR.decode()}\n".join(outputs)


@dataclass(frozen=True)
class _Chunk:
    options: Options
    chunk: Chunk
    filename: str
    reporter: Reporter

    def compile(self, ctx: Context, passes: Sequence[ModulePass], instrumentation: Instrumentation) -> _Compiled:
        result = _Compiled()
        with collect_diagnostics(lambda found: self._collect(found, result)):
            try:
                result.output = self._translate(ctx, passes, instrumentation)
            except DiagnosticError as error:
                result.diagnostics.extend(self._advised(error, ctx, passes).diagnostics)
                if any(found.code == "TW0099" for found in error.diagnostics):
                    self._reproduce(error)
        return result

    def _advised(self, error: DiagnosticError, ctx: Context, passes: Sequence[ModulePass]) -> DiagnosticError:
        """Add what would fit to an error about memory."""
        if not any(found.code == OVER_BUDGET for found in error.diagnostics):
            return error
        from tilewright.passes.remedies import with_remedies  # compiles variants: only a refused program pays

        def build() -> ModuleOp:
            return parse_module(ctx, self.chunk.data, self.filename, first_line=self.chunk.first_line)

        with collect_diagnostics(lambda _: None):
            return with_remedies(error, ctx, build, passes)

    def _collect(self, found: Diagnostic, result: _Compiled) -> None:
        # Remarks are for who asks; expectations may name them without `--remarks`.
        wanted = self.options.remarks or self.options.verify_diagnostics
        if wanted or found.severity is not Severity.REMARK:
            result.diagnostics.append(found)

    def _translate(self, ctx: Context, passes: Sequence[ModulePass], instrumentation: Instrumentation) -> str | bytes:
        step = "while reading the input"
        try:
            start = perf_counter()
            module = parse_module(ctx, self.chunk.data, self.filename, first_line=self.chunk.first_line)
            instrumentation.add_time("parse", perf_counter() - start)
            step = "while running the passes"
            run_passes(
                ctx,
                module,
                passes,
                verify_each=self.options.verify_each,
                hooks=self._watched(ctx, instrumentation.hooks),
            )
            step = f"while emitting '{self.options.target}'"
            start = perf_counter()
            output = self._emit(ctx, module)
            instrumentation.add_time("emit", perf_counter() - start)
        except DiagnosticError:
            raise
        except RecursionError:
            fail("TW0006", "nested too deep", SourceLocation(self.filename))
        except Exception as error:
            fail_internally(step, error, SourceLocation(self.filename))
        return output

    def _watched(self, ctx: Context, hooks: PassHooks) -> PassHooks:
        """Compare results around each pass as well, if that was asked for."""
        if not self.options.validate:
            return hooks
        from tilewright.tools.validate import ResultWatch  # runs programs: only who asks pays

        return chained(hooks, ResultWatch(ctx, self._keep_reduced))

    def _keep_reduced(self, text: str, current: ModulePass) -> None:
        path = self.options.crash_reproducer
        if path is not None:
            options = replace(self.options, pipeline=str(current))
            failure = Diagnostic("TW0460", f"pass '{current.name}' changes the result")
            write_output(path, reproducer_text(text, options, failure))

    def _emit(self, ctx: Context, module: ModuleOp) -> str | bytes:
        options = self.options
        if options.target in BINARY_TARGETS:
            data = BytesIO()
            BINARY_TARGETS[options.target]()(ctx, module, data)
            return data.getvalue()
        output = StringIO()
        if options.target == DEFAULT_TARGET:
            print_module(module, output, generic=options.print_op_generic, locations=options.print_debuginfo)
        elif options.pto_version is not None:
            pto_emitter(options.pto_version)(ctx, module, output)
        else:
            TARGETS[options.target]()(ctx, module, output)
        return output.getvalue()

    def _reproduce(self, error: DiagnosticError) -> None:
        self.reporter.trace(error)
        path = self.options.crash_reproducer
        if path is not None:
            source = self.chunk.data.decode("utf-8", "replace")
            write_output(path, reproducer_text(source, self.options, error.diagnostics[0]))
