"""What comes ready with the rules: `python -m evals.prepared` writes `drafter/checks/prepared.json` anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from drafter.checks.head import head_and_body, without
from drafter.checks.heading import read_yaml
from drafter.checks.needed import worked_out
from drafter.checks.prepared import FILE, mark
from drafter.checks.rewriting.recipe import FOLDER as RECIPES
from drafter.checks.rule import EXAMPLES
from drafter.checks.ruleset import FOLDER, languages, rules_for


def written() -> str:
    """The text of the file, an entry a line."""
    patterns = dict.fromkeys(pattern for language in languages() for rule in rules_for(language).rules.values() for pattern in rule.match)
    needs, chosen = worked_out(patterns)
    heads = dict(_heads())
    whole = _json(
        {
            "heads": _json({name: json.dumps(head) for name, head in heads.items()}),
            "needs": _json(
                {
                    "all": "[\n" + ",\n".join(map(json.dumps, needs)) + "\n]",
                    "chosen": _json({mark(pattern): json.dumps(own) for pattern, own in zip(patterns, chosen, strict=True)}),
                }
            ),
        }
    )
    return whole + "\n"


def _heads() -> Iterator[tuple[str, dict[str, Any]]]:
    for language in languages():
        for path in sorted((FOLDER / language).glob("*.md")):
            head, _ = head_and_body(path)
            yield mark(head), read_yaml(without(EXAMPLES, head), path)
        for path in sorted((RECIPES / language).glob("*.yaml")):
            recipe = path.read_text("utf-8")
            yield mark(recipe), read_yaml(recipe, path)


def _json(values: dict[str, str]) -> str:
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {value}" for name, value in values.items()) + "\n}"


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
