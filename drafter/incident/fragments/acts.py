"""What was done, or was not: to a thing, to the customer, by our people."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.incident.fragments import phrases
from drafter.incident.fragments.roles import Roles, Words, is_staff
from drafter.incident.fragments.vocabulary import Verb, listed, nouns, verb

Pair = tuple[str, str]
"""The neutral clause, and the one that has us as the one who acted."""

_PARTICLES = frozenset(
    ("cut off", "cut down", "shut off", "shut down", "given away", "gave away", "thrown away", "threw away", "thrown out", "threw out",
     "mixed up", "split up", "left behind", "left out", "taken down", "took down", "taken away", "took away", "locked out", "locked up")
)  # fmt: skip
_NO_RECEIVER = frozenset(
    ("form", "forms", "document", "documents", "photo", "photos", "payment", "details", "money", "proof", "application")
)
_GRANTED = frozenset(("boarding", "entry", "access", "service", "refund", "compensation", "treatment", "discount", "upgrade", "cover"))
_ROUNDS = frozenset(("bin", "bins", "collection", "recycling", "pickup", "waste"))
_UNSURE = frozenset(
    ("email", "emails", "card", "payment", "payments", "transaction", "purchase")
)  # a bank, a shop and a customer all decline them
_BASELESS = frozenset(("made", "received", "ordered"))


def acts(read: Roles, low: Words) -> Iterator[Pair]:
    """The clauses of what was done or left undone."""
    done = verb(read.head)
    past = verb(read.head, "past")
    base = verb(read.head, "base") if read.negation else None
    found = None
    if read.who == "us" and not read.passive and (past or base):
        found = _by_us(read, base or past)
    if found is None and done and read.who in ("nobody", "customer"):
        found = _to_customer(read, done, low)
    if found is None and done and read.who in ("thing", "us"):
        found = _to_thing(read, done, low)
    if found:
        yield found


def _by_us(read: Roles, did: Verb | None) -> Pair | None:
    """ "driver left parcel in rain": the company acts through its people."""
    assert did
    after, particle = _particle(read.head, read.after)
    end = phrases.object_end(after)
    if not end or read.still:
        return None
    you = ""
    held = after[:end]
    if held[0].lower() in ("me", "us", "him", "customer", "them"):
        if len(held) > 1 and "both" not in did.takes:
            return None
        you, held = "you ", held[1:]
    own = "own" in did.takes
    what = phrases.thing(held, own) if held else ""
    tail = phrases.rest(after[end:])
    if what is None or tail is None or (not what and not you) or ("thing" not in did.takes and what and not you):
        return None
    if what == "you" or (not what and "person" not in did.takes):
        return None
    if "needs_you" in did.takes and what and not you:
        you = "you "
    patient = "you" if you else what
    object_ = f" {what}" if you and what else ""
    return (
        f"{patient} {_was(patient, read.negation)} {_adverbial(read.fore)}{did.participle}{particle}{object_}{tail}",
        f"we {_did(read, did)}{particle} {you}{what}".rstrip() + tail,
    )


def _to_customer(read: Roles, done: Verb, low: Words) -> Pair | None:
    """ "charged twice", "not told about the delay", "given wrong info": it was done to the customer."""
    if read.who == "customer" and not (read.passive or read.negation or "sure" in done.takes):
        return None  # "customer sent the wrong form": they did it
    if read.head == "left":
        return None
    if read.who == "nobody" and "thing" in done.takes and not read.negation and read.after:
        attributive = _attributive(read, done)
        if attributive:
            return attributive
    if read.who == "nobody" and not read.negation and "passive" not in done.takes and "grant" not in done.takes:
        return None
    if read.still and read.negation:
        return None
    after = _without_agent(read.after)
    if after is None or not (read.negation or "harm" in done.takes or _amiss(low) or _long(after)):
        return None
    sum_ = phrases.amount(after)
    end = sum_ or phrases.object_end(after)
    object_ = " ".join(after[:sum_]) if sum_ else ""
    if end and not sum_:
        object_ = _second(after[:end], done) or ""
        if not object_:
            return None
    if not object_ and "person" not in done.takes:
        return None
    if sum_ and done.base.startswith("over"):
        object_ = f"by {object_}"
    elif sum_ and not ("both" in done.takes or done.base in ("bill", "debit", "fine", "invoice")):
        return None
    tail = phrases.rest(after[end:], "by" if done.base == "delay" else "for")
    if tail is None or (done.base in ("bill", "charge") and not read.negation and not (object_ or tail)):
        return None
    rest = f" {object_}{tail}" if object_ else tail
    still = "still " if read.still else ""
    return (
        f"you {_was('you', read.negation)} {still}{_adverbial(read.fore)}{done.participle}{rest}",
        f"we {still}{_did(read, done)} you{rest}",
    )


def _second(held: Words, done: Verb) -> str | None:
    """The thing that the customer was given, told or charged."""
    low = [word.lower() for word in held]
    if "both" not in done.takes:
        return None
    if "grant" in done.takes:
        return None if low[-1] not in _GRANTED else "boarding" if low == ["boarding"] else _bare(held)
    if low[-1] in _NO_RECEIVER and done.base in ("send", "pay"):
        return None
    if done.base in ("tell", "quote", "show", "give") and not {"wrong", "incorrect", "another", "other", "a", "an", "the"} & set(low):
        return None
    return phrases.handed(held)


def _bare(held: Words) -> str | None:
    return " ".join(held) if held[-1].lower() in nouns("mass") or held[-1].endswith("ing") else phrases.thing(held)


def _attributive(read: Roles, done: Verb) -> Pair | None:
    """ "lost luggage", "delayed flight": the participle stands before the thing."""
    if "harm" not in done.takes or read.passive or "grant" in done.takes or "sure" in done.takes:
        return None
    end = phrases.object_end(read.after)
    turned = Roles("thing", read.after[:end], read.head, read.after[end:], fore=read.fore)
    return _to_thing(turned, done, ()) if end and done.base not in ("miss", "cancel", "forget", "close") else _missed(read, done, end)


def _missed(read: Roles, done: Verb, end: int) -> Pair | None:
    """ "missed bin collection" is ours; "missed appointment" may be the customer's."""
    if done.base != "miss" or not end or read.after[end - 1].lower() not in _ROUNDS:
        return None
    return _to_thing(Roles("thing", read.after[:end], "missed", read.after[end:]), done, ())


def _to_thing(read: Roles, done: Verb, low: Words) -> Pair | None:
    """ "parcel lost", "room not cleaned", "wrong size sent": it was done to a thing."""
    after = _without_agent(read.after)
    if after is None or "thing" not in done.takes or read.head in _BASELESS:
        return None
    subject = [word.lower() for word in read.subject]
    if read.who == "us" and done.base not in ("cancel", "postpone", "reschedule"):
        return None  # "nurse left early": nothing was done to the nurse
    after, particle = _particle(read.head, after)
    if not (read.negation or particle or "harm" in done.takes or _amiss(low) or subject[0] == "no"):
        return None
    if not _is_our_doing(done, subject, read, after):
        return None
    if done.base in ("mix", "throw", "split") and not particle:
        return None
    what = phrases.thing(read.subject, "own" in done.takes)
    tail = phrases.rest(after, "by" if done.base == "delay" else "for")
    if what is None or tail is None or what == "you":
        return None
    if subject[0] == "no":
        return _none_of(read, done, what, tail)
    you = "you " if _needs_you(done, subject, read, tail) else ""
    still = "still " if read.still else ""
    was = _was(what, read.negation)
    if read.still and read.negation:
        have = "have" if phrases.many(what) else "has"
        return (
            f"{what} {have} still not been {done.participle}{particle}{tail}",
            f"we still have not {done.participle}{particle} {you}{what}{tail}",
        )
    return (
        f"{what} {was} {still}{_adverbial(read.fore)}{done.participle}{particle}{tail}",
        f"we {still}{_did(read, done)}{particle} {you}{what}{tail}",
    )


def _is_our_doing(done: Verb, subject: list[str], read: Roles, after: Words) -> bool:
    """Whether nobody else is as likely to have done it."""
    if read.negation or subject[0] == "no":
        return True
    if done.base == "miss":
        return subject[-1] in _ROUNDS
    if "active" in done.takes:
        return False
    if done.base in ("decline", "reject", "refuse", "bounce") and subject[-1] in _UNSURE:
        return False
    return not (done.base in ("return", "enter", "change", "order", "pay", "leave") and not after)


def _none_of(read: Roles, done: Verb, what: str, tail: str) -> Pair | None:
    if "both" not in done.takes or read.negation or done.base == "charge":
        return None
    return f"you were {done.participle} {what}{tail}", f"we {done.past} you {what}{tail}"


def _needs_you(done: Verb, subject: list[str], read: Roles, tail: str) -> bool:
    if " to " in f"{tail} ":
        return False
    wrong = subject[0] in ("wrong", "incorrect") and "both" in done.takes
    return wrong or ("needs_you" in done.takes and bool(read.negation))


def _particle(head: str, after: Words) -> tuple[Words, str]:
    first = after[0].lower() if after else ""
    return (after[1:], f" {first}") if f"{head} {first}" in _PARTICLES else (after, "")


def _without_agent(after: Words) -> Words | None:
    """The rest without who did it, where that was one of us; nothing where it was somebody else."""
    low = [word.lower() for word in after]
    if "by" not in low:
        return after
    at = low.index("by")
    if low[at + 1 : at + 2] in (["mistake"], ["accident"], ["error"], ["post"], ["email"], ["phone"]):
        return after
    if phrases.amount(after[at + 1 :]) or phrases.duration(low, at + 1) > at + 1 or phrases.date(after, at + 1) > at + 1:
        return after
    end = at + 1 + phrases.object_end(after[at + 1 :])
    agent = low[at + 1 : end]
    ours = agent in (["us"], ["you"]) or is_staff(agent)
    return (*after[:at], *after[end:]) if ours else None


def _did(read: Roles, did: Verb) -> str:
    fore = _adverbial(read.fore)
    if read.negation == "not":
        return f"did not {fore}{did.base}"
    return f"never {fore}{did.past}" if read.negation else f"{fore}{did.past}"


def _was(what: str, negation: str) -> str:
    be = "were" if what == "you" or phrases.many(what) else "was"
    return f"{be} {negation}" if negation else be


def _adverbial(fore: str) -> str:
    return f"{fore} " if fore else ""


def _amiss(low: Words) -> bool:
    return any(word in listed("amiss") or word in nouns("kin") for word in low)


def _long(after: Words) -> bool:
    low = [word.lower() for word in after]
    return any(phrases.duration(low, at) > at for at in range(len(low)))
