"""Actions as sentences: each with its date, as its state and its tense ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from drafter.compose.scene import Line, Scene
from drafter.incident import Action

_SHORT = 110  # characters of two sentences that go on in one


def action_line(scene: Scene, action: Action, *, lasting: bool = False, front: bool = False) -> Line:
    """An action as a sentence with its date; `lasting` is a change that stays, `front` puts the date first."""
    wording, dates = scene.wording, scene.dates
    clause = _until(scene, wording.mine(action.text, action.owner), action)
    moment = action.by or action.on
    if moment is None or dates.mentions(clause, moment) or wording.meets("enclosing", clause):
        hour = dates.hour(clause, moment, by=action.by is not None) if action.state == "will" else ""
        return Line(wording.sentence(dates.with_hour(clause, hour)), (action.id,))
    if dates.plain_today(moment) and (front or not dates.simple(clause)):
        return Line(wording.sentence(clause), (action.id,))
    line = Line(wording.sentence(_dated(scene, clause, action, (lasting, front))), (action.id,))
    if wording.meets("date", clause):
        dates.paragraph()  # the clause names another day: what follows may not lean on "the same day"
    return line


def spread(scene: Scene, actions: Sequence[Action], *, lasting: bool = False) -> list[Line]:
    """Actions as sentences, no three of which open alike: a third one has its date in front where it can."""
    lines: list[Line] = []
    scene.dates.paragraph()
    for action in actions:
        before = scene.dates.state()
        line = action_line(scene, action, lasting=lasting)
        if len(lines) >= 2 and len({_opener(item.text) for item in (*lines[-2:], line)}) == 1:
            scene.dates.reset(before)
            line = action_line(scene, action, lasting=lasting, front=True)
        after_deed = bool(lines) and action.state == "will" and actions[actions.index(action) - 1].state == "done"
        if after_deed and _goes_on(scene, lines[-1].text, action.text, line.text):
            both = scene.say("and", first=lines[-1].text.rstrip("."), last=scene.wording.inner(line.text))
            line = Line(f"{both}.", (*lines.pop().facts, action.id))
        lines.append(line)
    return lines


def _goes_on(scene: Scene, before: str, clause: str, line: str) -> bool:
    """Whether a promise goes on from the deed before it: "I refunded the £62, and it will be on your card by Tuesday"."""
    short = len(before) + len(line) <= _SHORT and not any(mark in before for mark in (",", ";", ":", " and "))
    return short and scene.wording.meets("goes_on", clause) and scene.wording.inner(line)[:6] == scene.wording.toned(clause)[:6]


def _until(scene: Scene, clause: str, action: Action) -> str:
    """The clause with the moment that it lasts until."""
    if action.until is None or scene.dates.mentions(clause, action.until):
        return clause
    return scene.dates.placed(clause, scene.dates.until(action.until))


def _dated(scene: Scene, clause: str, action: Action, how: tuple[bool, bool]) -> str:
    """A clause with the moment of its action, as its state and tense ask for."""
    wording, dates = scene.wording, scene.dates
    moment = action.by or action.on
    assert moment is not None
    if wording.meets("that_day", clause):
        dates.paragraph()
    if action.state == "doing":
        return _doing(scene, clause, action)
    lasting, front = how
    if action.state == "done" and not lasting and _holds(scene, clause):
        return clause if dates.is_near(moment) else scene.say("back.aside", clause=clause, when=dates.since(moment))
    if action.state == "will":
        when, by = _ahead(scene, clause, action, lasting), action.by is not None
        return dates.fronted(clause, when) if front else dates.placed(clause, when, by=by)
    return _done(scene, clause, moment, how)


def _holds(scene: Scene, clause: str) -> bool:
    """Whether a clause says how things stand now, which "since Monday" cannot open: "the line is back up"."""
    meets = scene.wording.meets
    return tense(scene, clause, deed=True) == "present" and meets("stands_so", clause) and not meets("lasting", clause)


def _ahead(scene: Scene, clause: str, action: Action, lasting: bool) -> str:
    moment = action.by or action.on
    assert moment is not None
    if lasting and action.by is None and scene.wording.meets("lasting", clause):
        return scene.say("from", when=scene.dates.bare(moment))
    return scene.dates.when(moment, by=action.by is not None, ahead=True)


def _done(scene: Scene, clause: str, moment: datetime | date, how: tuple[bool, bool]) -> str:
    lasting, front = how
    dates, shape = scene.dates, tense(scene, clause, deed=not lasting)
    if shape == "perfect":
        return clause if dates.is_near(moment) else scene.say("back.aside", clause=clause, when=dates.bare(moment))
    if shape == "present":
        since = dates.since(moment)
        plain = scene.wording.phrases.patterns["now_too"].sub(" ", clause, count=1) if since else clause  # "since then" says it
        return dates.fronted(plain, since)
    when = dates.when(moment)
    return dates.fronted(clause, when) if front else dates.placed(clause, when)


def _doing(scene: Scene, clause: str, action: Action) -> str:
    if action.by is not None:
        return scene.say("due", clause=clause, by=scene.dates.when(action.by, by=True, ahead=True))
    assert action.on is not None
    if not scene.dates.past(action.on):
        return scene.dates.placed(clause, scene.dates.when(action.on, ahead=True))  # "is coming tomorrow"
    return clause if action.on == scene.dates.today else scene.dates.placed(clause, scene.dates.since(action.on))


def tense(scene: Scene, clause: str, *, deed: bool = False) -> str:
    """The tense of a clause's main verb, by its first word that shows one: past, perfect or present.

    Of a `deed`, "put", "set" and their like are past; a change that lasts may have them in the present.
    """
    words = [word.strip(',;:."“”').lower() for word in clause.split()]
    if scene.wording.meets("subject_person", clause):
        return _own_tense(scene, clause, words[1:], deed=deed)
    meets = scene.wording.meets
    for i, word in enumerate(words):
        if meets("perfect", word):
            return "perfect" if _participle_follows(scene, words[i + 1 :]) else "present"
        if meets("present", word):
            return "present"
        if i and meets("past", word) and not meets("before_noun", words[i - 1]):
            several = not deed and words[i - 1].endswith("s")  # "our coaches set their clocks by satellite"
            return "present" if meets("past_or_present", word) and several else "past"
    return "present"


def _own_tense(scene: Scene, clause: str, words: Sequence[str], *, deed: bool) -> str:
    """The tense of what we or I did: its verb is the first word that is no adverb."""
    meets = scene.wording.meets
    if meets("perfect", clause.split()[0]):
        return "perfect"
    at = next((i for i, word in enumerate(words) if not meets("adverb", word) or word == "now"), 0)
    word = words[at] if words else ""
    if meets("perfect", word):
        return "perfect" if _participle_follows(scene, words[at + 1 :]) else "present"
    if meets("past_or_present", word):
        return "present" if meets("habit", clause) and not deed else "past"
    return "past" if meets("past", word) else "present"


def _participle_follows(scene: Scene, words: Sequence[str]) -> bool:
    after = next((word for word in words if not scene.wording.meets("adverb", word)), "")
    return scene.wording.meets("participle", after)


def _opener(text: str) -> str:
    return text.split(" ", 1)[0]
