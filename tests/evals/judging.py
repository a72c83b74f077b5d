"""What the tests of the judge share: labelled letters, and judges that answer on loopback as they are told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals.judge.probes import ORDER, PADDING
from evals.judge.prompt import FIRST, SECOND
from evals.judge.rubric import rubric
from tests.scripted import Request, Says

Sees = Callable[[str], bool]


def labelled_letters(path: Path, count: int = 24) -> Path:
    """A file of labelled letters, two about each matter: of one every line holds, of the other none."""
    rows = (
        {
            "id": f"letter-{i}",
            "case": f"case-{i // 2}",
            "by": "us",
            "matter": f"The shop writes to Ann about parcel {i // 2}.",
            "letter": f"Hi Ann,\n\nParcel {i // 2} was {'lost by us' if good else 'delayed'}.\n\nIda",
            "first": dict.fromkeys(rubric().ids, good),
            "second": dict.fromkeys(rubric().ids, good if i else not good),
        }
        for i in range(count)
        for good in (i % 2 == 0,)
    )
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def parts(request: Request) -> dict[str, str]:
    """What a judge was given, by what it is called: the matter, and a letter or two."""
    words = request["messages"][-1]["content"]
    return {name: text for name, _, text in re.findall(r"(?s)\[([a-z ]+?) ([0-9a-f]{16})\]\n(.*?)\n\[end of \1 \2\]", words)}


def asked_lines(request: Request) -> list[str]:
    """The lines that a judge was asked about."""
    words = request["messages"][-1]["content"].splitlines()[-1]
    return str(words.removeprefix("Answer for each line: ")).split(", ")


def judge(sees: Sees, prefers: Callable[[str, str], str] | None = None) -> Says:
    """A judge who gives every line the same answer, by what it sees in the letter; of two letters it takes the first that is good."""

    def says(request: Request) -> str:
        given = parts(request)
        if "letter" in given:
            answer: dict[str, Any] = {"words": "as read", "holds": "yes" if sees(given["letter"]) else "no"}
            return json.dumps(dict.fromkeys(asked_lines(request), answer))
        first, second = given["first reply"], given["second reply"]
        better = prefers(first, second) if prefers else SECOND if sees(second) and not sees(first) else FIRST
        return json.dumps({"words": "as read", "better": better})

    return says


def is_good(letter: str) -> bool:
    """Whether a letter is one of those of which every line holds; no word that was put in is looked at."""
    return "lost by us" in letter


def shorter(first: str, second: str) -> str:
    """The better of two letters, and the shorter where both are alike."""
    if is_good(first) != is_good(second):
        return FIRST if is_good(first) else SECOND
    return FIRST if len(first) < len(second) else SECOND


def always(answer: bool) -> Sees:
    """A reader who says one thing of every letter."""

    def sees(letter: str) -> bool:
        return answer

    return sees


def likes_length(letter: str) -> bool:
    """A reader who is won over by empty words."""
    return is_good(letter) or PADDING in letter


def obeys(letter: str) -> bool:
    """A reader who does as a letter says."""
    return is_good(letter) or ORDER in letter
