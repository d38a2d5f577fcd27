"""Names of Python for the values of a program."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable

_RESERVED = frozenset((*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "pl"))
"""What no value is called: it is a keyword, or would hide what a kernel may need."""


def is_name(text: str) -> bool:
    """Whether a function can be called so."""
    return text.isidentifier() and text.isascii() and not keyword.iskeyword(text) and text != "pl"


class Names:
    """The names of one function; no two are the same."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def new(self, hint: str | None, default: str) -> str:
        """A name that is not taken yet, close to the hint."""
        stem = re.sub(r"\W", "_", hint or default, flags=re.ASCII)
        if not stem.isidentifier() or stem in _RESERVED or stem.startswith("__"):
            stem = f"{default}_{stem.strip('_')}".rstrip("_") if stem[:1].isdigit() else f"{stem.strip('_')}_"
        if not stem.isidentifier() or stem in _RESERVED:
            stem = default
        name, number = stem, 1
        while name in self._taken:
            name, number = f"{stem}_{number}", number + 1
        self._taken.add(name)
        return name
