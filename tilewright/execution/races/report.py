"""What the race checker found, as diagnostics for people: each pair of places once, with how often it was met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from xdsl.ir import Operation

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import Diagnostic, Severity
from tilewright.dialects.pto.pipe_ends import PushOp
from tilewright.execution.races.conflict_text import conflict_report
from tilewright.execution.races.events import (
    AddedTwice,
    AfterFree,
    BeforePop,
    Conflict,
    Event,
    Finding,
    Left,
    Lost,
    NoSuchFlag,
    Stuck,
    Unpopped,
)
from tilewright.execution.races.launches import CoreRun
from tilewright.execution.races.words import Words

_Key: TypeAlias = tuple[str, Operation, Operation | None, object]


class Report:
    """Collects findings of one or more runs."""

    def __init__(self) -> None:
        self._first: dict[_Key, Diagnostic] = {}
        self._events: dict[_Key, dict[Event, None]] = {}

    def add(
        self,
        findings: Iterable[Finding],
        cores: Sequence[CoreRun],
        in_doubt: Callable[[Conflict], bool],
    ) -> None:
        """Add what one run found.

        Args:
            findings: of the run.
            cores: all of the run.
            in_doubt: whether a conflict may be due to numbers that were assumed, which makes it a warning.

        Raises:
            DiagnosticError: what walking raises.
        """
        words = Words(cores)
        for finding in findings:
            key = _key(finding)
            self._events.setdefault(key, {})[_moment(finding)] = None
            known = self._first.get(key)
            doubtful = isinstance(finding, Conflict) and (known is None or _is_warning(known)) and in_doubt(finding)
            if known is None or (_is_warning(known) and not doubtful):
                found = _WRITERS[type(finding)](finding, words)
                self._first[key] = _as_warning(found) if doubtful else found

    def diagnostics(self) -> list[Diagnostic]:
        """Give one diagnostic for each pair of places, in the order in which they were met."""
        return [
            found
            if (count := len(self._events[key])) == 1
            else replace(found, notes=(*found.notes, f"met {count} times"))
            for key, found in self._first.items()
        ]


def _is_warning(found: Diagnostic) -> bool:
    return found.severity is Severity.WARNING


def _as_warning(found: Diagnostic) -> Diagnostic:
    return replace(
        found,
        severity=Severity.WARNING,
        notes=(*found.notes, "which bytes these are depends on numbers that were assumed"),
        help=(*found.help, "give the numbers with --arg name=value if the two never meet"),
    )


def _moment(finding: Finding) -> Event:
    """When something goes wrong: a read and a write of one instruction go wrong once."""
    match finding:
        case Conflict():
            return finding.later
        case Lost():
            return finding.again
        case Stuck():
            return finding.waiting
        case Left():
            return finding.raised
        case NoSuchFlag() | AfterFree() | BeforePop():
            return finding.used
        case AddedTwice():
            return finding.again
        case Unpopped():
            return finding.pushed


def _key(finding: Finding) -> _Key:
    """What makes two findings the same for a reader: the places, not the iteration."""
    match finding:
        case Conflict():
            return "conflict", finding.earlier.instruction.op, finding.later.instruction.op, finding.memory
        case Lost():
            return "lost", finding.first.instruction.op, finding.again.instruction.op, None
        case Stuck():
            return "stuck", finding.waiting.instruction.op, None, None
        case Left():
            return "left", finding.raised.instruction.op, None, None
        case NoSuchFlag():
            return "none", finding.used.instruction.op, None, finding.flag.event
        case AfterFree():
            return "freed", finding.freed.instruction.op, finding.used.instruction.op, None
        case BeforePop():
            return "before", finding.used.instruction.op, finding.popped.instruction.op, None
        case AddedTwice():
            return "twice", finding.again.instruction.op, None, None
        case Unpopped():
            return "unpopped", finding.pushed.instruction.op, None, None


def _lost(finding: Lost, words: Words) -> Diagnostic:
    flag, source, target = finding.flag, words.pipe(finding.flag.source), words.pipe(finding.flag.target)
    return Diagnostic(
        "TW0434",
        f"event {flag.event} from {source} to {target} is raised again before {target} has certainly awaited it",
        finding.again.instruction.location,
        notes=(
            "a flag is one bit: raised twice, it is awaited once",
            f"raised first: {words.event(finding.first)}",
            f"raised again: {words.event(finding.again)}",
        ),
        help=(
            f"take another event id, or let {source} wait for a flag that {target} raises once it has awaited this one",
        ),
    )


def _stuck(finding: Stuck, words: Words) -> Diagnostic:
    event = finding.waiting
    instruction = event.instruction
    flag, help_text = instruction.flag, ""
    if flag is not None:
        target = words.pipe(flag.target)
        message = f"{target} waits for event {flag.event} from {words.pipe(flag.source)}, which nothing raises"
        help_text = (
            f"every pto.wait_flag needs a pto.set_flag of the same pipes and event, which {target} does not hold up"
        )
    elif instruction.signal is not None:
        message = f"{words.core(event)} waits for signal {instruction.signal.number}, which the other cores do not set"
        help_text = "every pto.sync.wait needs a pto.sync.set of the same number on the other core"
    elif isinstance(instruction.op, PushOp):
        message = f"{instruction.op.name} waits for a free slot, and the other core takes no tile any more"
        help_text = "the other core pops as many tiles as this one pushes"
    else:
        message = f"{instruction.op.name} waits for a tile that the other core does not push"
        help_text = "the other core pushes as many tiles as this one pops"
    return Diagnostic(
        "TW0435",
        f"{message}: the kernel never ends",
        instruction.location,
        notes=(f"it waits at {words.event(event)}",),
        help=(help_text,),
    )


def _left(finding: Left, words: Words) -> Diagnostic:
    flag, target = finding.flag, words.pipe(finding.flag.target)
    return Diagnostic(
        "TW0436",
        f"event {flag.event} from {words.pipe(flag.source)} to {target} is still raised at the end",
        finding.raised.instruction.location,
        notes=(f"raised: {words.event(finding.raised)}", "the next kernel on the core takes it for its own"),
        help=(f"let {target} await it before the function returns, or do not raise it",),
    )


def _no_such_flag(finding: NoSuchFlag, words: Words) -> Diagnostic:
    flag = finding.flag
    if flag.source is flag.target:
        message = f"event {flag.event} goes from {words.pipe(flag.source)} to itself"
        help_text = f"pto.barrier <{flag.source}> lets a pipe finish what it does"
    else:
        ids = load_chip().event_ids
        message = f"event {flag.event} does not exist: there are {ids} for each pair of pipes"
        help_text = f"use event ids 0 to {ids - 1}"
    return Diagnostic(
        "TW0437",
        message,
        finding.used.instruction.location,
        notes=(f"used: {words.event(finding.used)}",),
        help=(help_text,),
    )


def _after_free(finding: AfterFree, words: Words) -> Diagnostic:
    used = finding.used.instruction
    return Diagnostic(
        "TW0438",
        f"{used.op.name} reads a tile whose slot was given back at {words.line(finding.freed)}",
        used.location,
        notes=(f"given back: {words.event(finding.freed)}", f"read: {words.event(finding.used)}"),
        help=("give the slot back after the last instruction that reads the tile",),
    )


def _before_pop(finding: BeforePop, words: Words) -> Diagnostic:
    used = finding.used.instruction
    return Diagnostic(
        "TW0445",
        f"{used.op.name} reads a slot before the first tile comes there, at {words.line(finding.popped)}",
        used.location,
        notes=(f"read: {words.event(finding.used)}", f"the first tile: {words.event(finding.popped)}"),
        help=("read the tile after it was popped, or give the buffer bytes outside of the room of the pipe",),
    )


def _added_twice(finding: AddedTwice, words: Words) -> Diagnostic:
    again = finding.again.instruction
    return Diagnostic(
        "TW0446",
        f"{again.op.name} of {words.core(finding.first)} and of {words.core(finding.again)} adds the same twice",
        again.location,
        notes=(
            "both vector cores of a block run all of the program, and nothing in it tells them apart",
            f"added: {words.event(finding.again)}",
        ),
        help=("let one of them add, or each a part: pto.get_subblock_idx says which core runs",),
    )


def _unpopped(finding: Unpopped, words: Words) -> Diagnostic:
    pushed = finding.pushed.instruction
    return Diagnostic(
        "TW0439",
        f"{pushed.op.name} hands over a tile that the other core never takes",
        pushed.location,
        notes=(f"pushed: {words.event(finding.pushed)}",),
        help=("the other core pops as many tiles as this one pushes",),
    )


_Writer: TypeAlias = Callable[[Any, Words], Diagnostic]

_WRITERS: Mapping[type[Finding], _Writer] = {
    AddedTwice: _added_twice,
    AfterFree: _after_free,
    BeforePop: _before_pop,
    Conflict: conflict_report,
    Left: _left,
    Lost: _lost,
    NoSuchFlag: _no_such_flag,
    Stuck: _stuck,
    Unpopped: _unpopped,
}
