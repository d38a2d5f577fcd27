"""Decoding of the operations with regions: loops, branches, sections for one kind of core."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any, TypeAlias

from xdsl.dialects import scf
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.core_ops import SectionCubeOp, SectionVectorOp
from tilewright.dialects.upstream import ExecuteRegionOp
from tilewright.execution.decode_blocks import Body, Decoder, Handed
from tilewright.execution.instructions import Instruction
from tilewright.execution.steps import Compute, Control, Environment, Step, assign, values_of

DecodeControl: TypeAlias = Callable[[Any, Decoder], Step]


def _for(op: scf.ForOp, decoder: Decoder) -> Step:
    slots = decoder.slots
    lower, upper, step = slots.many((op.lb, op.ub, op.step))
    initial, results = slots.many(op.iter_args), slots.many(op.results)
    body = Body(op.body, op, decoder)
    variable, carried = slots[op.body.block.args[0]], body.arguments[1:]

    def run(environment: Environment) -> Iterator[Instruction]:
        values: Handed = values_of(environment, initial)
        if environment[step] < 1:
            fail("TW0412", f"the step of a loop is positive, got {environment[step]}", op)
        for iteration in range(environment[lower], environment[upper], environment[step]):
            environment[variable] = iteration
            assign(environment, carried, values)
            values = yield from body.run(environment)
        assign(environment, results, values)

    return Control(run)


def _while(op: scf.WhileOp, decoder: Decoder) -> Step:
    slots = decoder.slots
    initial, results = slots.many(op.arguments), slots.many(op.res)
    before, after = Body(op.before_region, op, decoder), Body(op.after_region, op, decoder)

    def run(environment: Environment) -> Iterator[Instruction]:
        values: Handed = values_of(environment, initial)
        while True:
            assign(environment, before.arguments, values)
            # The operands of scf.condition: whether to go on, and what both ways are handed.
            goes_on, *handed = yield from before.run(environment)
            if not goes_on:
                break
            assign(environment, after.arguments, handed)
            values = yield from after.run(environment)
        assign(environment, results, handed)

    return Control(run)


def _chosen(op: Operation, decoder: Decoder, choose: Callable[[Environment], Body]) -> Step:
    """Execute one of several regions, and take what it hands on."""
    results = decoder.slots.many(op.results)

    def run(environment: Environment) -> Iterator[Instruction]:
        handed: Handed = yield from choose(environment).run(environment)
        assign(environment, results, handed)

    return Control(run)


def _if(op: scf.IfOp, decoder: Decoder) -> Step:
    condition = decoder.slots[op.cond]
    taken, other = Body(op.true_region, op, decoder), Body(op.false_region, op, decoder)
    return _chosen(op, decoder, lambda environment: taken if environment[condition] else other)


def _index_switch(op: scf.IndexSwitchOp, decoder: Decoder) -> Step:
    number = decoder.slots[op.arg]
    regions = zip(op.cases.iter_values(), op.case_regions, strict=True)
    cases = {value: Body(region, op, decoder) for value, region in regions}
    default = Body(op.default_region, op, decoder)
    return _chosen(op, decoder, lambda environment: cases.get(environment[number], default))


def _execute_region(op: scf.ExecuteRegionOp, decoder: Decoder) -> Step:
    body = Body(op.region, op, decoder)
    return _chosen(op, decoder, lambda environment: body)


def _section(kind: KernelKind) -> DecodeControl:
    """Execute the code for one kind of core, unless another kind walks."""

    def decode(op: SectionCubeOp | SectionVectorOp, decoder: Decoder) -> Step:
        if decoder.slots.frame.core not in (None, kind):
            return Compute(lambda environment: None)
        body = Body(op.body, op, decoder)

        def run(environment: Environment) -> Generator[Instruction, None, None]:
            yield from body.run(environment)

        return Control(run)

    return decode


CONTROL: Mapping[type[Operation], DecodeControl] = {
    SectionCubeOp: _section(KernelKind.CUBE),
    SectionVectorOp: _section(KernelKind.VECTOR),
    ExecuteRegionOp: _execute_region,
    scf.ForOp: _for,
    scf.IfOp: _if,
    scf.IndexSwitchOp: _index_switch,
    scf.WhileOp: _while,
}
