"""`check-sync`: a program is only as good as its flags."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.diagnostics import Severity, emit, fail, fail_all
from tilewright.execution.races.checker import check_order


@dataclass(frozen=True)
class CheckSyncPass(ModulePass):
    """Refuse a program in which nothing orders two accesses to the same bytes, or that misuses flags.

    Requires: every buffer has an address (TW0407), and what executes it can be walked (TW0405).
    Ensures: the flags of every function, with loops that run up to `trips` times, order every pair of accesses that
    needs order (TW0430 to TW0433), no flag is lost, missing or left over (TW0434 to TW0437), and tiles between cores
    come and go as they should (TW0438, TW0439, TW0445); two vector cores
    do not add the same twice (TW0446). The program stays as it is.

    Options:
        trips: how many iterations loops with unknown bounds make at most; fewer are tried as well.
    """

    name = "check-sync"

    trips: int = 9

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        if self.trips < 0:
            fail("TW0003", f"trips is not negative, got {self.trips}")
        found = check_order(op, trips=(*range(min(self.trips, 3) + 1), self.trips))
        for each in found:
            if each.severity is Severity.WARNING:
                emit(each)
        fail_all(each for each in found if each.severity is Severity.ERROR)
