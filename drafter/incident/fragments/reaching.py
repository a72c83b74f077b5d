"""What should have reached the customer: it never came, came wrong or broken, or was left out."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.incident.fragments.acts import Pair, was
from drafter.incident.fragments.phrases import handed, many, object_end, rest, some, thing
from drafter.incident.fragments.roles import Roles, Words, is_staff, small
from drafter.incident.fragments.vocabulary import listed, nouns

_WRONG = ("wrong", "incorrect")
_CARRIERS = frozenset(("courier", "couriers", "carrier"))
_CALLS = frozenset(("callback", "call", "call-back"))
_SENDS = frozenset(("courier", "couriers", "carrier"))


def reaching(read: Roles) -> Iterator[Pair]:
    """The clauses of what did not reach the customer as it should."""
    for frame in (_carried, _never_came, _not_received, _received, _came_wrong, _came_broken, _went, _delivered, _missing):
        yield from frame(read)


def _carried(read: Roles) -> Iterator[Pair]:
    """As in "parcel lost by courier": whoever carried it, we did not get it there, and nobody is named."""
    by_carrier = read.behind[:1] == ("by",) and read.behind[-1] in _CARRIERS and len(read.after) <= 3
    held = read.after if read.who == "third" and read.noun in _CARRIERS else read.subject if read.who == "thing" and by_carrier else ()
    what = thing(held)
    if read.head == "lost" and what and not read.negation and held[-1].lower() in nouns("sent"):
        yield f"{what} {was(what)} lost", f"we did not get {what} to you"


def _never_came(read: Roles) -> Iterator[Pair]:
    """As in "parcel never arrived", "engineer no show"."""
    shown = read.head == "no" and read.behind[:1] == ("show",)
    came = read.head in listed("comes") and read.negation and read.head != "reached"
    expected = read.who in ("thing", "us") or (read.who == "third" and read.noun in _SENDS)
    if (
        not (shown or came)
        or not expected
        or small(read.subject)[0] == "we"
        or (read.noun in nouns("theirs") and read.noun not in ("deposit", "details"))  # it may be we who wait for it
    ):
        return
    showed_up = read.head.startswith(("turn", "show")) and read.behind[:1] == ("up",)
    tail, what = rest(read.after[1:] if shown or showed_up else read.after), thing(read.subject)
    if what and tail is not None and read.still and not shown and " to " not in f"{tail} ":
        yield f"{what} {'have' if many(what) else 'has'} still not reached you{tail}", f"we still have not got {what} to you{tail}"
    elif what and tail is not None and (is_staff(small(read.subject)) or read.noun in _SENDS):
        got = "never got" if read.negation == "never" else "did not get"
        yield f"no {what.split(maxsplit=1)[1]} came{tail}", f"we {got} {what} to you{tail}"
    elif what and tail is not None and " to " not in f"{tail} ":
        yield _unreached(what, tail, never=read.negation == "never")


def _unreached(what: str, tail: str, *, never: bool) -> Pair:
    if what.split()[-1] in _CALLS:
        return (
            f"{what} {'never came' if never else 'did not come'}{tail}",
            f"we {'never made' if never else 'did not make'} {what}{tail}",
        )
    return (
        f"{what} {'never reached' if never else 'did not reach'} you{tail}",
        f"we {'never got' if never else 'did not get'} {what} to you{tail}",
    )


def _not_received(read: Roles) -> Iterator[Pair]:
    """As in "never got the refund"."""
    if read.who not in ("nobody", "customer") or not read.negation or read.head not in ("got", "received", "receive", "get") or read.still:
        return
    end = object_end(read.after)
    what, tail = thing(read.after[:end]), rest(read.after[end:])
    if what and tail is not None and " from " not in f"{tail} " and read.behind[end - 1] not in nouns("word").keys() - _CALLS:
        yield _unreached(what, tail, never=read.negation == "never")


def _received(read: Roles) -> Iterator[Pair]:
    """As in "received wrong shoes": what came was what we sent or gave."""
    if read.who not in ("nobody", "customer") or read.negation or read.head not in ("got", "received") or not read.after:
        return
    end = object_end(read.after)
    what, tail = handed(read.after[:end]) if end else None, rest(read.after[end:])
    if what is None or tail is None or " from " in f"{tail} ":
        return
    first, told = read.behind[0], read.behind[end - 1] in nouns("given") or read.behind[end - 1] in ("change", "grade", "results")
    amiss = first in _WRONG or first in listed("flawed") or first in listed("faults") or first.startswith("someone")
    if amiss or " instead of " in tail:
        yield f"you were {'given' if told else 'sent'} {what}{tail}", f"we {'gave' if told else 'sent'} you {what}{tail}"


def _came_wrong(read: Roles) -> Iterator[Pair]:
    """As in "wrong size arrived": we sent it."""
    if read.negation or read.head not in ("arrived", "came", "received") or not read.subject or is_staff(small(read.subject)):
        return
    what, tail = thing(read.subject), rest(read.after)
    if what and tail is not None and what.split()[1:2] and what.split()[1] in _WRONG:
        yield f"{what} arrived{tail}", f"we sent you {what}{tail}"


def _came_broken(read: Roles) -> Iterator[Pair]:
    """As in "mug arrived broken", "car returned dirty"."""
    came = read.head in ("arrived", "came")
    if not (came or read.head in ("delivered", "returned", "served")) or read.negation or read.who != "thing" or not read.after:
        return
    state, what, tail = read.behind[0], thing(read.subject), rest(read.after[1:])
    if what and tail is not None and (state in listed("faults") or state in listed("arrived_so")):
        ours = f"we were late with {what}" if state == "late" else f"we {'delivered' if came else read.head} {what} {state}"
        yield f"{what} {'' if came else was(what) + ' '}{read.head} {state}{tail}", f"{ours}{tail}"


def _went(read: Roles) -> Iterator[Pair]:
    """As in "refund went to the wrong card": we sent it there."""
    amiss = any(word in listed("amiss") for word in read.behind)
    if read.head == "went" and read.behind[:1] == ("to",) and amiss and read.who == "thing" and read.noun in nouns("route"):
        what, tail = thing(read.subject), rest(read.after)
        if what and tail and not read.negation:
            yield f"{what} went{tail}", f"we sent {what}{tail}"


def _delivered(read: Roles) -> Iterator[Pair]:
    """As in "delivered to wrong house": what was delivered is known to both."""
    amiss = {"wrong", "instead", "late", "neighbour", "neighbor", "old", "another"} & set(read.low)
    if read.head == "delivered" and read.who == "nobody" and not read.negation and amiss and not object_end(read.after):
        tail = rest(read.after)
        if tail:
            yield f"the delivery was made{tail}", f"we delivered{tail}"


def _missing(read: Roles) -> Iterator[Pair]:
    """As in "2 shirts missing from order", "missing screws"."""
    if "missing" not in read.low:
        return
    at = read.low.index("missing")
    end = 1 + object_end(read.words[1:])
    held, after = (read.words[:at], read.words[at + 1 :]) if at else (read.words[1:end], read.words[end:])
    held = held[:-1] if held and held[-1].lower() in listed("helpers") else held
    tail, where = rest(after), small(after)
    if not held or tail is None:
        return
    what, noun = _left_out(held), held[-1].lower()
    if where[:1] in (("from",), ("in",)) and any(word in nouns("holds") for word in where) and what:
        place = tail.split(maxsplit=1)[1]
        yield f"{what} {was(what)} missing from {place}", f"we left {what} out of {place}"
    elif not after and noun in nouns("pieces") and (what := thing(held)):
        yield f"{what} {was(what)} missing", f"we left out {what}"
    elif noun in nouns("sent") and where[:1] not in (("from",), ("in",)) and (what := thing(held)):
        yield f"{what} {was(what)} missing{tail}", f"we did not get {what} to you{tail}"


def _left_out(held: Words) -> str | None:
    """What was not there: "an item", "screws", "2 shirts"."""
    first, noun = held[0].lower(), held[-1].lower()
    known = first in ("the", "my", "your", "his", "her") or not (noun in nouns("pieces") or many(" ".join(held)) or noun in nouns("mass"))
    return thing(held) if known or not thing(held) else some(held)
