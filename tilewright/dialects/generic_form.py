"""Operations whose own syntax cannot say everything that they can be."""

from __future__ import annotations

from abc import ABC, abstractmethod


class SometimesGeneric(ABC):
    """An operation that is written in MLIR's generic form where its own syntax would not be read again."""

    @property
    @abstractmethod
    def needs_generic_form(self) -> bool:
        """Whether only the generic form says what this operation is."""
