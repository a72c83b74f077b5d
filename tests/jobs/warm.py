"""A warm process that makes others of itself on demand: each starts with everything loaded, and may be killed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import traceback
from typing import Any, BinaryIO

from tests.conftest import EXAMPLES, ROOT


class Warm:
    """The other side of `main`: calls of functions in processes of their own. Functions and arguments are pickled."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.jobs.warm"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def start(self, call: Any, *args: Any) -> int:
        """Call a function in a process of its own; its id."""
        return self._told(("start", (call, args)))

    def wait(self, pid: int) -> int:
        """Wait until such a process ends: 0 where the call did, 1 where it raised, minus the signal where it was killed."""
        return self._told(("wait", pid))

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _told(self, order: tuple[str, Any]) -> int:
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        pickle.dump(order, into)
        into.flush()
        answer: int = pickle.load(out)
        return answer


def main(orders: BinaryIO, answers: BinaryIO) -> None:
    """Take orders until there are no more."""
    import tests.jobs.process  # noqa: F401 - whoever is made here has it
    from drafter.incident import read_incident
    from drafter.model.tokens import count_tokens
    from drafter.writer import Writer

    Writer().draft(read_incident(EXAMPLES[0]))  # rules, phrases and words are read once, here
    count_tokens("a", "scripted")

    while True:
        try:
            what, value = pickle.load(orders)
        except EOFError:
            return
        if what == "start":
            pid = os.fork()
            if pid == 0:
                _call(*value)
        else:
            pid = os.waitstatus_to_exitcode(os.waitpid(value, 0)[1])
        pickle.dump(pid, answers)
        answers.flush()


def _call(call: Any, args: Any) -> None:
    try:
        call(*args)
    except BaseException:  # noqa: BLE001 - this process is a copy, and must end here whatever happens
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed must not stand among the answers
    main(sys.stdin.buffer, answers)
