"""The rules as pages: in the order in which they are shown, and in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drafter.cli.display import STYLES

if TYPE_CHECKING:
    from drafter.checks.rule import Rule
    from drafter.checks.ruleset import RuleSet

HEADINGS = {
    "flag": "What a reply should not say",
    "element": "What a reply may owe",
    "fact": "What the facts decide",
    "house": "What the house decides",
}
_ABOUT = {
    "flag": "Found in any text. In the examples, the flagged words are bold.",
    "element": "Found missing only where the facts or the kind of message say that it is owed. The finding is called as in the heading.",
    "fact": "Found only beside the facts; these examples belong to the facts of `examples/double_charge.yaml`.",
    "house": "Found only where a settings file asks for it.",
}
_EXAMPLES = {"element": ("Lacking it", "Having it")}
_HEAD = """# Rules

Every finding of `drafter check` is called after its rule. A settings file can give each rule another severity, or switch
it off: [checks.md](checks.md). `drafter rules --format markdown` writes this page, with the rules of your house.

Sources such as P9 are prescriptions of the articles that Drafter began with, S000 to S004 those articles; the others are
papers, guides and people that a search finds by these names.
"""


def page(known: RuleSet) -> str:
    """All rules on one page of Markdown, a section each."""
    parts = [_HEAD]
    for kind, heading in HEADINGS.items():
        parts.append(f"## {heading}\n\n{_ABOUT[kind]}\n")
        parts += [section(rule, known) for rule in ordered(known, kind)]
    return "\n".join(parts)


def section(rule: Rule, known: RuleSet) -> str:
    """One rule in Markdown: what it is about, its severity, examples, rewrite and sources."""
    parts = [f"### {rule.finding}", _severity(rule, known), *_plain(rule), *_examples(rule), *_rewrite(rule, known), *_sources(rule)]
    return "\n\n".join(parts) + "\n"


def ordered(known: RuleSet, kind: str) -> list[Rule]:
    """The rules of one kind, the gravest first."""
    chosen = (rule for rule in known.rules.values() if rule.kind == kind)
    return sorted(chosen, key=lambda rule: ([*STYLES, "off"].index(known.level(rule)), rule.id))


def first_sentence(rule: Rule) -> str:
    """What a rule is about, in one sentence."""
    return rule.message.split(". ")[0].rstrip(".") + "."


def _severity(rule: Rule, known: RuleSet) -> str:
    raised = f"; {rule.raise_to.severity} where {', '.join(rule.raise_to.absent)} is nowhere in the text" if rule.raise_to else ""
    public = " Only on channels that everyone can read." if rule.public else ""
    return f"**{known.level(rule).capitalize()}**{raised}.{public}"


def _plain(rule: Rule) -> Iterator[str]:
    yield from (" ".join(paragraph.split()) for paragraph in rule.body.strip().split("\n\n"))


def _examples(rule: Rule) -> Iterator[str]:
    flagged, passing = _EXAMPLES.get(rule.kind, ("Flagged", "Passing"))
    for heading, examples in ((flagged, rule.flags), (passing, rule.passes)):
        if examples:
            yield f"{heading}:\n\n" + "\n".join(f"- {_shown(example)}" for example in examples)


def _rewrite(rule: Rule, known: RuleSet) -> Iterator[str]:
    """What is proposed for the first example that has honest words to put instead, without any facts."""
    from drafter.checks.clauses import analyse
    from drafter.checks.engine import first_spans, scan
    from drafter.checks.rewriting.propose import Proposer, propose

    for example in rule.flags if rule.kind == "flag" else ():
        document = analyse(re.sub(r"\[([^\]]*)\]", r"\1", example))
        proposer = Proposer(document, known.language, first_spans(document, known))
        for finding in propose(scan(document, known, public=rule.public, voice=False), proposer):
            if finding.rule == rule.id and finding.rewrite is not None:
                then = f"becomes “{finding.rewrite}”" if finding.rewrite else "is left out"
                yield f"Rewrite, without facts: “{finding.text}” {then}."
                return


def _sources(rule: Rule) -> Sequence[str]:
    return (f"Sources: {'; '.join(rule.source)}",) if rule.source else ()


def _shown(example: str) -> str:
    """An example on one line, with its flagged words bold."""
    words = re.sub(r"([\\`*_<>#])", r"\\\1", " / ".join(line for line in example.splitlines() if line.strip()))
    return re.sub(r"\[([^\]]*)\]", r"**\1**", words)
