"""What the customer was left without, and what they waited for."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.incident.fragments.acts import Pair, was
from drafter.incident.fragments.phrases import lacking, many, object_end, rest, some, thing
from drafter.incident.fragments.roles import Roles, is_staff, small
from drafter.incident.fragments.times import duration
from drafter.incident.fragments.vocabulary import listed, nouns, verb

_OFF = (("out", "of", "order"), ("out", "of", "service"), ("off",), ("out",))
_NOT_SO = {"working": "working", "work": "working", "loading": "loading", "load": "loading", "responding": "responding"}


def lasting(read: Roles) -> Iterator[Pair]:
    """The clauses of what was lacking, late or long."""
    for frame in (_none, _without, _down, _off, _not_ready, _waiting, _outstanding, _kept, _on_hold, _late, _took):
        yield from frame(read)


def _none(read: Roles) -> Iterator[Pair]:
    """As in "no reply to email", "no hot water for 2 days"."""
    still = read.low[:1] == ("still",)
    words = read.words[1:] if still else read.words
    end = 1 + object_end(words[1:])
    tail = rest(words[end:])
    if small(words[:1]) != ("no",) or end == 1 or tail is None or any(verb(word.lower()) for word in words[:end]):
        return
    held, noun, now = " ".join(words[1:end]), words[end - 1].lower(), " since " in f"{tail} "
    has = "you have had" if now else "you got"
    have = "have " if now else ""
    if still and noun in nouns("word") and not now:
        yield f"you still have no {held}{tail}", f"we still have not given you {some(words[1:end])}{tail}"
    elif still:
        return
    elif noun in nouns("word") or noun in nouns("provided"):
        yield f"{has} no {held}{tail}", f"we {'have given' if now else 'gave'} you no {held}{tail}"
        if (base := nouns("word").get(noun)) and end == 2 and not now:
            yield f"{has} no {held}{tail}", f"we did not {_replying(base, tail)}"
    elif noun in nouns("mass").keys() & nouns("service").keys() or noun in ("water", "heating", "electricity", "gas", "signal", "coverage"):
        yield f"you {'have had' if now else 'had'} no {held}{tail}", f"we {have}left you without {held}{tail}"


def _replying(base: str, tail: str) -> str:
    """As in "reply to your email", "answer your email", "reply to you since Monday"."""
    to_something = tail.startswith(" to ")
    if base in ("answer", "warn"):
        return f"{base}{tail.removeprefix(' to') if to_something and base == 'answer' else f' you{tail}'}"
    return f"{base}{tail}" if to_something else f"{base} to you{tail}"


def _without(read: Roles) -> Iterator[Pair]:
    """As in "5 days without heating", "left without water"."""
    length = duration(read.words)
    left = read.head == "left" and read.behind[:1] == ("without",) and read.who in ("nobody", "customer") and not read.negation
    held = read.after[1:] if left else read.words[length + 1 :] if length and read.low[length : length + 1] == ("without",) else ()
    end = object_end(held)
    what, tail = lacking(held[:end]), rest(held[end:])
    if what and tail is not None and (left or held[end - 1].lower() in nouns("service")):
        span = tail if left else f" for {' '.join(read.words[:length])}{tail}"
        yield f"you were {'left ' if left else ''}without {what}{span}", f"we left you without {what}{span}"


def _down(read: Roles) -> Iterator[Pair]:
    """As in "app down 3h", "wifi not working"."""
    if read.who not in ("thing", "us") or read.noun not in nouns("service"):
        return
    off = not read.negation and (read.head in listed("states") or (read.head == "broken" and read.who == "thing"))
    state = read.head if off else f"not {_NOT_SO[read.head]}" if read.negation == "not" and read.head in _NOT_SO else ""
    if state:
        yield from _lacked(read, state, rest(read.after))


def _off(read: Roles) -> Iterator[Pair]:
    """As in "power off 6 hours", "lift out of order"."""
    subject = tuple(word for word in read.words if word.lower() not in listed("helpers"))
    for state in _OFF:
        at = next((at for at in range(1, len(subject)) if small(subject[at : at + len(state)]) == state), 0)
        if at and subject[at - 1].lower() in nouns("service") and not any(verb(word.lower()) for word in subject[:at]):
            off = Roles(read.words, "thing", subject[:at])
            yield from _lacked(off, " ".join(state), rest(subject[at + len(state) :]))
            return


def _lacked(read: Roles, state: str, tail: str | None) -> Iterator[Pair]:
    what, lack = thing(read.subject), lacking(read.subject)
    if not what or not lack or tail is None:
        return
    now = " since " in f"{tail} "
    be = f"{'have' if many(what) else 'has'} been" if now else was(what)
    working = "working " if state in ("not working", "broken") and not lack.startswith(("the ", "your ")) else ""
    yield f"{what} {be} {state}{tail}", f"we {'have ' if now else ''}left you without {working}{lack}{tail}"


def _not_ready(read: Roles) -> Iterator[Pair]:
    """As in "room not ready"."""
    what, tail = thing(read.subject), rest(read.after)
    if read.head == "ready" and read.negation == "not" and read.who == "thing" and not read.still and what and tail is not None:
        yield f"{what} {was(what)} not ready{tail}", f"we did not have {what} ready{tail}"


def _waiting(read: Roles) -> Iterator[Pair]:
    """As in "still waiting for refund", "waited 2 hours on hold"."""
    if read.head not in ("waiting", "waited") or read.negation or read.who not in ("nobody", "customer"):
        return
    tail, long = rest(read.after), bool(duration(read.after))
    if tail and (read.still or " since " in tail):
        yield f"you {'have been' if ' since ' in tail else 'are still'} waiting{tail}", f"we have kept you waiting{tail}"
    elif tail and long:
        yield f"you waited{tail}", f"we kept you waiting{tail}"


def _outstanding(read: Roles) -> Iterator[Pair]:
    """As in "refund still outstanding"."""
    what, tail = thing(read.subject), rest(read.after)
    open_ = read.head in ("outstanding", "pending", "due") and read.still and not read.negation and read.who == "thing"
    if open_ and what and tail is not None:
        yield f"{what} {'are' if many(what) else 'is'} still {read.head}{tail}", f"we have kept you waiting for {what}{tail}"


def _kept(read: Roles) -> Iterator[Pair]:
    """As in "kept waiting 2 hours", "left waiting", "locked out of account"."""
    done_to = read.who == "nobody" or (read.who == "customer" and (read.passive or read.head == "kept"))
    if not done_to or read.negation or read.still:
        return
    first = read.behind[0] if read.behind else ""
    if read.head in ("kept", "left") and first in ("waiting", "stranded"):
        tail = rest(read.after[1:])
        if tail is not None:
            yield f"you were {read.head} {first}{tail}", f"we {read.head} you {first}{tail}"
    elif read.head == "cut" and first == "off" and (tail := rest(read.after[1:])) is not None and (read.passive or read.who == "nobody"):
        if tail and " by " not in f"{tail} ":
            yield f"you were cut off{tail}", f"we cut you off{tail}"
    elif read.head == "locked" and read.behind[:2] == ("out", "of"):
        tail = rest(read.after[1:])
        if tail:
            yield f"you were locked out{tail}", f"we locked you out{tail}"
    elif (
        read.head == "left" and first in ("in", "on", "outside", "at") and any(duration(read.after, at) for at in range(2, len(read.after)))
    ):
        tail = rest(read.after)
        if tail and " for " in tail:  # for so long: who leaves in 10 minutes has gone
            yield f"you were left{tail}", f"we left you{tail}"


def _on_hold(read: Roles) -> Iterator[Pair]:
    """As in "on hold 50 min"."""
    words = read.words[1:] if read.low[:1] in (("put",), ("left",)) else read.words
    after = words[3:] if small(words[2:3]) == ("for",) else words[2:]
    tail = rest(after)
    if small(words[:2]) == ("on", "hold") and duration(after) and tail:
        yield f"you were on hold{tail}", f"we kept you on hold{tail}"


def _late(read: Roles) -> Iterator[Pair]:
    """As in "refund late", "engineer 3 hours late", "late delivery"."""
    subject, after, length = read.subject, read.after, ""
    if read.head == "late" and read.who in ("thing", "us") and not read.negation and not read.still:
        start = next((at for at in range(1, len(subject)) if at + duration(subject, at) == len(subject)), len(subject))
        subject, length = subject[:start], " ".join(subject[start:])
        after = after[1:] if not length and small(after[:1]) == ("by",) else after
        if not length and (span := duration(after)):
            length, after = " ".join(after[:span]), after[span:]
    elif read.low[:1] == ("late",) and read.low[-1] in nouns("yours"):
        subject, after = read.words[1:], ()
    else:
        return
    what, tail = thing(subject), rest(after)
    late = f"{length} late" if length else "late"
    if what and what != "we" and tail is not None and not any(verb(word.lower()) for word in subject):
        person = is_staff(small(subject))
        ours = f"we got {what} to you {late}{tail}" if person else f"we were {late} with {what}{tail}"
        yield f"{what} {was(what)} {late}{tail}", ours


def _took(read: Roles) -> Iterator[Pair]:
    """As in "refund took 3 weeks"."""
    length = duration(read.after)
    span, tail = " ".join(read.after[:length]), rest(read.after[length:])
    if read.head != "took" or read.negation or not length or tail is None or read.who != "thing":
        return
    what = thing(read.subject)
    if what and read.noun == "refund":
        yield f"{what} took {span}{tail}", f"we took {span} to refund you{tail}"
    elif what and read.noun in nouns("handled"):
        yield f"{what} took {span}{tail}", f"we took {span} over {what}{tail}"
