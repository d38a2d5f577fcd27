"""The versions of ptoas whose text is written, and what each of them spells in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i32
from xdsl.ir import Operation
from xdsl.irdl import traits_def
from xdsl.printer import Printer

from tilewright.dialects.diagnostics import did_you_mean, fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, MultiTileGetOp
from tilewright.dialects.pto.core_pipes import (
    AicInitializePipeOp,
    AivInitializePipeOp,
    FrontEndPipeOp,
    InitializePipeOp,
    TFreeFromAicOp,
    TFreeFromAivOp,
    TPopFromAicOp,
    TPopFromAivOp,
    TPushToAicOp,
    TPushToAivOp,
)
from tilewright.dialects.pto.tile_aliases import SubsetOp


class SpelledOp(Operation):
    """An op under another name, in a module that is printed and thrown away; the op itself prints the rest."""

    traits = traits_def()

    def __init__(self, original: Operation) -> None:
        super().__init__(operands=original.operands, result_types=original.result_types)
        for own, result in zip(self.results, original.results, strict=True):
            own.name_hint = result.name_hint
        self.original = original

    def print(self, printer: Printer) -> None:
        self.original.print(printer)


class _StoreFp(SpelledOp):
    name = "pto.tstore.fp"


class _BuildAsyncSession(SpelledOp):
    name = "pto.comm.build_async_session"


class _PutAsync(SpelledOp):
    name = "pto.comm.tput_async"


class _GetAsync(SpelledOp):
    name = "pto.comm.tget_async"


class _WaitAsyncEvent(SpelledOp):
    name = "pto.comm.wait_async_event"


class _TestAsyncEvent(SpelledOp):
    name = "pto.comm.test_async_event"


class _Subview(SpelledOp):
    """A part of a tile, always with the type that it has."""

    name = "pto.subview"

    def print(self, printer: Printer) -> None:
        super().print(printer)
        part = self.original
        if isinstance(part, SubsetOp) and part.result.type == part.inferred_type:
            printer.print_string(" -> ")
            printer.print_attribute(part.result.type)


_PIPE_OPS: tuple[type[FrontEndPipeOp], ...] = (
    AicInitializePipeOp,
    AivInitializePipeOp,
    TPushToAivOp,
    TPushToAicOp,
    TPopFromAicOp,
    TPopFromAivOp,
    TFreeFromAicOp,
    TFreeFromAivOp,
)


def _plain_pipe(op: type[FrontEndPipeOp]) -> type[SpelledOp]:
    """The op without what is always the same in old versions: the number of the pipe, and how many slots it has."""

    class PlainPipe(SpelledOp):
        name = op.name

        def __init__(self, original: Operation) -> None:
            super().__init__(original)
            for added in ("id", "slot_num", "local_slot_num"):
                original.properties.pop(added, None)

    return PlainPipe


def _numbered_pipe(op: type[FrontEndPipeOp]) -> type[SpelledOp]:
    """The op with the number of its pipe, also where that is 0."""

    class NumberedPipe(SpelledOp):
        name = op.name

        def __init__(self, original: Operation) -> None:
            super().__init__(original)
            original.properties.setdefault("id", IntegerAttr(0, i32))

    return NumberedPipe


@dataclass(frozen=True, eq=False)
class PtoVersion:
    """What one version of ptoas reads.

    `arch` is what it calls the chip; `spellings` are the ops that it has under another name, by our name; `extra` are
    ops that older versions do not have; `typed_parts` says whether the text gives the type of a part of a tile,
    `numbered_pipes` whether a pipe between cores has a number and says how many slots it has.
    """

    name: str
    arch: str
    spellings: Mapping[str, type[SpelledOp]]
    extra: tuple[type[Operation], ...]
    typed_parts: bool
    numbered_pipes: bool


_VERSIONS = (
    PtoVersion(
        "0.27",
        "a3",
        {op.name: _plain_pipe(op) for op in _PIPE_OPS},
        (),
        typed_parts=False,
        numbered_pipes=False,
    ),
    PtoVersion(
        "0.57",
        "a2a3",
        {
            "pto.subset": _Subview,
            "pto.tstore_fp": _StoreFp,
            "pto.build_async_session": _BuildAsyncSession,
            "pto.tput_async": _PutAsync,
            "pto.tget_async": _GetAsync,
            "pto.wait_async_event": _WaitAsyncEvent,
            "pto.test_async_event": _TestAsyncEvent,
            **{op.name: _numbered_pipe(op) for op in _PIPE_OPS},
        },
        (AllocMultiTileOp, MultiTileGetOp),
        typed_parts=True,
        numbered_pipes=True,
    ),
)

DEFAULT_PTO_VERSION = "0.27"
"""The version whose text is written unless another is asked for."""

PTO_VERSIONS: Mapping[str, PtoVersion] = {version.name: version for version in _VERSIONS}


def version_named(name: str) -> PtoVersion:
    """The version of this name.

    Raises:
        DiagnosticError: TW0012 when it is not known.
    """
    version = PTO_VERSIONS.get(name)
    if version is None:
        known = ", ".join(PTO_VERSIONS)
        fail(
            "TW0012",
            f"the text of ptoas {name} is not known",
            help=(*did_you_mean(name, PTO_VERSIONS), f"the versions are {known}"),
        )
    return version


def check_spellings(module: ModuleOp, version: PtoVersion) -> None:
    """Refuse what this version cannot say.

    Raises:
        DiagnosticError: TW0013 for a part of a tile whose type this version would infer otherwise, and for a pipe
            with another number or other slots than the pipes of this version have.
    """
    for op in module.walk():
        if not version.numbered_pipes and isinstance(op, FrontEndPipeOp):
            _check_pipe(op, version)
        if not version.typed_parts and isinstance(op, SubsetOp) and op.result.type != op.inferred_type:
            fail(
                "TW0013",
                f"ptoas {version.name} gives {value_name(op.result)} the type {op.inferred_type}, not {op.result.type}",
                op,
                help=("write for a newer version, as with --pto-version 0.57",),
            )


def _check_pipe(op: FrontEndPipeOp, version: PtoVersion) -> None:
    newer = "write for a newer version, as with --pto-version 0.57"
    if op.number:
        fail("TW0013", f"ptoas {version.name} does not number pipes, this one has id = {op.number}", op, help=(newer,))
    if isinstance(op, InitializePipeOp) and (op.slots, op.local_slots) != (op.usual_slots, op.usual_slots):
        fail(
            "TW0013",
            f"ptoas {version.name} gives this pipe {op.usual_slots} slots, all of them local: "
            f"it cannot have {op.slots}, {op.local_slots} of them local",
            op,
            help=(newer, "or use pto.initialize_l2g2l_pipe, which takes slot_num and local_slot_num"),
        )


def respell(module: ModuleOp, version: PtoVersion) -> None:
    """Put the names of this version in place of ours; the module is only good for printing afterwards."""
    for op in list(module.walk()):
        spelling = version.spellings.get(op.name)
        block = op.parent
        if spelling is None or block is None:
            continue
        spelled = spelling(op)
        block.insert_op_before(spelled, op)
        for own, result in zip(spelled.results, op.results, strict=True):
            result.replace_all_uses_with(own)
        # Detached it keeps its operands, which it prints.
        op.detach()
