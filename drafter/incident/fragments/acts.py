"""What was done, or was not: to a thing, to the customer, by our people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafter.incident.fragments import phrases, times
from drafter.incident.fragments.roles import Roles, Words, is_staff, small
from drafter.incident.fragments.vocabulary import Verb, listed, nouns, verb

Pair = tuple[str, str]
"""The neutral clause, and the one that has us as the one who acted."""
_BY_NOBODY = (("mistake",), ("accident",), ("error",), ("post",), ("email",), ("phone",))


def acts(read: Roles) -> Iterator[Pair]:
    """The clauses of what was done or left undone."""
    done = verb(read.head)
    did = (verb(read.head, "base") if read.negation else None) or verb(read.head, "past")
    found = _by_us(read, did) if did and read.who == "us" and not read.passive else None
    if found is None and done and read.who in ("nobody", "customer"):
        found = _attributive(read, done) or _to_customer(read, done)
    if found is None and done and read.who in ("thing", "us"):
        found = _to_thing(read, done)
    if found:
        yield found


def was(what: str, negation: str = "") -> str:
    """The form of "was" that goes with a thing or with "you"."""
    be = "were" if what == "you" or phrases.many(what) else "was"
    return f"{be} {negation}" if negation else be


def _by_us(read: Roles, did: Verb) -> Pair | None:
    """As in "driver left parcel in rain": the company acts through its people."""
    after, particle = _particle(read.head, read.after)
    end = phrases.object_end(after)
    if not end or read.still:
        return None
    held = after[:end]
    named = held[0].lower() in ("me", "us", "him", "customer", "them") or small(held) == ("her",)
    to_you = named or bool(times.amount(held) and {"both", "person"} <= did.takes)
    held = held[1:] if named else held
    what = phrases.thing(held, own="own" in did.takes) if held else ""
    tail = phrases.rest(after[end:])
    if what is None or tail is None or what == "you" or (did.base == "leave" and not (tail and _is_left(held))):
        return None
    takes = "both" if to_you and what else "person" if to_you else "thing"
    if takes not in did.takes:
        return None
    you = to_you or "needs_you" in did.takes
    patient, object_ = ("you", f" {what}" if what else "") if you else (what, "")
    return (
        f"{patient} {was(patient, read.negation)} {_fore(read)}{did.participle}{particle}{object_}{tail}",
        f"we {_did(read, did)}{particle} {patient}{object_}{tail}",
    )


def _to_customer(read: Roles, done: Verb) -> Pair | None:
    """As in "charged twice", "not told about the delay", "given wrong info": it was done to the customer."""
    if read.who == "customer" and not (read.passive or read.negation or "sure" in done.takes):
        return None  # "customer sent the wrong form": they did it
    if done.base == "leave" or not (read.negation or "passive" in done.takes or "grant" in done.takes):
        return None
    after = _without_agent(read.after)
    if after is None or not (read.negation or "harm" in done.takes or _amiss(read.low) or _long(after)):
        return None
    end = times.amount(after) or phrases.object_end(after)
    object_ = _second(after[:end], done, denied=bool(read.negation)) if end else ""
    tail = phrases.rest(after[end:], "by" if done.base == "delay" else "for")
    if object_ is None or tail is None or (not object_ and "person" not in done.takes):
        return None
    if done.base in ("bill", "charge") and not read.negation and not object_ + tail:
        return None
    if done.base in ("bill", "charge") and tail.startswith(" to "):
        return None  # "charged to wrong card": it was not the customer who was charged to it
    rest = f" {object_}{tail}" if object_ else tail
    if read.still and read.negation:
        return f"you have still not been {done.participle}{rest}", f"we still have not {done.participle} you{rest}"
    still = "still " if read.still else ""
    return f"you {was('you', read.negation)} {still}{_fore(read)}{done.participle}{rest}", f"we {still}{_did(read, done)} you{rest}"


def _is_left(held: Words) -> bool:
    """Whether it is something that can be left where it does not belong: a parcel, no "mess"."""
    noun = held[-1].lower() if held else ""
    return any(noun in nouns(name) for name in ("yours", "sent", "holds", "kin"))


def _second(held: Words, done: Verb, *, denied: bool) -> str | None:
    """What the customer was given, told or charged."""
    low = small(held)
    if times.amount(held):
        if done.base.startswith("over"):
            return f"by {' '.join(held)}"
        return " ".join(held) if "both" in done.takes or done.base in ("bill", "debit", "fine", "invoice") else None
    if "both" not in done.takes or (low[-1] in nouns("theirs") and done.base in ("send", "pay")):
        return None
    if "grant" in done.takes:
        return phrases.handed(held) if low[-1] in nouns("grants") and low != ("boarding",) else "boarding" if low == ("boarding",) else None
    if done.base == "charge" and (low[-1] in nouns("declined") or low[-1] in nouns("account")):
        return None
    telling = {"wrong", "incorrect", "another", "other", "a", "an", "the"} | listed("flawed").keys() | listed("faults").keys()
    if denied and done.base in ("give", "offer", "serve", "send") and phrases.thing(held) == f"the {' '.join(held)}":
        return f"any {' '.join(held)}"
    if "needs_you" in done.takes and not telling & set(low) and not denied:
        return None
    return phrases.handed(held)


def _attributive(read: Roles, done: Verb) -> Pair | None:
    """As in "lost luggage", "delayed flight": the participle stands before the thing."""
    end = phrases.object_end(read.after)
    if not end or read.who != "nobody" or read.passive or read.negation or "harm" not in done.takes or {"grant", "sure"} & done.takes:
        return None
    noun = read.after[end - 1].lower()
    if done.base in ("cancel", "forget", "close", "remove") or (done.base == "lose" and noun not in nouns("route")):
        return None  # the customer may have done it
    return _to_thing(replace(read, who="thing", subject=read.after[:end], after=read.after[end:]), done)


def _to_thing(read: Roles, done: Verb) -> Pair | None:
    """As in "parcel lost", "room not cleaned", "wrong size sent": it was done to a thing."""
    after = _without_agent(read.after)
    if after is None or "thing" not in done.takes or read.head in ("made", "received"):
        return None
    after, particle = _particle(read.head, after)
    first, by_us = read.subject[0].lower(), len(after) < len(read.after) and not particle
    amiss = read.negation or particle or "harm" in done.takes or _amiss(read.low) or first == "no"
    if not amiss or not (by_us or particle or _is_our_doing(read, done, after)):
        return None
    if done.base in ("mix", "throw", "split") and not particle:
        return None
    what = phrases.thing(read.subject, own="own" in done.takes)
    tail = phrases.rest(after, "by" if done.base == "delay" else "for")
    if what is None or tail is None or what == "you" or _is_somebody(read):
        return None
    if first == "no":
        given = "both" in done.takes and not read.negation and done.base != "charge"
        return (f"you were {done.participle} {what}{tail}", f"we {done.past} you {what}{tail}") if given else None
    if "grant" in done.takes and not read.negation and read.noun in nouns("grants") and phrases.handed(read.subject):
        held = phrases.handed(read.subject)
        return f"you were {_fore(read)}{done.participle} {held}{tail}", f"we {_did(read, done)} you {held}{tail}"
    if read.still or " since " in f"{tail} ":
        return _lasting(read, done, what, f"{particle}{tail}")
    you = "you " if _needs_you(read, done, tail) else ""
    return (
        f"{what} {was(what, read.negation)} {_fore(read)}{done.participle}{particle}{tail}",
        f"we {_did(read, done)}{particle} {you}{what}{tail}",
    )


def _lasting(read: Roles, done: Verb, what: str, rest: str) -> Pair | None:
    """As in "refund still not paid", "account locked since Friday"."""
    have = "have" if phrases.many(what) else "has"
    if read.negation:
        still = "still " if read.still else ""
        return (
            f"{what} {have} {still}{read.negation} been {done.participle}{rest}",
            f"we {still}have {read.negation} {done.participle} {what}{rest}",
        )
    if not read.still:
        kept = f"kept {what} {read.head}" if read.head in listed("kept_so") else f"{done.participle} {what}"
        return f"{what} {have} been {done.participle}{rest}", f"we have {kept}{rest}"
    if read.head not in listed("kept_so"):
        return None
    return f"{what} {'are' if phrases.many(what) else 'is'} still {read.head}{rest}", f"we have kept {what} {read.head}{rest}"


def _is_our_doing(read: Roles, done: Verb, after: Words) -> bool:
    """Whether nobody else is as likely to have done it."""
    if read.who == "us" and not (read.passive and done.base in ("cancel", "postpone", "reschedule")):
        return False  # "nurse left early", "tutor cancelled": nothing was done to them
    if read.negation or read.subject[0].lower() == "no":
        return True
    if done.base == "miss":
        return read.noun in nouns("rounds")
    if done.base in ("decline", "reject", "refuse", "bounce") and read.noun in nouns("declined"):
        return False
    if done.base in ("lose", "misplace") and read.noun in nouns("lost"):
        return False
    if done.base == "leave":
        return read.noun in nouns("sent") or read.noun in nouns("holds")  # "bus left early": it left by itself
    if done.base in listed("hurt") and read.noun in nouns("given") and read.noun not in nouns("yours"):
        return False  # "sheets torn": ours, and given so
    if done.base in ("spell", "misspell"):
        return read.noun in nouns("said")
    return "active" not in done.takes and not (done.base in ("return", "enter", "change", "pay") and not after)


def _is_somebody(read: Roles) -> bool:
    """Whether the subject is a name: "Mrs Smith charged twice" may be about the one who is written to."""
    last = read.subject[-1]
    return last[0].isupper() and not last.isupper() and not any(char.isdigit() for char in last)


def _needs_you(read: Roles, done: Verb, tail: str) -> bool:
    if " to " in f"{tail} ":
        return False
    carried = done.base in ("deliver", "ship")
    wrong = bool({"wrong", "incorrect"} & set(small(read.subject[:2]))) and "both" in done.takes and not carried
    return wrong or ("needs_you" in done.takes and bool(read.negation))


def _particle(head: str, after: Words) -> tuple[Words, str]:
    """The words without the little one that belongs to the verb, and that: "cut off"."""
    first = after[0].lower() if after else ""
    found = first and first in listed("particles_of").get(head, "").split(",")
    return (after[1:], f" {first}") if found else (after, "")


def _without_agent(after: Words) -> Words | None:
    """The rest without who did it, where that was one of us; nothing where it was somebody else."""
    low = small(after)
    if "by" not in low:
        return after
    at = low.index("by")
    told = low[at + 1 : at + 2] in _BY_NOBODY or times.amount(after[at + 1 :])
    if told or times.duration(after, at + 1) or times.date(after, at + 1):
        return after
    end = at + 1 + phrases.object_end(after[at + 1 :])
    agent = low[at + 1 : end]
    return (*after[:at], *after[end:]) if agent in (("us",), ("you",)) or is_staff(agent) else None


def _did(read: Roles, did: Verb) -> str:
    if read.negation == "not":
        return f"did not {_fore(read)}{did.base}"
    return f"never {_fore(read)}{did.past}" if read.negation else f"{_fore(read)}{did.past}"


def _fore(read: Roles) -> str:
    return f"{read.fore} " if read.fore else ""


def _amiss(low: Words) -> bool:
    """Whether a word says that it should not have been so."""
    for word in " ".join(low).replace("late fee", "fee").split():
        flawed = not verb(word) and (word in listed("flawed") or word in listed("faults"))
        if flawed or word in listed("amiss") or word in nouns("kin"):
            return True
    return False


def _long(after: Words) -> bool:
    return any(times.duration(after, at) for at in range(len(after)))
