"""What is done about it: the fix, what the customer is given, the cause, and what changes."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.compose.deeds import action_line, spread, tense
from drafter.compose.harm import has_verb
from drafter.compose.scene import Line, Scene, many, section
from drafter.draft import Section
from drafter.incident import Action, Problem, Remedy

LISTED = 3  # from here on items stand in a list
_SHORT_TERM = 130  # characters of a gift and its term in one sentence
_LONG_CAUSE = 130  # characters: a longer cause stands as a sentence of its own


def fix(scene: Scene) -> Section | None:
    """What has been done, is being done and will be done for this customer."""
    if many(scene):
        return None
    actions = [action for problem in scene.incident.problems for action in problem.fixes if scene.fresh([action.id])]
    lines = spread(scene, actions)
    if scene.incident.kind == "follow_up":
        return section("fix", labelled(scene, _recap_label(scene, actions), lines))
    told = scene.incident.severity == "urgent" or scene.incident.channel not in ("email", "status_page")
    if len(lines) < LISTED or told:
        return section("fix", lines)
    key = "fix.list.done" if all(action.state == "done" for action in actions) else "fix.list.mixed"
    return section("fix", [Line(scene.say(key) + "\n"), *(Line(f"- {line.text}", line.facts) for line in lines)], between="\n")


def make_good(scene: Scene) -> Section | None:
    """What the customer is given, what is refused with its reason, and what is not decided yet."""
    if many(scene):
        return None
    remedies = [remedy for problem in scene.incident.problems for remedy in problem.remedies if scene.fresh([remedy.id])]
    scene.dates.paragraph()
    return section("make_good", [line for remedy in remedies for line in remedy_lines(scene, remedy)])


def cause(scene: Scene) -> Section | None:
    """How it happened, in two sentences at the most, with us as the one who acted."""
    if many(scene):
        return None
    plain = len(scene.incident.problems) > 1
    return section("cause", [line for problem in scene.incident.problems for line in cause_lines(scene, problem, plain=plain)])


def prevention(scene: Scene) -> Section | None:
    """What changes so that it does not happen again, never as done when it is planned."""
    if many(scene):
        return None
    lines = _background(scene, "prevention")
    if scene.incident.kind != "follow_up" or not lines:
        return section("prevention", lines)
    planned = all(scene.incident.fact(fact).state == "will" for fact in lines[0].facts)
    return section("prevention", labelled(scene, "change.recap.will" if planned else "change.recap", lines))


def contained(scene: Scene) -> Section | None:
    """Where else we looked for the same fault."""
    return None if many(scene) else section("contained", _background(scene, "containment"))


def labelled(scene: Scene, label: str, lines: Sequence[Line]) -> list[Line]:
    """Sentences behind a label, the first of which goes on from it: "What we changed: since …"."""
    if not lines:
        return []
    return [Line(f"{scene.say(label)} {scene.wording.inner(lines[0].text)}.", lines[0].facts), *lines[1:]]


def repair_lines(scene: Scene, problem: Problem) -> list[Line]:
    """Everything that is done about one problem, for a paragraph of its own."""
    lines = spread(scene, [action for action in problem.fixes if scene.fresh([action.id])])
    for remedy in problem.remedies:
        lines += remedy_lines(scene, remedy) if scene.fresh([remedy.id]) else []
    for name in ("prevention", "containment"):
        lines += _background(scene, name, (problem,))
    return lines


def remedy_lines(scene: Scene, remedy: Remedy) -> list[Line]:
    """A remedy as sentences: granted with its terms, refused with its reason, or pending with the day of the decision."""
    facts = (remedy.id,)
    if remedy.decision == "declined":
        text = scene.say("remedy.declined", noun=remedy_noun(scene, remedy), because=scene.wording.reason(remedy.because or ""))
        instead = [Line(scene.wording.sentence(remedy.instead), facts)] if remedy.instead else []
        return [Line(text, facts), *instead, *_terms(scene, remedy)]
    if remedy.decision == "pending":
        return [*_pending_lines(scene, remedy), *_terms(scene, remedy)]
    return _with_terms(scene, _granted(scene, remedy), _terms(scene, remedy))


def _with_terms(scene: Scene, given: Line, terms: list[Line]) -> list[Line]:
    """A gift and its one short term in one sentence: "I put a crossing on your account, and you can use it on any day"."""
    one = len(terms) == 1 and scene.wording.joinable([given.text.rstrip("."), terms[0].text.rstrip(".")], longest=_SHORT_TERM)
    if not one or scene.wording.meets("joined", given.text):
        return [given, *terms]
    both = scene.say("and", first=given.text.rstrip("."), last=scene.wording.inner(terms[0].text))
    return [Line(f"{both}.", given.facts)]


def remedy_clause(scene: Scene, remedy: Remedy) -> str:
    """What a granted remedy is, as a clause: its own text, or its kind and amount in safe words."""
    if remedy.text:
        whole = has_verb(scene, remedy.text) or scene.wording.meets("second_person", remedy.text)
        key = "remedy.none" if scene.wording.meets("nothing_of", remedy.text) else "remedy.thing"
        given = remedy.text if whole else scene.say(key, thing=scene.wording.inner(remedy.text))
        return scene.wording.mine(given, remedy.owner)
    clause = _wordless(scene, remedy)
    if scene.wording.sentence_of(clause) not in scene.wording.spoken:
        same = any(_wordless_before(scene, remedy, other) for problem in scene.incident.problems for other in problem.remedies)
        return scene.wording.phrases.patterns["also_at"].sub(lambda match: scene.say("also", verb=match[0]), clause) if same else clause
    return scene.say("remedy.another", kind=remedy_noun(scene, remedy).split(" ", 1)[1])


def _wordless_before(scene: Scene, remedy: Remedy, other: Remedy) -> bool:
    """Whether another gift of this kind was told in the same words just before, with another amount."""
    told = other is not remedy and other.kind == remedy.kind and other.decision == "granted" and not other.text
    return told and scene.wording.sentence_of(_wordless(scene, other)) in scene.wording.spoken


def _wordless(scene: Scene, remedy: Remedy) -> str:
    if remedy.amount and scene.wording.has(f"remedy.{remedy.kind}"):
        return scene.say(f"remedy.{remedy.kind}", amount=remedy.amount.written(scene.incident.locale))
    bare = f"remedy.{remedy.kind}.bare"
    return scene.say(bare if scene.wording.has(bare) else f"remedy.{remedy.kind}")


def remedy_noun(scene: Scene, remedy: Remedy) -> str:
    """What a remedy is, as a noun with its amount: "a credit of $149.00"; an indirect question stays what it is."""
    if remedy.text and scene.wording.meets("indirect", remedy.text):
        return scene.wording.inner(remedy.text)
    noun = scene.say(f"noun.{remedy.kind}")
    return scene.say("noun.of", noun=noun, amount=remedy.amount.written(scene.incident.locale)) if remedy.amount else noun


def cause_lines(scene: Scene, problem: Problem, *, plain: bool = False) -> list[Line]:
    """The customer's step as an event, another party's part, and our cause, where there is room for them."""
    if scene.withheld:
        scene.leave([f"{problem.id}.cause", f"{problem.id}.customer_part", f"{problem.id}.third_party"], "withheld")
        return []
    lines: list[Line] = []
    part = [f"{problem.id}.customer_part"]
    if problem.customer_part and scene.stated(problem) and scene.fresh(part) and scene.roomy(part):
        lines.append(Line(scene.wording.sentence(problem.customer_part), (f"{problem.id}.customer_part",)))
    if problem.third_party and problem.fault != "not_ours":
        lines += third_lines(scene, problem)
    fact = f"{problem.id}.cause"
    if problem.cause in (None, "unknown") or not scene.fresh([fact]) or not scene.roomy([fact]):
        return lines
    cause = scene.wording.reason(problem.cause or "")
    return [*lines, Line(scene.wording.sentence(cause) if plain or lines else _cause(scene, cause), (fact,))]


def _cause(scene: Scene, cause: str) -> str:
    """The cause as a sentence: by itself, or as the reason of what was told before."""
    meets = scene.wording.meets
    long = len(cause) > _LONG_CAUSE or meets("subordinate", cause) or meets("involved", cause)
    return scene.say("cause.long" if long else "cause", cause=scene.wording.inner(cause), sentence=scene.wording.sentence(cause))


def third_lines(scene: Scene, problem: Problem) -> list[Line]:
    """Another party's part: ours to put right where we have a part in it, else a neutral fact."""
    third = problem.third_party
    facts = (f"{problem.id}.third_party",)
    if third is None or not scene.fresh(facts) or (problem.fault != "not_ours" and not scene.roomy(facts)):
        return []
    if problem.fault in ("not_ours", "unknown") or scene.withheld:
        return [Line(scene.wording.sentence(third), facts)] if " " in third else []
    key = "third.ours" if len(third.split()) > 3 else "third.name"
    return [Line(scene.wording.sentence(scene.say(key, third=third)), facts)]


def _granted(scene: Scene, remedy: Remedy) -> Line:
    clause, moment, dates = remedy_clause(scene, remedy), remedy.on, scene.dates
    if moment is None or dates.mentions(clause, moment):
        return Line(scene.wording.sentence(clause), (remedy.id,))
    if dates.past(moment):
        plain = (dates.plain_today(moment) and not dates.simple(clause)) or (dates.is_near(moment) and tense(scene, clause) == "perfect")
        return Line(scene.wording.sentence(clause if plain else dates.placed(clause, dates.when(moment))), (remedy.id,))
    if scene.wording.meets("future", clause):
        return Line(scene.wording.sentence(dates.placed(clause, dates.when(moment, by=True, ahead=True), by=True)), (remedy.id,))
    key = _arrival(scene, remedy)
    text = scene.wording.sentence(clause)
    return Line(f"{text} {scene.say(key, by=dates.when(moment, by=True, ahead=True))}" if key else text, (remedy.id,))


def _arrival(scene: Scene, remedy: Remedy) -> str:
    """The phrase for the day that a remedy arrives: once for those in a row, "" where a later one or an answer says it."""
    if _answered_with(scene, remedy):
        return ""
    run = [remedy]
    for problem in scene.incident.problems:
        remedies = problem.remedies
        if remedy in remedies:
            at = remedies.index(remedy)
            if at + 1 < len(remedies) and _arrives(scene, remedies[at + 1]) and remedies[at + 1].on == remedy.on:
                return ""
            while at and _arrives(scene, remedies[at - 1]) and remedies[at - 1].on == remedy.on:
                at -= 1
                run.append(remedies[at])
    return "remedy.arrives" + {1: "", 2: ".both"}.get(len(run), ".all")


def _arrives(scene: Scene, remedy: Remedy) -> bool:
    """Whether a remedy is told as given, with a second sentence for the day that it arrives."""
    moment, clause = remedy.on, remedy.text or ""
    if (
        remedy.decision != "granted"
        or moment is None
        or not clause
        or remedy.terms
        or remedy.id in scene.told
        or remedy.id in scene.private
    ):
        return False
    ahead = not scene.dates.past(moment) and not scene.dates.mentions(clause, moment)
    return ahead and not scene.wording.meets("future", clause) and not _answered_with(scene, remedy)


def _answered_with(scene: Scene, remedy: Remedy) -> bool:
    """Whether the answer to an ask, earlier in the letter, has told the same money with the same day."""
    if remedy.on is None or scene.incident.kind in ("notice", "remedy_confirmation", "follow_up"):
        return False
    amount = remedy.amount.written(scene.incident.locale) if remedy.amount else ""
    for ask in scene.incident.asks:
        words = f"{ask.text} {ask.answer or ''}"
        same = ask.id in remedy.covers or (bool(amount) and amount.rstrip("0").rstrip(".") in words)
        dated = scene.dates.mentions(ask.answer, remedy.on) if ask.answer else ask.decision == "granted" and ask.on == remedy.on
        if same and dated and ask.id not in scene.told and scene.incident.channel != "sms":
            return True
    return False


def _pending_lines(scene: Scene, remedy: Remedy) -> list[Line]:
    """What is not decided yet, and when it will be: by the next step that brings it, where one does."""
    noun, owner = remedy_noun(scene, remedy), remedy.owner if remedy.owner != scene.incident.signer.name else None
    if merged := scene.merged.get(remedy.id):
        text = scene.say("remedy.pending.decides" if owner else "remedy.pending", noun=noun, owner=owner or "")
        return [Line(text, (remedy.id,)), action_line(scene, merged)]
    if remedy.on is None:
        return [Line(scene.say("remedy.pending", noun=noun), (remedy.id,))]
    by = scene.dates.when(remedy.on, by=True, ahead=True)
    return [Line(scene.say("remedy.pending.owner" if owner else "remedy.pending.on", noun=noun, owner=owner or "", by=by), (remedy.id,))]


def _terms(scene: Scene, remedy: Remedy) -> list[Line]:
    if 1 < len(remedy.terms) < LISTED and scene.wording.joinable(remedy.terms):
        return [Line(scene.wording.sentence(scene.wording.joined(remedy.terms)), (remedy.id,))]
    return [Line(scene.wording.sentence(term), (remedy.id,)) for term in remedy.terms]


def _background(scene: Scene, name: str, problems: Sequence[Problem] = ()) -> list[Line]:
    lines: list[Line] = []
    for problem in problems or scene.incident.problems:
        actions = problem.prevention if name == "prevention" else problem.containment
        kept = [action for action in actions if scene.fresh([action.id])] if actions != "unknown" else []
        if name == "prevention" and scene.withheld:
            scene.leave((action.id for action in kept), "withheld")
            continue
        lines += spread(scene, [action for action in kept if scene.roomy([action.id])], lasting=name == "prevention")
    return lines


def _recap_label(scene: Scene, actions: Sequence[Action]) -> str:
    if any(action.state != "done" for action in actions[:1]):
        return "fix.recap.open"
    return "fix.recap" if scene.incident.faults & {"ours", "shared"} else "fix.recap.help"
