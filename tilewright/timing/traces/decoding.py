"""Typed access to a JSON document that may hold anything; errors name the file and the place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import NoReturn, cast

from tilewright.dialects.diagnostics import SourceLocation, fail

LARGEST = 2**64 - 1  # counters of the device are 64 bits wide


class Node:
    """One value of a document, and where it stands."""

    __slots__ = ("_key", "_parent", "file", "value")

    def __init__(self, value: object, file: str, parent: Node | None = None, key: str | int = "") -> None:
        """Args: value: as `json` reads it; file: for messages; parent, key: where the value stands."""
        self.value = value
        self.file = file
        self._parent = parent
        self._key = key

    @property
    def place(self) -> str:
        """Where the value stands: `aicore_tasks[3][4]`."""
        parts: list[str] = []
        node = self
        while node._parent is not None:
            parts.append(f"[{node._key}]" if isinstance(node._key, int) else f".{_shown(node._key)}")
            node = node._parent
        return "".join(reversed(parts)).removeprefix(".") or "the document"

    def refuse(self, problem: str) -> NoReturn:
        """Say what is wrong with this value.

        Raises:
            DiagnosticError: TW0741.
        """
        fail("TW0741", f"{self.place}: {problem}", SourceLocation(self.file))

    def get(self, key: str) -> Node | None:
        """The value of a key; None where it is missing or null."""
        found = self._fields().get(key)
        return None if found is None else Node(found, self.file, self, key)

    def need(self, key: str) -> Node:
        """The value of a key that must be there."""
        return self.get(key) or self.refuse(f"'{key}' is missing")

    def fields(self) -> Iterator[tuple[str, Node]]:
        """All keys of an object with their values."""
        for key, value in self._fields().items():
            yield clean(key), Node(value, self.file, self, key)

    def items(self) -> Iterator[Node]:
        """All values of a list."""
        for index, value in enumerate(self._items()):
            yield Node(value, self.file, self, index)

    def row(self, least: int) -> tuple[int, ...]:
        """A list of at least so many whole numbers."""
        values = self._items()
        if len(values) < least:
            self.refuse(f"expected {least} numbers or more, found {len(values)}")
        return tuple(each.integer() for each in self.items())

    def integer(self, low: int = 0, high: int = LARGEST) -> int:
        """A whole number between two bounds."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int):
            self._mismatch("a whole number")
        if not low <= value <= high:
            self.refuse(f"expected a whole number from {low} to {high}, found {_shown(value)}")
        return value

    def number(self, low: float = -float(LARGEST)) -> float:
        """A finite number that is not too large for a counter of the device."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._mismatch("a number")
        if not low <= value <= LARGEST or not math.isfinite(value):
            self.refuse(f"expected a number from {low:g} to {LARGEST:g}, found {_shown(value)}")
        return float(value)

    def text(self) -> str:
        """A string."""
        if not isinstance(self.value, str):
            self._mismatch("a string")
        return clean(self.value)

    @property
    def is_object(self) -> bool:
        """Whether it has keys."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.value, list)

    def _fields(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            self._mismatch("an object")
        return cast("dict[str, object]", self.value)

    def _items(self) -> list[object]:
        if not isinstance(self.value, list):
            self._mismatch("a list")
        return cast("list[object]", self.value)

    def _mismatch(self, expected: str) -> NoReturn:
        self.refuse(f"expected {expected}, found {_shown(self.value)}")


def clean(text: str) -> str:
    """Replace what cannot be written as UTF-8: JSON may hold half of a surrogate pair."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _shown(value: object) -> str:
    """A value in a few characters."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST:
        return "a larger one"
    text = value if isinstance(value, str) and value.isidentifier() and value.isascii() else json.dumps(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
