"""Finding the kernel that a submission names."""

from __future__ import annotations

from weakref import WeakKeyDictionary, WeakValueDictionary

from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation

_FOUND: WeakKeyDictionary[ModuleOp, WeakValueDictionary[str, FuncOp]] = WeakKeyDictionary()
"""Where the functions of a module were last seen. xDSL looks through the whole module for each symbol, which takes
seconds where a thousand submissions name as many kernels."""


def find_function(name: str, user: Operation) -> FuncOp | None:
    """The function of this name in the module that holds `user`, None where there is none."""
    module = user.parent_op()
    while module is not None and not isinstance(module, ModuleOp):
        module = module.parent_op()
    if module is None:
        return None
    known = _FOUND.get(module)
    function = None if known is None else known.get(name)
    if function is None or function.parent_op() is not module or function.sym_name.data != name:
        known = WeakValueDictionary({op.sym_name.data: op for op in module.ops if isinstance(op, FuncOp)})
        _FOUND[module] = known
        function = known.get(name)
    return function
