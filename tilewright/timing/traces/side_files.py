"""The files that a run writes beside its records: what each task runs and waits for, and how kernels are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tilewright.timing.traces.chrome import dumps, join_names, names_of
from tilewright.timing.traces.decoding import LARGEST, Node
from tilewright.timing.traces.loading import load
from tilewright.timing.traces.model import CUBE, Trace

DEPENDENCIES = "deps.json"
NAMES = "name_map.json"


@dataclass(frozen=True)
class Dependencies:
    """What `deps.json` says.

    Attributes:
        kernels: for each task the numbers of its kernels on the cube core and on both vector cores; -1 for none.
        blocks: on how many blocks a task runs.
        after: for each task those that must end before it.
    """

    kernels: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    blocks: Mapping[int, int] = field(default_factory=dict[int, int])
    after: Mapping[int, Sequence[int]] = field(default_factory=dict[int, Sequence[int]])

    def kernel(self, task: int, kind: str) -> int:
        """The number of the kernel that a task runs on a kind of core; -1 where it is unknown."""
        found = self.kernels.get(task, ())
        wanted = found[:1] if kind == CUBE else found[1:]
        return next((number for number in wanted if number >= 0), -1)


def read_dependencies(node: Node) -> Dependencies:
    """Read `deps.json`.

    Raises:
        DiagnosticError: TW0741 when it is not as it should be.
    """
    kernels: dict[int, tuple[int, ...]] = {}
    blocks: dict[int, int] = {}
    for each in node.need("tasks").items():
        task = _number(each.need("task_id"))
        if numbers := each.get("kernel_ids"):
            kernels[task] = tuple(number.integer(low=-1) for number in numbers.items())
        if count := each.get("block_num"):
            blocks[task] = count.integer()
    after: dict[int, dict[int, None]] = {task: {} for task in kernels}
    for edge in node.need("edges").items():
        after.setdefault(_number(edge.need("succ")), {})[_number(edge.need("pred"))] = None
    return Dependencies(kernels, blocks, {task: tuple(before) for task, before in after.items()})


def _number(node: Node) -> int:
    """A task's number, which is written as text since it has 64 bits."""
    if not isinstance(node.value, str):
        return node.integer()
    text = node.text()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))) or int(text) > LARGEST:
        node.refuse("expected the number of a task")
    return int(text)


def read_names(path: str) -> dict[str, str]:
    """Read names from a file: `{"callable_id_to_name": {"0": "gate"}}`, or `{"old": "new"}` alone.

    Raises:
        DiagnosticError: TW0004, TW0740, TW0741 or TW0743 when it cannot be read.
    """
    node = load(path)
    return dict(names_of(node.get("callable_id_to_name") or node))


def beside(path: str) -> tuple[Dependencies | None, dict[str, str]]:
    """Read the side files in the folder of a recording; what is missing says nothing."""
    folder = Path(path).resolve().parent
    dependencies = folder / DEPENDENCIES
    found = read_dependencies(load(str(dependencies))) if dependencies.is_file() else None
    names = sorted(folder.glob("name_map*.json"))
    return found, read_names(str(names[0])) if len(names) == 1 else {}


def kernel_numbers(trace: Trace) -> dict[str, int]:
    """The number of each kernel in the files that are written."""
    return {name: int(number) for number, name in join_names(trace.kernels()).items()}


def dependencies_text(trace: Trace) -> str:
    """Write `deps.json`: what each task runs and waits for."""
    numbers = kernel_numbers(trace)
    kernels: dict[int, list[int]] = {}
    for each in trace.executions:
        slot = kernels.setdefault(each.task, [-1, -1, -1])
        slot[0 if trace.lanes[each.lane] == CUBE else 1] = numbers[each.kernel]
    after = trace.after or {}
    for task in after:
        kernels.setdefault(task, [-1, -1, -1])  # it runs nothing, and others wait for it
    tasks = [
        {"task_id": str(task), "scope": 0, "kernel_ids": used, "block_num": trace.blocks.get(task, 1), "args": []}
        for task, used in sorted(kernels.items())
    ]
    edges = [
        {"pred": str(before), "succ": str(task), "arg": 0, "source": "creator", "flags": ["wait"]}
        for task in sorted(after)
        for before in after[task]
    ]
    return f'{{"tasks":{dumps(tasks)},\n"tensors":[],\n"edges":{dumps(edges)}}}\n'


def names_text(trace: Trace) -> str:
    """Write the names of kernels by their numbers."""
    return dumps({"callable_id_to_name": join_names(trace.kernels()), "orchestrator_name": "orchestrator"}) + "\n"
