"""What is wrong with a model's letter, section by section: from the check, from what it lost, and from its own shape."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from drafter.chain.answer import Texts
from drafter.chain.sheet import copied, writable
from drafter.chain.trim import echoes
from drafter.checks import Finding, Report, check
from drafter.checks.grounding import cover
from drafter.compose.channels import SEGMENTS, segments
from drafter.draft import Letter, Section, SectionName
from drafter.house.tables import House
from drafter.incident import Incident
from drafter.privacy import Placeholders

Faults = dict[SectionName, tuple[str, ...]]
"""Section -> what is wrong with it, in plain words; a section without a fault is not in it."""

_OWN = ("model", "agent")  # whose words are judged beside the composed ones
_PRONOUN = re.compile(r"\[(?:CUSTOMER|SIGNER)_(?:NAME|FIRST_NAME|SURNAME|CALLED)")
_EVERYDAY_ENGLISH = (
    "the of and to in is was we you your i it that on for with have had not be by at this will are our my from so but an as"
    " i'll i've we've i'm we're us there they which what when it's has been since after before every each them his he she their its"
    " who then if can could would did now until up out today tomorrow yesterday again only one"
)
_EVERYDAY = {"en": frozenset(_EVERYDAY_ENGLISH.split())}
"""Language -> words that no text in it does without."""
_OWES: dict[str, tuple[SectionName, ...]] = {
    "missing-explicit-apology": ("ownership", "impact"),
    "missing-ownership": ("ownership", "cause", "impact"),
    "missing-specific-failure": ("ownership", "impact"),
    "missing-impact": ("impact", "ownership"),
    "missing-concrete-fix": ("fix", "make_good", "answers", "next"),
    "missing-make-good": ("make_good", "fix"),
    "missing-prevention": ("prevention", "cause"),
    "missing-known-unknown-next": ("next", "unknown", "known", "fix"),
    "missing-in-writing-recap": ("prevention", "fix", "ownership"),
    "missing-answer": ("answers", "fix", "next"),
    "missing-correction": ("correction", "ownership", "known", "fix"),
}


def faults_of(letter: Letter, report: Report, incident: Incident, *, composed: Letter, baseline: Report) -> Faults:
    """What the check of a model's letter finds wrong, under the section that has to mend it.

    `composed` and `baseline` are the composed letter and its own check: what they do not have is not asked of the model.
    """
    found: dict[SectionName, list[str]] = defaultdict(list)
    owner = _owners(composed)
    lost = {item.fact: incident.fact(item.fact).text for item in report.coverage if item.span is None and item.fact in owner}
    for finding in _new(report.errors, baseline):
        fact = next((fact for fact, text in lost.items() if not finding.text and _names(finding, text)), None)
        found[owner[fact] if fact else _section_of(finding, letter)].append(describe(finding))
    for name, reason in (
        *_admitted(letter, baseline),
        *_foreign(letter, incident),
        *_too_long(letter, incident, composed),
        *_repeated(letter, composed),
    ):
        found[name].append(reason)
    return {name: tuple(dict.fromkeys(reasons)) for name, reasons in found.items()}


def doubts_of(letter: Letter, report: Report, incident: Incident, *, composed: Letter, baseline: Report) -> Faults:
    """What a person should look at in a model's own sections: warnings, and facts that they do not seem to state.

    Worth one more try, never a reason to throw a section away.
    """
    found: dict[SectionName, list[str]] = defaultdict(list)
    own = {section.name for section in letter.sections if section.source in _OWN}
    for finding in _new(report.findings, baseline):
        name = _section_of(finding, letter)
        if finding.severity == "warning" and name in own:
            found[name].append(describe(finding))
    for name, fact in _unsaid(letter, report, incident, composed):
        found[name].append(f"it does not seem to say: {incident.fact(fact).text.splitlines()[0]}")
    return {name: tuple(dict.fromkeys(reasons)) for name, reasons in found.items()}


def owed_tokens(sections: tuple[Section, ...], placeholders: Placeholders, sheet: str) -> dict[SectionName, frozenset[str]]:
    """Section -> the placeholders that it has to hold: those of the composed section that the model was given.

    Not those that "you" or "I" may stand for.
    """
    given = frozenset(token for token in placeholders.tokens(sheet) if not _PRONOUN.match(token))
    return {section.name: given & placeholders.tokens(placeholders.hide(section.text)) for section in sections}


def shape_faults(texts: Texts, owed: dict[SectionName, frozenset[str]], placeholders: Placeholders, *, public: bool) -> Faults:
    """What is wrong with raw sections before they are put together: not there, or placeholders changed, lost or out of place.

    `owed` holds the sections that were asked for; a placeholder that one of them owes has to stand somewhere in the answer.
    """
    found: dict[SectionName, tuple[str, ...]] = {}
    everywhere = placeholders.tokens("\n".join(texts.values()))
    for name, tokens in owed.items():
        text = texts.get(name)
        if text is None:
            found[name] = ("nothing came that could be used",)
        elif copied(text):
            found[name] = ("it copies the list of facts in place of writing sentences",)
        elif wrong := placeholders.faults(text):
            found[name] = wrong
        elif public and (shown := placeholders.tokens(text)):
            found[name] = tuple(f"it shows “{placeholders.restore(token)}”, and everyone can read this" for token in sorted(shown))
        elif lost := tokens - everywhere:
            found[name] = tuple(f"it leaves out “{placeholders.restore(token)}”" for token in sorted(lost))
    return found


def together(*found: Faults) -> Faults:
    """What several looks found wrong, each section with all that was found in it."""
    names = dict.fromkeys(name for faults in found for name in faults)
    return {name: tuple(dict.fromkeys(reason for faults in found for reason in faults.get(name, ()))) for name in names}


def describe(finding: Finding) -> str:
    """A finding in one line: the words, and what is wrong with them."""
    message = " ".join(finding.message.split())
    return f"'{finding.text}': {message}" if finding.text else message


def sound_alone(text: str, incident: Incident, *, house: House | None = None) -> bool:
    """Whether a section may be shown before the rest of the letter is there: nothing in it is an error."""
    return all(finding.rule.startswith("missing-") for finding in check(text, incident, house=house).errors)


def _new(findings: Iterable[Finding], baseline: Report) -> Iterator[Finding]:
    """The findings that the composed letter does not have."""
    known = {(finding.rule, finding.text, finding.message) for finding in baseline.findings}
    return (finding for finding in findings if (finding.rule, finding.text, finding.message) not in known)


def _section_of(finding: Finding, letter: Letter) -> SectionName:
    """The section that a finding stands in; of something missing, or in words that are not the model's, the one that owes it."""
    names = [section.name for section in letter.sections if section.source in _OWN] or [writable(letter)[0].name]
    if finding.text:
        inside = [name for name, (start, end) in letter.spans().items() if start < finding.end and finding.start < end]
        return next((name for name in inside if name in names), names[0])
    return next((name for name in _OWES.get(finding.rule, ()) if name in names), names[0])


def _owners(composed: Letter) -> dict[str, SectionName]:
    """Fact -> the first section of the composed letter that states it."""
    return {fact: section.name for section in reversed(writable(composed)) for fact in section.facts}


def _names(finding: Finding, fact: str) -> bool:
    """Whether a finding about something missing is about this fact."""
    return fact.splitlines()[0][:60].lower() in finding.message.lower()


def _unsaid(letter: Letter, report: Report, incident: Incident, composed: Letter) -> Iterator[tuple[SectionName, str]]:
    """Facts that the composed letter states and this one does not, among those that the check does not demand."""
    judged = {item.fact for item in report.coverage}
    for name, text in ((section.name, section.text) for section in letter.sections if section.source in _OWN):
        facts = [fact for fact, owner in _owners(composed).items() if owner == name and fact not in judged]
        absent = _not_in(text, facts, incident)  # most often it stands where it belongs; the whole letter takes longer to search
        for fact in _not_in(letter.text, absent, incident):
            if not _not_in(composed.text, [fact], incident):
                yield name, fact


def _not_in(text: str, facts: list[str], incident: Incident) -> list[str]:
    return [item.fact for item in cover(text, incident, facts) if item.span is None] if facts else []


def _admitted(letter: Letter, baseline: Report) -> Iterator[tuple[SectionName, str]]:
    """Admissions in a message whose ownership is withheld."""
    if baseline.withheld and "ownership" in baseline.withheld.elements:
        for section in letter.sections:
            if section.source in _OWN and check(section.text).elements.get("ownership") == "present":
                yield section.name, "it says whose fault it was, which is withheld until a person releases it"


def _foreign(letter: Letter, incident: Incident) -> Iterator[tuple[SectionName, str]]:
    """Sections in another language than the letter's: eight words or more, and hardly one that it could not do without."""
    everyday = _EVERYDAY.get(incident.language)
    for section in letter.sections if everyday else ():
        words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", section.text.lower().replace("’", "'"))
        if section.source in _OWN and len(words) >= 8 and everyday and sum(word in everyday for word in words) < len(words) / 10:
            yield section.name, "it is not in the language of the letter"


def _repeated(letter: Letter, composed: Letter) -> Iterator[tuple[SectionName, str]]:
    """Sentences that a model's section shares with another one, for the one where they belong least."""
    meant = {sentence for sentence, _ in echoes(composed)}
    twins = {section.name: set(section.text.lower().split()) for section in composed.sections}
    for sentence, sections in echoes(letter):
        own = [section.name for section in reversed(sections) if section.source in _OWN]
        if own and sentence not in meant:
            words = set(sentence.lower().split())
            yield min(own, key=lambda name: len(words & twins[name])), f"it says what another part says too: “{sentence}”"


def _too_long(letter: Letter, incident: Incident, composed: Letter) -> Iterator[tuple[SectionName, str]]:
    twins = {section.name: len(section.text.split()) for section in composed.sections}
    own = [section for section in letter.sections if section.source in _OWN]
    for section in own:
        if len(section.text.split()) > 2 * twins[section.name] + 40:
            yield section.name, "it is far longer than its facts"
    if incident.channel == "sms" and own and segments(letter.text) > max(SEGMENTS, segments(composed.text)):
        longest = max(own, key=lambda section: len(section.text.split()) / max(1, twins[section.name]))
        yield longest.name, f"the message would not fit into {SEGMENTS} text messages"
