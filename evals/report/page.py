"""A report as one HTML page: no script, nothing from outside, read on a screen, a phone or paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from evals import checker
from evals.outcomes import Outcome
from evals.report import against, groups, judging, side_by_side
from evals.report.evaluation import CALLED, Evaluation

_HERE = Path(__file__).parent
_HASH = re.compile(r"\(?\b[0-9a-f]{12,64}\b[),]*")


def page(evaluation: Evaluation) -> str:
    """The whole page."""
    outcomes = evaluation.outcomes
    checked = judging.of_checks(checker.read(), evaluation.run.rules)
    writers = [side_by_side.quality(outcomes), judging.by_judge(evaluation), side_by_side.by_construction(outcomes), checked]
    compared = [against.figures(evaluation), against.by_suite(evaluation)] if evaluation.changes else []
    parts = [*(groups.by(name, outcomes) for name in ("suite", "trade", "channel")), groups.by_rule(outcomes)]
    template = _environment().get_template("page.html")
    return template.render(
        title=", ".join(filter(None, ("Drafts", evaluation.ran["Model"], evaluation.ran["Run on"][:10]))),
        style=Markup((_HERE / "page.css").read_text("utf-8")),  # ours, and no word of a letter in it
        ran=evaluation.ran,
        verdict=evaluation.verdict,
        warnings=evaluation.warnings,
        has_judge=writers[1] is not None,
        writers=[one for one in writers if one],
        against=evaluation.name if evaluation.against else "",
        compared=[one for one in compared if one],
        parts=[one for one in parts if one.rows],
        cost=side_by_side.cost(outcomes),
        moved=against.moved(evaluation),
        alone=against.alone(evaluation),
        wrong={CALLED.get(writer, writer): _wrong(found) for writer, found in outcomes.items()},
        many=any(one.epoch > 1 for found in outcomes.values() for one in found),
    )


def _wrong(found: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in found if not one.expected]


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["hashes"] = hashes
    return made


def hashes(text: str) -> Markup:
    """The text with each hash in it kept on one line: who compares two reads them whole."""
    return Markup(_HASH.sub(r'<span class="hash">\g<0></span>', str(escape(text))))  # escaped, and a hash holds no markup
