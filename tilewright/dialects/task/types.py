"""Types of the `task` dialect: what names a task that was submitted."""

from __future__ import annotations

from xdsl.ir import ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition


@irdl_attr_definition
class IdType(ParametrizedAttribute, TypeAttribute):
    """A task that was submitted, or no task: `!task.id`."""

    name = "task.id"


@irdl_attr_definition
class ArrayType(ParametrizedAttribute, TypeAttribute):
    """Places for ids of tasks, which are set and read by number: `!task.array`."""

    name = "task.array"
