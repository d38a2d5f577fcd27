"""Block numbers, sections, prints and traps in C++."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BodyLines = Callable[[str], list[str]]
CceLines = Callable[[str], list[str]]


@pytest.mark.parametrize(
    "op, function",
    [
        ("get_block_idx", "get_block_idx"),
        ("get_block_num", "get_block_num"),
        ("get_subblock_idx", "get_subblockid"),
        ("get_subblock_num", "get_subblockdim"),
    ],
)
def test_numbers_of_cores_are_variables(body_lines: BodyLines, op: str, function: str) -> None:
    assert body_lines(f"%b = pto.{op}")[-1] == f"const int64_t b = {function}();"


def test_a_section_is_compiled_for_one_kind_of_core(cce_lines: CceLines) -> None:
    assert cce_lines(
        """func.func @k() {
          pto.section.cube { pto.barrier <PIPE_M> }
          pto.section.vector { pto.barrier <PIPE_V> }
          return
        }"""
    ) == [
        "__global__ AICORE void k() {",
        "#if defined(__DAV_CUBE__)",
        "pipe_barrier(PIPE_M);",
        "#endif",
        "#if defined(__DAV_VEC__)",
        "set_mask_norm();",
        "set_vector_mask(-1, -1);",
        "pipe_barrier(PIPE_V);",
        "#endif",
        "pipe_barrier(PIPE_ALL);",
        "}",
    ]


@pytest.mark.parametrize(
    "format_, type_, call",
    [
        ("x %d", "i32", 'cce::printf("x %d", x);'),
        (r"\22%f\22\0A\09\\\07", "f32", r'cce::printf("\"%f\"\n\t\\\007", x);'),
        ("", "f16", 'cce::printf("%f", (float)x);'),
        ("%f", "bf16", 'cce::printf("%f", (float)x);'),
    ],
)
def test_a_print_quotes_its_format(cce_lines: CceLines, format_: str, type_: str, call: str) -> None:
    found = cce_lines(f'func.func @k(%x: {type_}) {{\n  pto.print ins("{format_}", %x : {type_})\n  return\n}}')
    assert found[1] == call


def test_a_trap(body_lines: BodyLines) -> None:
    assert body_lines("pto.trap")[-1] == "trap();"
