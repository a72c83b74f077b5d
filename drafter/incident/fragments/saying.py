"""What was said, written or given wrongly: names and sums, a rude word, no answer, a dirty room."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.incident.fragments.acts import Pair, was
from drafter.incident.fragments.phrases import a, many, object_end, rest, some, thing
from drafter.incident.fragments.roles import Roles, Words, is_staff, small
from drafter.incident.fragments.times import amount
from drafter.incident.fragments.vocabulary import listed, nouns, verb

_WRONG = ("wrong", "incorrect")
_TOLD = frozenset(("info", "information", "advice", "answer", "directions", "instructions"))
_INSIDE = frozenset(("report", "contract", "email", "letter", "file", "app", "records"))  # in these, on others
_ME = frozenset(("me", "us", "her", "him", "them", "you", "customer"))
_SLIPS = frozenset(("typo", "typos", "error", "errors", "mistake", "mistakes"))


def saying(read: Roles) -> Iterator[Pair]:
    """The clauses of what was said, written or given wrongly."""
    for frame in (_put_wrong, _got_wrong, _bears_wrong, _fails, _slip, _twice, _curt, _spoken, _hung_up, _replies, _forgot, _poor, _faulty):
        yield from frame(read)


def _put_wrong(read: Roles) -> Iterator[Pair]:
    """As in "wrong name on ticket", "wrong size"."""
    end = object_end(read.words)
    what, tail = thing(read.words[:end]), rest(read.words[end:])
    if read.low[0] not in _WRONG or end < 2 or what is None or tail is None or any(verb(word) for word in read.low):
        return
    noun, after = read.low[end - 1], read.low[end:]
    if noun in _TOLD:
        yield f"you were given {what}{tail}", f"we gave you {what}{tail}"
    elif after and after[0] in ("on", "in") and after[-1] in nouns("paper"):
        yield f"{what} {was(what)}{tail}", f"we put {what}{tail}"
    elif not after and (noun in nouns("said") or noun in nouns("goods")):
        bare = what.replace(f" {read.low[0]}", "", 1)
        yield f"{bare} {was(bare)} {read.low[0]}", f"we got {bare} wrong"
        if noun in nouns("goods"):
            yield f"you were sent {what}", f"we sent you {what}"


def _got_wrong(read: Roles) -> Iterator[Pair]:
    """As in "bill wrong", "name wrong on ticket", "price on website wrong"."""
    if read.head not in _WRONG or read.negation or read.who != "thing":
        return
    at = next((place for place, word in enumerate(small(read.subject)) if word in ("on", "in")), len(read.subject))
    what, where, tail = thing(read.subject[:at]), rest(read.subject[at:]), rest(read.after)
    said = any(word in nouns("said") for word in small(read.subject[:at][-2:]))
    if what and where is not None and tail is not None and said:
        yield f"{what}{where} {was(what)} {read.head}{tail}", f"we got {what}{where} wrong{tail}"


def _bears_wrong(read: Roles) -> Iterator[Pair]:
    """As in "report shows wrong totals", "invoice has the wrong date"."""
    bears = read.head == "shows" or "has" in read.low[len(read.subject) :][:1]
    sign, rest_ = (read.behind[0], read.after[1:]) if read.head == "shows" and read.after else (read.head, read.after)
    end, where = object_end(rest_), thing(read.subject)
    tail = rest(rest_[end:])
    if not bears or read.who != "thing" or read.noun not in nouns("paper") or sign not in _WRONG or not end or not where or tail is None:
        return
    if rest_[end - 1].lower() in nouns("said") and not read.negation:
        wrong, on = f"the {sign} {' '.join(rest_[:end])}", "in" if read.noun in _INSIDE else "on"
        yield f"{wrong} {was(wrong)} {on} {where}{tail}", f"we put {wrong} {on} {where}{tail}"


def _fails(read: Roles) -> Iterator[Pair]:
    """As in "code doesn't work"."""
    what = thing(read.subject)
    if read.negation == "not" and read.head in ("work", "working") and not read.after and read.noun in nouns("keys") and what:
        do = "do" if many(what) else "does"
        yield f"{what} {do} not work", f"we gave you {_one(read.subject)} that {do} not work"


def _one(held: Words) -> str:
    return some(held[1:] if held[0].lower() in ("the", "my", "your", "his", "her") else held)


def _slip(read: Roles) -> Iterator[Pair]:
    """As in "typo in contract", "error on invoice"."""
    first, tail = read.low[0], rest(read.words[1:])
    papers = read.low[-1] in nouns("paper") or read.low[-1] in ("order", "calculation")
    if first in _SLIPS and read.low[1:2] in (("in",), ("on",)) and tail and papers:
        slip = first if many(first) else f"{a(first)} {first}"
        yield f"there {was(first)} {slip}{tail}", f"we made {slip}{tail}"


def _twice(read: Roles) -> Iterator[Pair]:
    """As in "double charged 49.90", "duplicate charge 35", "double booked"."""
    parts = (*read.low[0].split("-"), *read.low[1:])
    after = read.words[1:] if "-" in read.low[0] else read.words[2:]
    if parts[0] not in ("double", "duplicate") or len(parts) < 2 or "twice" in parts:
        return
    if parts[1] in ("charged", "charge", "billed", "payment"):
        past, after = "billed" if parts[1] == "billed" else "charged", after[1:] if small(after[:1]) == ("of",) else after
        length = amount(after)
        tail = rest(after[length:])
        if tail is not None:
            said = " ".join(["", *after[:length], "twice"]) + tail
            yield f"you were {past}{said}", f"we {past} you{said}"
    elif parts[1] == "booked":
        end = object_end(after)
        what, tail = thing(after[:end], own=True) if end else "you", rest(after[end:])
        if what and tail is not None:
            yield f"{what} {was(what)} double-booked{tail}", f"we double-booked {what}{tail}"


def _curt(read: Roles) -> Iterator[Pair]:
    """As in "rude staff on phone", "driver was rude": a tone, told without whose it was."""
    words = tuple(word for word in read.words if word.lower() not in ("was", "were", "very", "so", "really"))
    low = small(words)
    at = next((place for place, word in enumerate(low) if word in listed("curt")), None)
    if at is None or "no" in low or "by" in low:
        return
    end = 1 + object_end(words[1:])
    who, after = (low[1:end], words[end:]) if at == 0 else (low[:at], words[at + 1 :])
    if small(after[:1]) in (("to",), ("with",)) and small(after[1:2]) and after[1].lower() in _ME:
        after = after[2:]
    tail = rest(after)
    if is_staff(who) and tail is not None:
        to = "with" if low[at] in ("short", "abrupt", "curt") else "to"
        yield f"the tone towards you was {low[at]}{tail}", f"we were {low[at]} {to} you{tail}"


def _spoken(read: Roles) -> Iterator[Pair]:
    """As in "staff shouted at me", "lied to"."""
    to = listed("spoken").get(read.head)
    if not to or read.negation or read.still or read.behind[:1] != (to,):
        return
    by_us = read.who == "us" and read.behind[1:2] and read.behind[1] in _ME
    to_you = read.who == "nobody" or (read.who == "customer" and read.passive)
    tail = rest(read.after[2 if by_us else 1 :]) if by_us or to_you else None
    if tail is not None and " by " not in f"{tail} ":
        yield f"you were {read.head} {to}{tail}", f"we {read.head} {to} you{tail}"


def _hung_up(read: Roles) -> Iterator[Pair]:
    """As in "hung up on", "agent hung up"."""
    if read.head != "hung" or read.behind[:1] != ("up",) or read.negation or read.still:
        return
    on = read.behind[1:2] == ("on",)
    if not (read.who == "us" or (on and (read.who == "nobody" or read.passive))):
        return
    after = read.after[2 if on else 1 :]
    tail = rest(after[1:] if on and after and after[0].lower() in _ME else after)
    if tail is not None:
        yield f"you were hung up on{tail}", f"we hung up on you{tail}"


def _replies(read: Roles) -> Iterator[Pair]:
    """As in "support never replied", "doctor did not call back"."""
    by_us = read.who == "us" or small(read.subject) == ("you",)
    if not read.negation or read.still or not (by_us or read.who in ("nobody", "customer")):
        return
    never = read.negation == "never"
    after = read.after[1:] if read.behind[:1] and read.behind[0] in _ME else read.after
    for base, past in listed("call").items():
        if read.head in (base, past) and small(after[:1]) == ("back",) and (by_us or read.head == past):
            tail = rest(after[1:])
            if tail is not None and " by " not in f"{tail} ":
                done = "rung" if base == "ring" else past
                yield f"you were {read.negation} {done} back{tail}", f"we {f'never {past}' if never else f'did not {base}'} you back{tail}"
    for base, past in listed("answers").items():
        if read.head in (base, past) and by_us:
            after = after[2:] if small(after[:1]) == ("to",) and small(after[1:2]) and after[1].lower() in _ME else after
            tail = rest(after)
            if tail is not None and " by " not in f"{tail} ":
                whom = "" if tail.startswith(" to ") else " you" if base == "answer" else " to you"
                yield (
                    f"you {'never got' if never else 'did not get'} a reply{tail}",
                    f"we {f'never {past}' if never else f'did not {base}'}{whom}{tail}",
                )


def _forgot(read: Roles) -> Iterator[Pair]:
    """As in "nurse forgot to give tablets"."""
    done = verb(read.behind[1], "base") if read.behind[:1] == ("to",) and read.behind[1:] else None
    end = object_end(read.after[2:])
    what, tail = thing(read.after[2 : 2 + end]), rest(read.after[2 + end :])
    if read.who != "us" or read.head not in ("forgot", "failed") or read.negation or not what or what == "you" or tail is None:
        return
    if done and "thing" in done.takes:
        patient, object_ = ("you", f" {what}") if "needs_you" in done.takes else (what, "")
        yield f"{patient} {was(patient)} not {done.participle}{object_}{tail}", f"we {read.head} to {done.base} {patient}{object_}{tail}"


def _poor(read: Roles) -> Iterator[Pair]:
    """As in "slow service", "dirty room"."""
    first, end = read.low[0], 1 + object_end(read.words[1:])
    held, tail = read.words[1:end], rest(read.words[end:])
    if not held or tail is None or not thing(held):
        return
    noun = held[-1].lower()
    slow = first in ("bad", "poor", "slow", "terrible") and (
        noun == "service" or (first == "slow" and noun in ("internet", "wifi", "broadband"))
    )
    if slow:
        yield f"{thing(held)} {was(noun)} {first}{tail}", f"we gave you {first} {' '.join(held)}{tail}"
    elif first in listed("faults") and noun in nouns("given") and noun not in nouns("said"):
        yield from _gave(first, held, tail)


def _faulty(read: Roles) -> Iterator[Pair]:
    """As in "room dirty", "seat broken": what was given for use."""
    fault = read.head in listed("faults") and read.head != "damaged" and not read.negation and not read.still
    tail = rest(read.after)
    if fault and read.who == "thing" and tail is not None and read.noun in nouns("given") and read.noun not in nouns("said"):
        yield from _gave(read.head, read.subject, tail)


def _gave(fault: str, held: Words, tail: str) -> Iterator[Pair]:
    what = thing(held)
    bare = held[1:] if held[0].lower() in ("the", "my", "your", "his", "her") else held
    if what:
        yield f"{what} {was(what)} {fault}{tail}", f"we gave you {some((fault, *bare))}{tail}"
