"""Run passes over a module: check between them, time them, contain their failures."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass
from xdsl.utils.exceptions import DiagnosticException

from tilewright.dialects.diagnostics import DiagnosticError, fail, fail_internally, split_code
from tilewright.dialects.verification import Verifier
from tilewright.passes.locations import inherit_locations
from tilewright.passes.pipeline_text import PIPELINE_FILE, parse_pipeline

__all__ = ["PIPELINE_FILE", "PassHooks", "parse_pipeline", "run_passes"]

Hook = Callable[[ModulePass, ModuleOp], None]
TimeSink = Callable[[str, float], None]
"""Takes the name of a step (a pass, or `verify`) and the seconds that it took."""


def _ignore(_pass: ModulePass, _module: ModuleOp) -> None:
    """Do nothing: the hook that is not there."""


def _ignore_time(_name: str, _seconds: float) -> None:
    """Do nothing: nobody wants to know the time."""


@dataclass(frozen=True)
class PassHooks:
    """Who looks on while passes run.

    Attributes:
        before: called with each pass and the module that it is about to change.
        after: called with each pass and the module that it has changed, before it is verified.
        time: called with each step's name and duration in seconds.
    """

    before: Hook = _ignore
    after: Hook = _ignore
    time: TimeSink = _ignore_time


def run_passes(
    ctx: Context,
    module: ModuleOp,
    passes: Sequence[ModulePass],
    *,
    verify_each: bool = True,
    verify_result: bool = True,
    hooks: PassHooks | None = None,
) -> None:
    """Run passes in order over a module, in place.

    The module is verified before the first pass, and then after each pass or, without
    `verify_each`, after the last, unless `verify_result` is off too, as where the next pipeline verifies what this one
    made. Operations that a pass creates without a location inherit one
    (see `tilewright.passes.locations`).

    Raises:
        DiagnosticError: a located error of a pass or of the verifier; TW0010 when a pass gives up
            with an error of xDSL's; TW0099 for an internal error, naming the pass, with the
            original exception as its cause. The module is then in an undefined state.
    """
    hooks = hooks or PassHooks()
    verifier = Verifier()
    _verify(verifier, module, hooks, after=None)
    for index, current in enumerate(passes):
        hooks.before(current, module)
        with _timed(current.name, hooks):
            _apply(ctx, module, current)
            inherit_locations(module)
        hooks.after(current, module)
        if verify_each or (verify_result and index == len(passes) - 1):
            _verify(verifier, module, hooks, after=current)


def _apply(ctx: Context, module: ModuleOp, current: ModulePass) -> None:
    try:
        current.apply(ctx, module)
    except DiagnosticError:
        raise
    except RecursionError:
        fail("TW0006", f"nested too deep for pass '{current.name}'", module)
    except DiagnosticException as error:
        code, message = split_code(" ".join(str(error).split()), default="TW0010")
        fail(code, f"pass '{current.name}': {message}", module)
    except Exception as error:
        fail_internally(f"in pass '{current.name}'", error, module)


def _verify(verifier: Verifier, module: ModuleOp, hooks: PassHooks, *, after: ModulePass | None) -> None:
    with _timed("verify", hooks):
        try:
            verifier.verify(module)
        except DiagnosticError as error:
            if after is None:
                raise
            note = f"found after pass '{after.name}', which must leave a valid program"
            raise DiagnosticError(*(replace(d, notes=(*d.notes, note)) for d in error.diagnostics)) from error
        except RecursionError:
            fail("TW0006", "nested too deep", module)
        except Exception as error:
            step = "while verifying the input" if after is None else f"after pass '{after.name}'"
            fail_internally(step, error, module)


@contextmanager
def _timed(name: str, hooks: PassHooks) -> Generator[None]:
    start = perf_counter()
    yield
    hooks.time(name, perf_counter() - start)
