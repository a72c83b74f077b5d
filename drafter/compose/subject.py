"""The subject line: what happened in a few words of the facts, cut where the meaning stays whole."""

from __future__ import annotations

from itertools import pairwise

from drafter.compose.repair import remedy_noun
from drafter.compose.scene import Line, Scene, section
from drafter.compose.wording import capital
from drafter.draft import Section
from drafter.incident import Problem

LONGEST = 70
_THEIRS = 0.75  # share of a clause's words that a message of theirs has where it is their word
_MORE = 10  # characters that say that there is more
_SHORTEST = 12
_LEAST = 25  # characters of a clause without its tail: a shorter one says too little


def subject(scene: Scene) -> Section | None:
    """The subject of an email or the title of a status page; nothing elsewhere."""
    if scene.incident.channel not in ("email", "status_page"):
        return None
    problem = scene.incident.problems[0]
    text, fact = _of_kind(scene, problem)
    return section("subject", [Line(_referenced(scene, capital(text)), (fact,))])


def _referenced(scene: Scene, text: str) -> str:
    """The subject with the customer's reference at its end, where it does not hold it already."""
    reference = scene.incident.reference
    if not reference or scene.incident.public or reference.split()[-1].lower() in text.lower():
        return text
    bare = reference[0].isdigit() or " " not in reference
    return scene.say("subject.number" if bare else "subject.reference", text=text, reference=reference)


def _of_kind(scene: Scene, problem: Problem) -> tuple[str, str]:
    incident = scene.incident
    act = f"{problem.id}.ours"
    if incident.public and problem.id in scene.private:
        return scene.say("subject.nothing.public", time=scene.dates.time(incident.as_of)), problem.id
    if incident.kind in ("holding", "update", "notice") and not incident.resolved:
        return _running(scene, problem), problem.id
    if incident.kind == "remedy_confirmation" and not incident.public:
        return _remedies(scene), (problem.remedies[0].id if problem.remedies else problem.id)
    several = len(incident.problems) > 1
    if incident.kind == "follow_up":
        ours = "" if several or not scene.owns(problem) or act in scene.private else cut(scene, problem.ours or "", LONGEST - 22)
        if ours and problem.prevention:
            return scene.say("subject.follow_up", ours=scene.wording.inner(ours)), act
        return _referring(scene, "follow_up", problem), problem.id
    if several and scene.owns(problem) and incident.kind in ("apology", "notice"):
        return _referring(scene, "apology", problem), problem.id
    owned = scene.owns(problem) and act not in scene.private
    clauses = [(problem.ours or "", act)] * owned + [(problem.what, problem.id)]
    if incident.kind == "notice":
        clauses.reverse()  # nobody has noticed it: the event says more than the act
    clauses = [(clause, fact) for clause, fact in clauses if not _theirs(scene, clause)]
    for shorten in (_whole, _undated, _phrase):
        for clause, fact in clauses:
            if text := shorten(scene, clause, LONGEST):
                return text, fact
    return _referring(scene, "apology" if scene.owns(problem) else "update", problem), problem.id


def cut(scene: Scene, clause: str, longest: int = LONGEST) -> str:
    """The beginning of a clause that ends where its meaning stays whole, or "" where there is none."""
    if _theirs(scene, clause):
        return ""
    clause = scene.wording.phrases.patterns["hangs_on"].sub("", clause)
    return _whole(scene, clause, longest) or _undated(scene, clause, longest) or _phrase(scene, clause, longest)


def _told_by_them(scene: Scene, problem: Problem) -> bool:
    """Whether only the customer says so: nobody knows yet, and a message of theirs has the words."""
    theirs = " ".join(message.text for message in scene.incident.thread if message.by == "customer")
    words = scene.wording.content(problem.what)
    return problem.fault == "unknown" and bool(words) and len(words & scene.wording.content(theirs)) >= _THEIRS * len(words)


def _theirs(scene: Scene, clause: str) -> bool:
    """Whether a clause has the customer's own words as they came, in anger or in quotation marks: a title of ours has not."""
    meets = scene.wording.meets
    ours = meets("subject_we", clause) or meets("subject_i", clause)
    return meets("their_words", clause) or (not ours and meets("heated", clause))


def _whole(scene: Scene, clause: str, longest: int) -> str:
    """The clause up to where another one joins it."""
    text = _first(scene, clause)
    return text if len(text) <= longest and _stands(scene, text) else ""


def _undated(scene: Scene, clause: str, longest: int) -> str:
    """The clause without its days, hours and lengths of time."""
    text = scene.wording.phrases.patterns["detail"].sub("", _first(scene, clause)).strip(" ,")
    return text if _SHORTEST <= len(text) <= longest and _stands(scene, text) else ""


def _phrase(scene: Scene, clause: str, longest: int) -> str:
    """The clause without a tail of places and times; a tail that tells what was wrong, or acts itself, is no detail."""
    patterns = scene.wording.phrases.patterns
    text = patterns["detail"].sub("", _first(scene, clause))
    for start in reversed([match.start() for match in patterns["cut_phrase"].finditer(text)]):
        head, tail = text[:start].rstrip(), text[start:]
        if patterns["telling"].search(tail) or _acts(scene, tail):
            return ""
        if _LEAST <= len(head) <= longest and _stands(scene, head) and not patterns["open_end"].search(head):
            return head
    return ""


def _first(scene: Scene, clause: str) -> str:
    """The first of several clauses."""
    starts = [match.start() for match in scene.wording.phrases.patterns["cut_clause"].finditer(clause)]
    ends = [end for end in starts if end >= _SHORTEST and _stands(scene, clause[:end])]
    return clause[: ends[0]].rstrip() if ends else clause


def _acts(scene: Scene, tail: str) -> bool:
    """Whether a tail has a verb of its own."""
    words, meets = tail.lower().strip(" ,").split(), scene.wording.meets
    return any(meets("past", word) and not meets("before_noun", before) for before, word in pairwise(words))


def _stands(scene: Scene, piece: str) -> bool:
    meets = scene.wording.meets
    return not meets("date_opening", piece) and not meets("splice", piece) and piece.count('"') % 2 == 0


def _running(scene: Scene, problem: Problem) -> str:
    incident = scene.incident
    if (
        incident.kind == "holding"
        and _told_by_them(scene, problem)
        and (told := scene.wording.phrases.patterns["told_of"].match(problem.what))
    ):
        return scene.say("subject.about", thing=told["thing"])
    what = cut(scene, problem.what, LONGEST - 22)
    if not what and (alone := cut(scene, problem.what) if incident.channel == "status_page" else ""):
        return alone  # there is no room for the time
    if incident.kind == "update":
        timed = incident.channel == "status_page" and what
        if timed:
            return scene.say("subject.update.time", what=what, time=scene.dates.time(incident.as_of))
        return scene.say("subject.update", what=what) if what else _referring(scene, "update", problem)
    if not what:
        return _referring(scene, "holding", problem)
    if any(scene.dates.today_at(action.on or action.by) for action in incident.next):
        return scene.say("subject.holding.time", what=what, time=scene.dates.time(incident.as_of))
    return scene.say("subject.holding", what=what)


def _remedies(scene: Scene) -> str:
    granted = [remedy for problem in scene.incident.problems for remedy in problem.remedies if remedy.decision == "granted"]
    items = []
    for remedy in granted:
        key = f"subject.{remedy.kind}"
        if remedy.amount is None:
            items.append(remedy_noun(scene, remedy) if remedy.kind != "other" else "")
        elif scene.wording.has(key):
            items.append(scene.say(key, amount=remedy.amount.written(scene.incident.locale)))
    items = list(dict.fromkeys(item for item in items if item))
    while items and len(text := scene.say("subject.remedy", items=_listed(scene, items))) > LONGEST:
        items.pop()
    done = granted or any(fix.state == "done" for problem in scene.incident.problems for fix in problem.fixes)
    return text if items else _referring(scene, "remedy" if done else "update", scene.incident.problems[0])


def _referring(scene: Scene, key: str, problem: Problem) -> str:
    """A subject that rests on as much of the event as stands by itself, or else says only what kind of message this is."""
    own = problem.ours if scene.owns(problem) and f"{problem.id}.ours" not in scene.private else None
    what = (cut(scene, own, LONGEST - _MORE) if own else "") or cut(scene, problem.what, LONGEST - _MORE)
    if what and len(scene.incident.problems) > 1:
        return scene.say("subject.more", what=what)
    if what and key != "follow_up":
        return what
    return scene.say(f"subject.{key}.{'referring' if scene.incident.reference else 'bare'}", time=scene.dates.time(scene.incident.as_of))


def _listed(scene: Scene, items: list[str]) -> str:
    return items[0] if len(items) == 1 else scene.say("and.nouns", first=scene.say("comma").join(items[:-1]), last=items[-1])
