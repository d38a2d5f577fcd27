"""What each name stands for at this point of a kernel, and why some names stand for nothing."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Unreadable:
    """Why a name cannot be read here although it was bound once.

    Attributes:
        code: of the diagnostic.
        message: what is wrong; `{name}` stands for the name.
        help: what to do.
    """

    code: str
    message: str
    help: tuple[str, ...] = ()


class Bindings:
    """The names of one function, with their values."""

    def __init__(self, values: Mapping[str, object] = {}) -> None:
        self._values: dict[str, object] = dict(values)

    def get(self, name: str) -> object:
        """What the name stands for.

        Raises:
            KeyError: it was never bound.
        """
        return self._values[name]

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def bind(self, name: str, value: object) -> None:
        """Let the name stand for something."""
        self._values[name] = value

    def snapshot(self) -> dict[str, object]:
        """All names as they are now."""
        return dict(self._values)

    def restore(self, values: Mapping[str, object]) -> None:
        """Go back to how the names were."""
        self._values = dict(values)

    @contextmanager
    def branch(self) -> Generator[None]:
        """Undo at the end what happens to the names meanwhile."""
        before = self.snapshot()
        try:
            yield
        finally:
            self.restore(before)

    def forget(self, names: Iterable[str], reason: Unreadable) -> None:
        """From here on the names cannot be read."""
        for name in names:
            self._values[name] = reason
