"""The named pipelines: which passes run, in which order, under which options."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xdsl.passes import ModulePass
from xdsl.utils.arg_spec import ArgSpecConvertible


@dataclass(frozen=True)
class PipelineSpec(ArgSpecConvertible, ABC):
    """A named list of passes; its fields are the options of the pipeline."""

    @abstractmethod
    def passes(self) -> tuple[ModulePass, ...]:
        """Give the passes in the order in which they run."""


PIPELINES: Mapping[str, Callable[[], type[PipelineSpec]]] = {}
