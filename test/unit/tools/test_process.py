"""`pto-opt` as a process of its own."""

import subprocess
import sys


def process(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "tilewright.tools.pto_opt", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_the_process_exits_with_one() -> None:
    done = process(stdin=b"}")
    assert done.returncode == 1
    assert done.stdout == b""


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    body = b"".join(b"func.func private @f%d()\n" % n for n in range(20_000))
    command = [sys.executable, "-m", "tilewright.tools.pto_opt"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        running.stdin.write(body)
        running.stdin.close()
        assert running.stderr.read() == b""
        assert running.wait() == 1
