"""Programs of level 1 as text of the language."""

from __future__ import annotations

from tilewright.language.as_python.module import as_python
from tilewright.language.as_python.normal_form import first_difference, normal_form, same_program

__all__ = ["as_python", "first_difference", "normal_form", "same_program"]
