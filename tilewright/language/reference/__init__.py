"""What the tables of the language give: its reference, and the types that editors complete from."""

from __future__ import annotations

from tilewright.language.reference.page import page
from tilewright.language.reference.stubs import stub

__all__ = ["page", "stub"]
