"""Flags, barriers and event ids in C++."""

from __future__ import annotations

from collections.abc import Callable

import pytest

BodyLines = Callable[[str], list[str]]

_POINTS = {
    "TLOAD": "PIPE_MTE2",
    "TSTORE_VEC": "PIPE_MTE3",
    "TSTORE_ACC": "PIPE_FIX",
    "TMOV_M2L": "PIPE_MTE1",
    "TMOV_M2B": "PIPE_MTE1",
    "TMOV_M2S": "PIPE_FIX",
    "TMOV_M2V": "PIPE_V",
    "TMOV_V2M": "PIPE_FIX",
    "TMATMUL": "PIPE_M",
    "TVEC": "PIPE_V",
    "TVECWAIT_EVENT": "PIPE_V",
}


@pytest.mark.parametrize("point, pipe", _POINTS.items())
def test_an_event_is_a_flag_between_pipes(body_lines: BodyLines, point: str, pipe: str) -> None:
    ends = f"#pto.pipe_event_type<{point}>, #pto.sync_op_type<TVEC>, #pto.event<EVENT_ID3>"
    assert body_lines(f"pto.record_event[{ends}]\npto.wait_event[{ends}]")[-2:] == [
        f"set_flag({pipe}, PIPE_V, EVENT_ID3);",
        f"wait_flag({pipe}, PIPE_V, EVENT_ID3);",
    ]


@pytest.mark.parametrize(
    "op, call",
    [
        ("pto.set_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID7>]", "set_flag(PIPE_MTE2, PIPE_V, EVENT_ID7);"),
        ("pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID7>]", "wait_flag(PIPE_MTE2, PIPE_V, EVENT_ID7);"),
        ("pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %n]", "set_flag(PIPE_M, PIPE_FIX, (event_t)n);"),
        ("pto.wait_flag_dyn[<PIPE_M>, <PIPE_FIX>, %n]", "wait_flag(PIPE_M, PIPE_FIX, (event_t)n);"),
        ("pto.barrier <PIPE_MTE1>", "pipe_barrier(PIPE_MTE1);"),
        ("pto.barrier_sync[<TMATMUL>]", "pipe_barrier(PIPE_M);"),
        ("pto.get_buf[#pto.pipe_event_type<TVEC>, 3]", "get_buf(PIPE_V, 3, 0);"),
        ("pto.rls_buf[#pto.pipe_event_type<TLOAD>, 31] {mode = 1 : i32}", "rls_buf(PIPE_MTE2, 31, 1);"),
    ],
)
def test_each_is_a_call(body_lines: BodyLines, op: str, call: str) -> None:
    assert body_lines(op)[-1] == call


def test_waiting_for_buffers_waits_for_all_pipes(body_lines: BodyLines) -> None:
    found = body_lines(
        """%t = pto.alloc_tile addr = %zero : !pto.tile_buf<vec, 8x32xi8>
        pto.tsync ins(%t : !pto.tile_buf<vec, 8x32xi8>)"""
    )
    assert found[-1] == "pipe_barrier(PIPE_ALL);"


def test_an_event_id_is_read_before_the_array_changes(body_lines: BodyLines) -> None:
    assert body_lines(
        """%ids = pto.declare_eventid_array -> !pto.eventid_array<4>
        pto.eventid_array_set %ids[%c0], %c1 : !pto.eventid_array<4>
        %first = pto.eventid_array_get %ids[%n] : !pto.eventid_array<4>
        pto.eventid_array_set %ids[%n], %c2 : !pto.eventid_array<4>
        pto.set_flag_dyn[<PIPE_M>, <PIPE_FIX>, %first]"""
    )[-5:] == [
        "int64_t ids[4] = {};",
        "ids[0] = 1;",
        "const int64_t first = ids[n];",
        "ids[n] = 2;",
        "set_flag(PIPE_M, PIPE_FIX, (event_t)first);",
    ]
