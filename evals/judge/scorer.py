"""The scorer `judged`: what a judge says of a letter, line by line of the rubric, and of what its case alone asks."""

from __future__ import annotations

import math
from collections.abc import Mapping

from inspect_ai.log import EvalSample
from inspect_ai.model import get_model
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import TaskState

from evals.judge.answer import Answer, read_answers
from evals.judge.asking import ROLE, ask, name_of
from evals.judge.matter import matter
from evals.judge.prompt import for_letter, letter_schema, rubric_hash
from evals.judge.rubric import Line, rubric
from evals.suites import draft_cases

JUDGED = "judged"
OWN = "own"  # every statement that the case itself has for a judge


@scorer(metrics={"*": [mean(), stderr()]}, name=JUDGED)
def judged() -> Scorer:
    """1 where a line holds, 0 where it does not, nan where nobody can say: not asked, or the answer could not be read.

    The statements of a case are asked by themselves, so that the lines of the rubric are asked exactly as the judge was measured.
    """

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect calls it with both
        case, letter = draft_cases()[str(state.sample_id)], state.output.completion
        own = tuple(Line(f"own-{i}", text) for i, text in enumerate(case.expect.judge, 1))
        model, about = get_model(role=ROLE, required=True), matter(case.incident)
        answers = dict[str, Answer]()
        for lines in filter(None, (rubric().lines, own)) if letter.strip() else ():
            said = await ask(model, for_letter(about, letter, lines), letter_schema(lines))
            answers |= read_answers(said, [line.id for line in lines])
        asked = {line.id: line.statement for line in (*rubric().lines, *own)}
        return Score(
            value={line.id: _value(answers, [line]) for line in rubric().lines} | {OWN: _value(answers, own)},
            answer=letter,
            explanation="\n".join(f"{_said(answers.get(name))}: {text}{_because(answers.get(name))}" for name, text in asked.items()),
            metadata={"judge": name_of(model), "rubric": rubric_hash(), "unread": [name for name in asked if name not in answers]},
        )

    return score


def judged_of(sample: EvalSample) -> dict[str, float]:
    """What a judge said of a letter: 1 or 0 for each line that was judged; empty where there was no judge."""
    score = (sample.scores or {}).get(JUDGED)
    value = score.value if score and isinstance(score.value, dict) else {}
    return {line: float(one) for line, one in value.items() if isinstance(one, int | float) and not math.isnan(one)}


def rubric_of(sample: EvalSample) -> str:
    """The hash of the rubric by which a letter was judged; empty where there was no judge."""
    score = (sample.scores or {}).get(JUDGED)
    return str((score.metadata or {}).get("rubric", "")) if score else ""


def _value(answers: Mapping[str, Answer], lines: list[Line] | tuple[Line, ...]) -> float:
    """Whether all the lines hold; nan where one was not judged, or there is none."""
    if not lines or any(line.id not in answers for line in lines):
        return math.nan
    return float(all(answers[line.id].holds for line in lines))


def _said(answer: Answer | None) -> str:
    return "not judged" if answer is None else "yes" if answer.holds else "no"


def _because(answer: Answer | None) -> str:
    return f" ({answer.words})" if answer and answer.words else ""
