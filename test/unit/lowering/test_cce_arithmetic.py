"""Integer arithmetic in C++: readable where it can be, and right for negative numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

ToCce = Callable[[str], str]


def _statement(to_cce: ToCce, body: str) -> str:
    """Give what computes `%r`, an index, in the function's body."""
    text = f"""
    func.func @f(%a: index, %b: index, %c: i32, %d: i32, %p: i1, %q: i1) {{
      {body}
      pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %r]
      return
    }}"""
    lines = to_cce(text).splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("__global__"))
    end = next(index for index, line in enumerate(lines) if "pipe_barrier" in line)
    body_lines = (line.split("  //")[0].strip() for line in lines[start + 1 : end])
    return "\n".join(line.replace("set_flag(PIPE_MTE2, PIPE_MTE1, ", "(") for line in body_lines)


@pytest.mark.parametrize(
    "op, expected",
    [
        ("addi", "a + b"),
        ("subi", "a - b"),
        ("muli", "a * b"),
        ("divsi", "a / b"),
        ("remsi", "a % b"),
        ("andi", "a & b"),
        ("ori", "a | b"),
        ("xori", "a ^ b"),
        ("shli", "a << b"),
        ("shrsi", "a >> b"),
        ("minsi", "a < b ? a : b"),
        ("maxsi", "a > b ? a : b"),
    ],
)
def test_signed_arithmetic_is_plain(to_cce: ToCce, op: str, expected: str) -> None:
    assert _statement(to_cce, f"%r = arith.{op} %a, %b : index") == f"((event_t)({expected}));"


@pytest.mark.parametrize("op, operator", [("divui", "/"), ("remui", "%"), ("shrui", ">>")])
def test_unsigned_arithmetic_converts_what_may_be_negative(to_cce: ToCce, op: str, operator: str) -> None:
    found = _statement(to_cce, f"%r = arith.{op} %a, %b : index")
    assert f"(int64_t)((uint64_t)a {operator} (uint64_t)b)" in found


def test_unsigned_arithmetic_is_plain_for_what_is_never_negative(to_cce: ToCce) -> None:
    found = to_cce("""
    func.func @f(%n: index) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      scf.for %i = %c0 to %n step %c1 {
        %next = arith.addi %i, %c1 : index
        %slot = arith.remui %next, %c2 : index
        pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %slot]
        pto.wait_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %slot]
      }
      return
    }""")
    assert "const int64_t slot = (i + 1) % 2;" in found


def test_unsigned_comparison(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        "%x = arith.cmpi ult, %a, %b : index\n%r = arith.select %x, %a, %b : index",
    )
    assert found == "((event_t)((uint64_t)a < (uint64_t)b ? a : b));"


@pytest.mark.parametrize(
    "predicate, operator",
    [("eq", "=="), ("ne", "!="), ("slt", "<"), ("sle", "<="), ("sgt", ">"), ("sge", ">=")],
)
def test_comparison(to_cce: ToCce, predicate: str, operator: str) -> None:
    found = _statement(
        to_cce,
        f"%x = arith.cmpi {predicate}, %a, %b : index\n%r = arith.select %x, %a, %b : index",
    )
    assert found == f"((event_t)(a {operator} b ? a : b));"


def test_narrow_arithmetic_is_cut_to_its_width(to_cce: ToCce) -> None:
    found = _statement(to_cce, "%x = arith.addi %c, %d : i32\n%r = arith.index_cast %x : i32 to index")
    assert found.startswith("const int64_t r = (int64_t)(int32_t)((int64_t)c + (int64_t)d);")


def test_constants_are_folded_into_the_text(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %c5 = arith.constant 5 : index
        %x = arith.muli %a, %c1 : index
        %y = arith.addi %x, %c0 : index
        %z = arith.muli %c5, %c5 : index
        %r = arith.addi %y, %z : index""",
    )
    assert found == "((event_t)(a + 25));"


def test_narrow_constants_wrap(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%big = arith.constant 2147483647 : i32
        %x = arith.addi %big, %big : i32
        %r = arith.index_cast %x : i32 to index""",
    )
    assert found == "((event_t)-2);"


def test_truth_values(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%true = arith.constant true
        %x = arith.andi %p, %true : i1
        %y = arith.ori %x, %q : i1
        %z = arith.xori %y, %p : i1
        %r = arith.select %z, %a, %b : index""",
    )
    assert found == "((event_t)((p && true || q) != p ? a : b));"


@pytest.mark.parametrize(
    "body, expected",
    [
        ("%r = arith.index_cast %c : i32 to index", "(int64_t)c"),
        (
            "%x = arith.extui %c : i32 to i64\n%r = arith.index_cast %x : i64 to index",
            "(int64_t)(uint32_t)c",
        ),
        (
            "%x = arith.index_cast %a : index to i64\n%r = arith.index_cast %x : i64 to index",
            "a",
        ),
        (
            "%x = arith.trunci %c : i32 to i8\n%r = arith.index_cast %x : i8 to index",
            "(int64_t)(int8_t)c",
        ),
        (
            "%x = arith.trunci %c : i32 to i1\n%r = arith.select %x, %a, %b : index",
            "((c & 1) != 0 ? a : b)",
        ),
        (
            "%x = arith.extui %p : i1 to i64\n%r = arith.index_cast %x : i64 to index",
            "(int64_t)p",
        ),
        (
            "%x = arith.extsi %p : i1 to i64\n%r = arith.index_cast %x : i64 to index",
            "(p ? -1 : 0)",
        ),
    ],
)
def test_conversions(to_cce: ToCce, body: str, expected: str) -> None:
    assert _statement(to_cce, body) == f"((event_t){expected});"


def test_a_negative_literal_is_converted_as_well(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%minus = arith.constant -1 : i32
        %x = arith.divui %c, %minus : i32
        %r = arith.index_cast %x : i32 to index""",
    )
    assert "(int32_t)((uint32_t)c / (uint32_t)-1)" in found


def test_constants_that_are_not_integers(to_cce: ToCce) -> None:
    found = to_cce("""
    func.func @k() attributes {pto.entry} {
      %half = arith.constant 0.5 : f32
      func.call @f(%half) : (f32) -> ()
      return
    }
    func.func @f(%x: f32) { return }
    """)
    assert "  f(0.5f);" in found


def test_what_is_used_twice_or_long_gets_a_variable(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%twice = arith.addi %a, %b : index
        %square = arith.muli %twice, %twice : index
        %long = arith.divui %square, %a : index
        %unused = arith.addi %a, %a : index
        %r = arith.addi %long, %b : index""",
    )
    assert found.splitlines() == [
        "const int64_t twice = a + b;",
        "const int64_t long_ = (int64_t)((uint64_t)(twice * twice) / (uint64_t)a);",
        "((event_t)(long_ + b));",
    ]


def test_what_a_loop_uses_is_computed_before_it(to_cce: ToCce) -> None:
    found = to_cce("""
    func.func @f(%a: index, %b: index) {
      %c1 = arith.constant 1 : index
      %x = arith.addi %a, %b : index
      scf.for %i = %a to %b step %c1 {
        pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %x]
      }
      return
    }""")
    assert found.index("const int64_t x = a + b;") < found.index("for (")


@pytest.mark.parametrize(
    "op, expected",
    [
        ("ceildivsi", "a % b != 0 && a < 0 == b < 0 ? a / b + 1 : a / b"),
        ("floordivsi", "a % b != 0 && a < 0 != b < 0 ? a / b - 1 : a / b"),
    ],
)
def test_division_that_rounds_up_or_down(to_cce: ToCce, op: str, expected: str) -> None:
    found = _statement(to_cce, f"%r = arith.{op} %a, %b : index")
    assert found.splitlines() == [f"const int64_t r = {expected};", "((event_t)r);"]


@pytest.mark.parametrize(
    "op, expected",
    [
        ("ceildivsi", "a / 16 + (a % 16 > 0)"),
        ("floordivsi", "a / 16 - (a % 16 < 0)"),
    ],
)
def test_division_by_a_constant_is_shorter(to_cce: ToCce, op: str, expected: str) -> None:
    found = _statement(to_cce, f"%c16 = arith.constant 16 : index\n%r = arith.{op} %a, %c16 : index")
    assert found == f"((event_t)({expected}));"


def test_division_of_what_is_never_negative(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%c0 = arith.constant 0 : index
        %c16 = arith.constant 16 : index
        %n = arith.maxsi %a, %c0 : index
        %x = arith.floordivsi %n, %c16 : index
        %y = arith.ceildivui %n, %c16 : index
        %r = arith.addi %x, %y : index""",
    )
    assert found == ("const int64_t n = a > 0 ? a : 0;\n((event_t)(n / 16 + (n / 16 + (n % 16 != 0))));")


@pytest.mark.parametrize(
    "op, expected",
    [
        ("addi", "p != q"),
        ("subi", "p != q"),
        ("muli", "p && q"),
        ("divsi", "p"),
        ("remui", "false"),
        ("shli", "p"),
        ("minsi", "p > q ? p : q"),
        ("maxui", "p > q ? p : q"),
        ("cmpi slt,", "p > q"),
        ("cmpi ult,", "p < q"),
    ],
)
def test_truth_values_are_numbers_of_one_bit(to_cce: ToCce, op: str, expected: str) -> None:
    found = _statement(to_cce, f"%t = arith.{op} %p, %q : i1\n%r = arith.select %t, %a, %b : index")
    condition = f"({expected})" if "?" in expected else expected
    assert found == f"((event_t)({condition} ? a : b));"


def test_a_shifted_constant_has_all_bits(to_cce: ToCce) -> None:
    found = _statement(to_cce, "%c1 = arith.constant 1 : index\n%r = arith.shli %c1, %a : index")
    assert found == "((event_t)((int64_t)1 << a));"


def test_a_sum_and_its_carry(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%x, %carry = arith.addui_extended %c, %d : i32, i1
        %y = arith.index_castui %x : i32 to index
        %r = arith.select %carry, %y, %a : index""",
    )
    assert found.splitlines() == [
        "const uint32_t v = (uint32_t)c;",
        "const uint32_t v_2 = (uint32_t)(v + (uint32_t)d);",
        "const int64_t r = v_2 < v ? (int64_t)(uint32_t)(int32_t)v_2 : a;",
        "((event_t)r);",
    ]


def test_a_product_of_two_words(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%low, %high = arith.mulsi_extended %c, %d : i32
        %x = arith.index_cast %low : i32 to index
        %y = arith.index_cast %high : i32 to index
        %r = arith.addi %x, %y : index""",
    )
    assert found.splitlines()[0] == "const int64_t product = (int64_t)c * (int64_t)d;"
    assert "(int64_t)(int32_t)(product >> 32)" in found


@pytest.mark.parametrize(
    "body",
    [
        "%x = math.exp %f : f32",
        "%x = arith.constant dense<1> : vector<2xi32>",
    ],
)
def test_what_has_no_form_is_refused_at_its_place(to_cce: ToCce, body: str) -> None:
    text = f"func.func @f(%a: index, %b: index, %f: f32) {{\n  {body}\n  return\n}}"
    with pytest.raises(DiagnosticError) as caught:
        to_cce(text)
    (diagnostic,) = caught.value.diagnostics
    name = body.split()[2]
    assert (diagnostic.code, diagnostic.message) == ("TW0330", f"'{name}' has no form in C++")
    assert str(diagnostic.location) == "folder/kernel.mlir:2:8"


def test_a_constant_list_of_counts_is_a_variable(to_cce: ToCce) -> None:
    found = to_cce("func.func @f() {\n%n = arith.constant dense<[128, 64, 0, 0]> : vector<4xi16>\nreturn\n}")
    assert "MrgSortExecutedNumList n = {128, 64, 0, 0};" in found


@pytest.mark.parametrize(
    "body, code, message",
    [
        ("%v = arith.constant dense<0> : vector<8xi16>", "TW0330", "'arith.constant' has no form in C++"),
        (
            "%t = pto.declare_tile -> TILE\n%r = arith.select %p, %t, %t : TILE",
            "TW0331",
            "'arith.select' cannot carry the buffer %r",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(to_cce: ToCce, body: str, code: str, message: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        to_cce(f"func.func @f(%p: i1) {{\n{body}\nreturn\n}}".replace("TILE", "!pto.tile_buf<vec, 8x32xf32>"))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (code, message)
    assert diagnostic.location is not None
    assert diagnostic.location.line == 2 + body.count("\n")


def test_the_bits_of_an_unsigned_number(to_cce: ToCce) -> None:
    found = _statement(
        to_cce,
        """%u = builtin.unrealized_conversion_cast %c : i32 to ui32
        %s = builtin.unrealized_conversion_cast %u : ui32 to i32
        %r = arith.index_cast %s : i32 to index""",
    )
    assert found == "((event_t)(int64_t)(int32_t)(uint32_t)c);"


def test_a_cast_that_nothing_realizes(to_cce: ToCce) -> None:
    with pytest.raises(DiagnosticError, match=r"'builtin.unrealized_conversion_cast' has no form in C\+\+") as caught:
        _statement(to_cce, "%r = builtin.unrealized_conversion_cast %c : i32 to index")
    (error,) = caught.value.diagnostics
    assert (error.code, error.location and error.location.line) == ("TW0330", 3)
