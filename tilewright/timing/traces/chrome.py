"""Chrome-trace JSON as Perfetto reads it: complete events on numbered lanes, names for them, flows between them.

Perfetto counts in whole nanoseconds, binds a flow to the slice that is open on its lane, and drops a slice that
overlaps another one of its lane and is not within it.
"""

from __future__ import annotations

import heapq
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tilewright.timing.traces.decoding import Node
from tilewright.timing.traces.model import Origin

Event = dict[str, object]


def nanoseconds(time_us: float) -> int:
    """Microseconds as whole nanoseconds."""
    return round(time_us * 1000)


def microseconds(time_ns: int) -> float:
    """Nanoseconds as a number of microseconds that is the same nanosecond when a reader multiplies and truncates."""
    time = time_ns / 1000
    return time if int(time * 1000.0) >= time_ns else math.nextafter(time, math.inf)


def lanes(bars: Sequence[tuple[int, int]]) -> list[int]:
    """Number the bars of one lane so that those with the same number do not overlap; most get 0."""
    numbers = [0] * len(bars)
    free: list[int] = []
    busy: list[tuple[int, int]] = []  # end, number
    for index in sorted(range(len(bars)), key=bars.__getitem__):
        start, end = bars[index]
        while busy and busy[0][0] <= start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        numbers[index] = heapq.heappop(free) if free else len(busy)
        heapq.heappush(busy, (end, numbers[index]))
    return numbers


@dataclass(frozen=True, slots=True)
class Anchor:
    """A nanosecond within a bar, which is given by its lane and its `id`."""

    pid: int
    tid: int
    bar: int
    time: int


@dataclass
class Writer:
    """Collects events. Names come first in the document, then bars, then flows, which bind to bars before them."""

    _names: list[Event] = field(default_factory=list[Event])
    _bars: list[Event] = field(default_factory=list[Event])
    _flows: list[Event] = field(default_factory=list[Event])
    _flow_count: int = 0

    def process(self, pid: int, name: str, order: int | None = None) -> None:
        """Name a process, and say where it stands, which chrome://tracing obeys and Perfetto 52 does not."""
        self._name("process_name", {"name": name}, pid)
        if order is not None:
            self._name("process_sort_index", {"sort_index": order}, pid)

    def thread(self, pid: int, tid: int, name: str, order: int | None = None) -> None:
        """Name a lane, and say where it stands."""
        self._name("thread_name", {"name": name}, pid, tid)
        if order is not None:
            self._name("thread_sort_index", {"sort_index": order}, pid, tid)

    def _name(self, kind: str, args: Mapping[str, object], pid: int, tid: int | None = None) -> None:
        place = {"pid": pid} if tid is None else {"pid": pid, "tid": tid}
        self._names.append({"ph": "M", "cat": "__metadata", "name": kind, **place, "args": dict(args)})

    def bar(self, place: tuple[int, int], name: str, span: tuple[int, int], **more: object) -> None:
        """Add a bar on a lane of a process from one nanosecond to another, with more keys of the event."""
        (pid, tid), (start, end) = place, span
        times = {"ts": microseconds(start), "dur": microseconds(end - start)}
        self._bars.append({"ph": "X", "name": name, "pid": pid, "tid": tid, **times, **more})

    def flow(self, name: str, source: Anchor, target: Anchor) -> None:
        """Add an arrow between two bars, from a moment within the one to a moment within the other."""
        for kind, at in (("s", source), ("f", target)):
            place = {"pid": at.pid, "tid": at.tid, "ts": microseconds(at.time), "bind_id": at.bar}
            event: Event = {"ph": kind, "cat": "flow", "id": self._flow_count, "name": name, **place}
            self._flows.append({**event, "bp": "e"} if kind == "f" else event)
        self._flow_count += 1

    def text(self, origin: Origin, **more: object) -> str:
        """The document, an event in each line; `otherData` says where the times come from."""
        other = {**origin.said(), **more}
        lines = ",\n".join(dumps(event) for event in (*self._names, *self._bars, *self._flows))
        return f'{{"traceEvents":[\n{lines}\n],"otherData":{dumps(other)}}}\n'


def dumps(value: object) -> str:
    """JSON without spaces; NaN and infinities, which Perfetto refuses, are a defect."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Bar:
    """A complete event as read; times in microseconds."""

    node: Node
    pid: int
    tid: int
    name: str
    category: str
    start_us: float
    end_us: float

    def argument(self, key: str) -> Node | None:
        """One of its arguments."""
        args = self.node.get("args")
        return None if args is None else args.get(key)


@dataclass(frozen=True)
class Document:
    """A Chrome trace as read: the bars, and how processes and lanes are called."""

    node: Node
    processes: Mapping[int, str]
    threads: Mapping[tuple[int, int], str]
    bars: Sequence[Bar]

    @property
    def origin(self) -> Origin:
        """What the file says about its times."""
        return origin_of(self.other)

    @property
    def other(self) -> Node | None:
        """What stands in the file besides events."""
        return self.node.get("otherData") if self.node.is_object else None


def origin_of(node: Node | None) -> Origin:
    """What `kind`, `profile`, `error` and `note` say about times; `recorded` where nothing does."""
    said = (
        {} if node is None else {key: found for key in ("kind", "profile", "error", "note") if (found := node.get(key))}
    )
    return Origin(**{key: value.text() for key, value in said.items()})


def read_events(node: Node) -> Document:
    """Read an object with `traceEvents`, or the list alone; flows, counters and marks are left out.

    Raises:
        DiagnosticError: TW0741 for an event that is not as the format says.
    """
    processes: dict[int, str] = {}
    threads: dict[tuple[int, int], str] = {}
    bars: list[Bar] = []
    for event in (node if node.is_list else node.need("traceEvents")).items():
        match event.need("ph").text():
            case "X":
                bars.append(_bar(event))
            case "M":
                _read_name(event, processes, threads)
            case _:
                continue
    return Document(node, processes, threads, bars)


def _bar(event: Node) -> Bar:
    start, duration = event.need("ts").number(), event.need("dur").number(low=0)
    category = event.get("cat")
    name = event.need("name").text()
    return Bar(event, *_place(event), name, category.text() if category else "", start, start + duration)


def _read_name(event: Node, processes: dict[int, str], threads: dict[tuple[int, int], str]) -> None:
    kind = event.need("name").text()
    if kind not in ("process_name", "thread_name"):
        return
    name = event.need("args").need("name").text()
    pid, tid = _place(event)
    if kind == "process_name":
        processes[pid] = name
    else:
        threads[pid, tid] = name


def _place(event: Node) -> tuple[int, int]:
    tid = event.get("tid")
    return event.need("pid").integer(), tid.integer() if tid else 0


def names_of(node: Node | None) -> Iterator[tuple[str, str]]:
    """The pairs of an object from text to text; none where it is missing."""
    if node is not None:
        for key, value in node.fields():
            yield key, value.text()


def join_names(names: Iterable[str]) -> Mapping[str, str]:
    """Number names as `callable_id_to_name` does."""
    return {str(number): name for number, name in enumerate(dict.fromkeys(names))}
