"""Programs of several chips: every name is known, and refused where a kernel uses it."""

from __future__ import annotations

from typing import Any

from tilewright.language.refused import SEVERAL_CHIPS, Refused


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return Refused(f"pld.{name}", SEVERAL_CHIPS)
