"""How numbers of a program change from one turn of a loop to a later one: pure maths, no IR is looked into.

A number is a part that repeats, plus so much for each turn of each loop and for each unit of each argument. Far from
the first and from the last turn that is all; how far is said beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import TypeAlias

from xdsl.ir import Operation, SSAValue

Symbol: TypeAlias = Operation | str | SSAValue
"""The turn of a loop, counted from 0; the name of an argument, in units; while a loop is looked at, what it carries."""


@dataclass(frozen=True)
class Reason:
    """Why nothing is known of a number, and where it comes from."""

    text: str
    at: Operation


@dataclass(frozen=True)
class Number:
    """What is known of a number of the program.

    Attributes:
        low, high: bounds of the part that repeats; None where they are not known.
        slopes: how much is added for each turn or unit; no entry is 0.
        periods: after how many turns or units the rest repeats; 1 where there is no entry.
        heads: before which turn, or number of units, it may be different.
        tails: the same for the last so many turns of a loop.
        natural: whether it is certainly not negative, which the bounds do not always show.
        reason: why nothing of all this is known; None when it is.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    slopes: Mapping[Symbol, Fraction] = field(default_factory=dict[Symbol, Fraction])
    periods: Mapping[Symbol, int] = field(default_factory=dict[Symbol, int])
    heads: Mapping[Symbol, int] = field(default_factory=dict[Symbol, int])
    tails: Mapping[Symbol, int] = field(default_factory=dict[Symbol, int])
    natural: bool = False
    reason: Reason | None = None

    @property
    def repeats(self) -> bool:
        """Whether it is the same again and again."""
        return self.reason is None and not self.slopes

    @property
    def exact(self) -> int | None:
        """The number, where it is always the same one and known."""
        varies = self.slopes or self.periods or self.heads or self.tails or self.reason
        return None if varies or self.low is None or self.low != self.high else int(self.low)


def known(number: int) -> Number:
    """A number that is always the same."""
    return Number(Fraction(number), Fraction(number), natural=number >= 0)


def unknown(text: str, at: Operation) -> Number:
    """A number of which nothing is known."""
    return Number(reason=Reason(text, at))


@dataclass(frozen=True)
class Turns:
    """How often a loop runs, once the arguments are large: `fixed`, and `units` more for each unit of an argument."""

    fixed: int
    units: Mapping[str, int]


Loops: TypeAlias = Mapping[Symbol, Turns]


def joined(numbers: Iterable[Number], low: Fraction | None = None, high: Fraction | None = None) -> Number:
    """What is computed from all of these, as far as they repeat; unknown as soon as one is."""
    periods: dict[Symbol, int] = {}
    heads: dict[Symbol, int] = {}
    tails: dict[Symbol, int] = {}
    for number in numbers:
        if number.reason is not None:
            return number
        for symbol, period in number.periods.items():
            periods[symbol] = lcm(periods.get(symbol, 1), period)
        for symbol, turn in number.heads.items():
            heads[symbol] = max(heads.get(symbol, 0), turn)
        for symbol, turn in number.tails.items():
            tails[symbol] = max(tails.get(symbol, 0), turn)
    return Number(low, high, {}, periods, heads, tails)


def added(one: Number, other: Number, sign: int = 1) -> Number:
    """`one + sign * other`."""
    low, high = (None, None) if other.low is None or other.high is None else (other.low * sign, other.high * sign)
    if sign < 0:
        low, high = high, low
    known_bounds = None not in (one.low, one.high, low, high)
    result = joined(
        (one, other),
        one.low + low if known_bounds and one.low is not None and low is not None else None,
        one.high + high if known_bounds and one.high is not None and high is not None else None,
    )
    if result.reason is not None:
        return result
    slopes = dict(one.slopes)
    for symbol, slope in other.slopes.items():
        slopes[symbol] = slopes.get(symbol, Fraction(0)) + sign * slope
    natural = one.natural and other.natural and sign > 0
    return replace(result, slopes={symbol: slope for symbol, slope in slopes.items() if slope}, natural=natural)


def scaled(number: Number, factor: int) -> Number:
    """A number so many times."""
    if number.reason is not None or factor == 1:
        return number
    bounds = [None if each is None else each * factor for each in (number.low, number.high)]
    low, high = bounds if factor >= 0 else reversed(bounds)
    slopes = {symbol: slope * factor for symbol, slope in number.slopes.items() if factor}
    return replace(number, low=low, high=high, slopes=slopes, natural=number.natural and factor >= 0)


def divided(number: Number, divisor: int, loops: Loops, *, up: bool = False) -> Number | None:
    """A number that is not negative, divided by a positive one and rounded; None where it may be negative."""
    found = positive(number, loops)
    return None if found is None else _divided(found, divisor, up=up)


def _divided(number: Number, divisor: int, *, up: bool) -> Number:
    # From here on one more for every `period` of them.
    periods = dict(number.periods)
    for symbol, slope in number.slopes.items():
        periods[symbol] = lcm(periods.get(symbol, 1), (slope / divisor).denominator)
    # Unless whole numbers are added, what repeats differs from its quotient by less than 1 either way.
    rounded: Callable[[Fraction], int] = ceil if up else floor
    margin = 0 if all((slope / divisor).denominator == 1 for slope in number.slopes.values()) else 1
    low = None if number.low is None else Fraction(rounded(number.low / divisor) - margin)
    high = None if number.high is None else Fraction(rounded(number.high / divisor) + margin)
    slopes = {symbol: slope / divisor for symbol, slope in number.slopes.items()}
    natural = number.natural or number.low is not None
    return replace(number, low=low, high=high, slopes=slopes, periods=_without_ones(periods), natural=natural)


def remainder(number: Number, divisor: int, loops: Loops, *, signed: bool = True) -> Number | None:
    """What is left of a division by a positive number; None where a negative one may be divided."""
    wraps = not signed and divisor & (divisor - 1) == 0
    found = number if wraps else positive(number, loops)
    if found is None:
        return None
    periods = dict(found.periods)
    for symbol, slope in found.slopes.items():
        # The part that repeats does so after `period`, by when a whole number was added.
        period = periods.get(symbol, 1)
        period = lcm(period, slope.denominator)
        step = int(slope * period)
        periods[symbol] = period * (divisor // gcd(divisor, step))
    if not found.slopes and found.low is not None and found.high is not None and 0 <= found.low <= found.high < divisor:
        return found
    may_be_negative = found.low is None and not wraps
    least = Fraction(1 - divisor if may_be_negative else 0)
    return replace(found, low=least, high=Fraction(divisor - 1), slopes={}, periods=_without_ones(periods))


def _without_ones(periods: Mapping[Symbol, int]) -> dict[Symbol, int]:
    return {symbol: period for symbol, period in periods.items() if period > 1}


def positive(number: Number, loops: Loops) -> Number | None:
    """The number, where it is not negative once arguments are large enough; None where it may be."""
    if number.reason is not None or number.natural:
        return number
    if number.low is None:
        # Of a number that repeats, whatever is computed from it alone repeats as well.
        return None if number.slopes else number
    lowest, slopes = _at_lowest(number.low, number.slopes, loops)
    if any(slope < 0 for slope in slopes.values()):
        return None
    if lowest >= 0:
        return number
    if len(slopes) != 1:
        return None
    [(symbol, slope)] = slopes.items()
    heads = {**number.heads, symbol: max(number.heads.get(symbol, 0), ceil(-lowest / slope))}
    return replace(number, heads=heads)


def _at_lowest(
    low: Fraction, slopes: Mapping[Symbol, Fraction], loops: Loops
) -> tuple[Fraction, dict[Symbol, Fraction]]:
    """The least value over all turns, by units of arguments."""
    left: dict[Symbol, Fraction] = {symbol: slope for symbol, slope in slopes.items() if isinstance(symbol, str)}
    for symbol, slope in slopes.items():
        if isinstance(symbol, str) or slope > 0:
            continue
        if (turns := loops.get(symbol)) is None:
            return low, {symbol: slope}
        low += slope * (turns.fixed - 1)
        for name, units in turns.units.items():
            left[name] = left.get(name, Fraction(0)) + slope * units
    return low, {symbol: slope for symbol, slope in left.items() if slope}


def compared(one: Number, other: Number, loops: Loops) -> Number | None:
    """Whether a number is less than, equal to or greater than another; None where that does not settle."""
    return settled(added(one, other, -1), loops)


def settled(difference: Number, loops: Loops) -> Number | None:
    """The sign of a number: the same from some turn on, or up to some turn before the last; None where neither is."""
    slopes = difference.slopes
    if difference.reason is not None or not slopes:
        return replace(difference, low=None, high=None, natural=False)
    if difference.low is None or difference.high is None:
        return None
    result = replace(difference, low=None, high=None, slopes={}, natural=False)
    if len(slopes) == 1:
        [(symbol, slope)] = slopes.items()
        turn = _turning(difference.low, difference.high, slope)
        return replace(result, heads={**result.heads, symbol: max(result.heads.get(symbol, 0), turn)})
    turning = [symbol for symbol in slopes if not isinstance(symbol, str)]
    turns = loops.get(turning[0]) if len(turning) == 1 else None
    if turns is None:
        return None
    loop, slope = turning[0], slopes[turning[0]]
    # Turn t is `turns - 1 - rest`: what is left must depend on the rest alone.
    if {name: -slope * units for name, units in turns.units.items()} != {
        symbol: each for symbol, each in slopes.items() if symbol is not loop
    }:
        return None
    shift = slope * (turns.fixed - 1)
    turn = _turning(difference.low + shift, difference.high + shift, slope)
    return replace(result, tails={**result.tails, loop: max(result.tails.get(loop, 0), turn)})


def _turning(low: Fraction, high: Fraction, slope: Fraction) -> int:
    """From when on `slope` has outgrown what lies between the bounds."""
    return floor(max(abs(low), abs(high)) / abs(slope)) + 1


def grows(difference: Number) -> int:
    """The sign that a settled number has in most turns."""
    turning = [slope for symbol, slope in difference.slopes.items() if not isinstance(symbol, str)]
    if len(difference.slopes) == 1:
        [slope] = difference.slopes.values()
        return 1 if slope > 0 else -1
    # Far from the last turn.
    return -1 if turning[0] > 0 else 1
