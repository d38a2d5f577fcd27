"""Compile a program and keep what it looks like at every level."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.spaces import Space
from tilewright.lowering import cce, pto_text
from tilewright.lowering.files import write_output
from tilewright.lowering.mlir_text import print_module
from tilewright.passes.analysis.memory_usage import memory_usage
from tilewright.passes.manager import PassHooks, parse_pipeline, run_passes


@dataclass
class Levels:
    """A compiled program.

    Attributes:
        name: what its files are called.
        module: the program at level 4: `pto` with addresses and flags.
        after: the IR after each pass, by `NN-pass-name`, the input as `00-input`.
        planned: the IR after `plan-matmul`, which carries the plans.
        usage: bytes in use of each memory.
        pto, pto_level_2, cce: the emitted texts.
    """

    name: str
    module: ModuleOp
    after: dict[str, str] = field(default_factory=dict[str, str])
    planned: ModuleOp | None = None
    usage: dict[Space, int] = field(default_factory=dict[Space, int])
    pto: str = ""
    pto_level_2: str = ""
    cce: str = ""

    def save(self, folder: Path) -> list[Path]:
        """Write every level into `folder`, which is made if needed; gives the paths.

        Raises:
            DiagnosticError: TW0005, it cannot be written.
        """
        texts = {f"{step}.mlir": text for step, text in self.after.items()}
        texts[f"{self.name}.pto"] = self.pto
        texts[f"{self.name}.level2.pto"] = self.pto_level_2
        texts[f"{self.name}.cpp"] = self.cce
        paths: list[Path] = []
        for file, text in texts.items():
            path = folder / file
            write_output(str(path), text)
            paths.append(path)
        return paths


def compile_levels(text: bytes, filename: str, name: str, options: str = "") -> Levels:
    """Compile a tile program with the `a2a3` pipeline.

    Args:
        text: the program.
        filename: what locations call it.
        name: what the outputs are called.
        options: options of the pipeline, as in `mat-limit=65536`.

    Raises:
        DiagnosticError: whatever the compiler refuses.
    """
    ctx = make_context()
    levels = Levels(name, parse_module(ctx, text, filename))
    levels.after["00-input"] = _text(levels.module)

    def keep(current: ModulePass, module: ModuleOp) -> None:
        levels.after[f"{len(levels.after):02}-{current.name}"] = _text(module)
        levels.usage.update(memory_usage(module))
        if current.name == "plan-matmul":
            levels.planned = module.clone()

    passes = parse_pipeline(f"a2a3{{{options}}}")
    run_passes(ctx, levels.module, passes, hooks=PassHooks(after=keep))
    for_ptoas = parse_module(ctx, text, filename)
    run_passes(ctx, for_ptoas, parse_pipeline(f"a2a3{{level=2 {options}}}"))
    outputs = [StringIO() for _ in range(3)]
    pto_text.emit(ctx, levels.module, outputs[0])
    pto_text.emit(ctx, for_ptoas, outputs[1])
    cce.emit(ctx, levels.module, outputs[2])
    levels.pto, levels.pto_level_2, levels.cce = (output.getvalue() for output in outputs)
    return levels


def _text(module: ModuleOp) -> str:
    output = StringIO()
    print_module(module, output)
    return output.getvalue()
