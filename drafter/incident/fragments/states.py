"""What the customer was left with: nothing that came, nothing that worked, the wrong thing, a long wait, a rude word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drafter.incident.fragments import phrases
from drafter.incident.fragments.acts import Pair
from drafter.incident.fragments.roles import Roles, Words, is_staff
from drafter.incident.fragments.vocabulary import listed, nouns, verb

_CALLS = frozenset(("callback", "call", "call-back"))
_WAITS = frozenset(("waiting", "waited"))
_FIXED = ("working", "loading", "responding", "available", "reachable", "usable")
_ORDER = {"out of order": "out of order", "out of service": "out of service"}
_PERSONS = frozenset(("man", "woman", "lady", "guy", "person", "people"))


def states(read: Roles | None, words: Words) -> Iterator[Pair]:
    """The clauses of the first reading that holds."""
    low = tuple(word.lower() for word in words)
    for of_words in _OF_WORDS:
        yield from of_words(words, low)
    if read:
        for of_roles in _OF_ROLES:
            yield from of_roles(read, low)


# read by the words alone, since nothing is said of a subject


def _curt(words: Words, low: Words) -> Iterator[Pair]:
    """ "rude staff on phone", "driver was rude": a tone, told without whose it was."""
    left = tuple(word for word in words if word.lower() not in ("was", "were", "very", "so", "really"))
    small = [word.lower() for word in left]
    at = next((place for place, word in enumerate(small) if word in listed("curt")), None)
    if at is None or len(left) < 2:
        return
    if at == 0:
        end = 1 + phrases.object_end(left[1:])
        who, after = small[1:end], left[end:]
    else:
        who, after = small[:at], left[at + 1 :]
    if not is_staff(who) or "no" in who:
        return
    if (
        [word.lower() for word in after[:1]] in (["to"], ["with"])
        and len(after) > 1
        and after[1].lower() in ("me", "her", "him", "us", "customer")
    ):
        after = after[2:]
    tail = phrases.rest(after)
    if tail is not None and not {"by", "customer"} & set(low):
        with_ = "with" if small[at] in ("short", "abrupt", "curt") else "to"
        yield f"the tone towards you was {small[at]}{tail}", f"we were {small[at]} {with_} you{tail}"


def _nothing(words: Words, low: Words) -> Iterator[Pair]:
    """ "no reply to email", "no hot water for 2 days"."""
    still = low[:1] == ("still",)
    words, low = words[still:], low[still:]
    if low[:1] != ("no",) or len(low) < 2:
        return
    end = 1 + phrases.object_end(words[1:])
    held, head = " ".join(words[1:end]), low[end - 1]
    tail = phrases.rest(words[end:])
    if tail is None or end == 1 or any(verb(word) for word in low[1:end]):
        return
    now = " since " in f"{tail} "
    if head in nouns("word"):
        have = "have given" if now else "gave"
        yield f"you {'have had' if now else 'got'} no {held}{tail}", f"we {have} you no {held}{tail}"
        if (base := nouns("word")[head]) and end == 2 and not now:
            to = "" if " to " in f"{tail} " or base == "warn" else " to you"
            you = " you" if base == "warn" else ""
            yield (
                f"you got no {held}{tail}",
                f"we did not {base}{you}{to if base != 'answer' else ''}{_answered(tail) if base == 'answer' else tail}",
            )
    elif head in nouns("mass") & nouns("service").keys() or head in ("water", "heating", "electricity", "gas", "signal", "coverage", "ac"):
        yield f"you {'have had' if now else 'had'} no {held}{tail}", f"we {'have ' if now else ''}left you without {held}{tail}"
    elif head in ("meal", "seat", "room", "towels", "bed", "breakfast", "lunch", "dinner", "table"):
        yield f"you got no {held}{tail}", f"we gave you no {held}{tail}"


def _answered(tail: str) -> str:
    return tail.replace(" to ", " ", 1) if tail.startswith(" to ") else f" you{tail}"


def _without(words: Words, low: Words) -> Iterator[Pair]:
    """ "5 days without heating"."""
    start = 1 if low[:1] == ("left",) else 0
    end = phrases.duration(low, start)
    if end == start or low[end : end + 1] != ("without",) or start:
        return
    held = words[end + 1 :]
    stop = phrases.object_end(held)
    tail = phrases.rest(held[stop:])
    if stop and tail is not None and held[stop - 1].lower() in nouns("service"):
        lacking = _lacking(held[:stop])
        span = " ".join(words[:end])
        if lacking:
            yield f"you were without {lacking} for {span}{tail}", f"we left you without {lacking} for {span}{tail}"


def _missing(words: Words, low: Words) -> Iterator[Pair]:
    """ "2 shirts missing from order"."""
    if "missing" not in low:
        return
    at = low.index("missing")
    if at:
        held, after = tuple(word for word in words[:at] if word.lower() not in ("was", "were", "is", "are")), words[at + 1 :]
    else:
        end = 1 + phrases.object_end(words[1:])
        held, after = words[1:end], words[end:]
    if not held:
        return
    head, many = held[-1].lower(), phrases.many(held[-1])
    tail = phrases.rest(after)
    if tail is None:
        return
    from_ = after[0].lower() if after else ""
    if from_ in ("from", "in") and any(word.lower() in nouns("holds") for word in after[1:3]):
        bare = _indefinite(held)
        if bare:
            of = " ".join(tail.split()[1:])
            yield f"{bare} {'were' if phrases.many(bare) else 'was'} missing from {of}", f"we left {bare} out of {of}"
    elif not after and head in nouns("pieces"):
        what = phrases.thing(held)
        yield f"{what} {'were' if many else 'was'} missing", f"we left out {what}"
    elif head in nouns("sent") and not {"from", "in"} & {word.lower() for word in after}:
        what = phrases.thing(held)
        yield f"{what} {'were' if many else 'was'} missing{tail}", f"we did not get {what} to you{tail}"


def _indefinite(held: Words) -> str | None:
    """Something that was not there: "an item", "screws", "2 shirts"."""
    low = held[0].lower()
    if low in ("the", "a", "an", "my", "your") or phrases.many(" ".join(held)) or held[-1].lower() in nouns("mass") or low.isdigit():
        return phrases.thing(held) if low in ("my", "your", "the") else " ".join(held)
    if held[-1].lower() in nouns("pieces"):
        return f"{phrases.a(low)} {' '.join(held)}"
    return phrases.thing(held)


def _wrong(words: Words, low: Words) -> Iterator[Pair]:
    """ "wrong name on ticket", "wrong size"."""
    if low[:1] not in (("wrong",), ("incorrect",)) or any(verb(word) for word in low) or len(low) < 2:
        return
    end = phrases.object_end(words)
    tail = phrases.rest(words[end:])
    what, head = phrases.thing(words[:end]), low[end - 1]
    if what is None or tail is None:
        return
    after = low[end:]
    if after and after[0] in ("on", "in") and after[-1] in nouns("paper") and head not in ("info", "information", "advice"):
        yield f"{what} was {tail.strip()}", f"we put {what}{tail}"
    elif head in ("info", "information", "advice", "answer", "directions", "instructions"):
        yield f"you were given {what}{tail}", f"we gave you {what}{tail}"
    elif not after and (head in nouns("said") or head in nouns("goods")):
        bare = what.replace(f"the {low[0]} ", "the ", 1)
        be = "were" if phrases.many(bare) else "was"
        yield f"{bare} {be} {low[0]}", f"we got {bare} wrong"
        if head in nouns("goods"):
            yield f"you were sent {what}", f"we sent you {what}"


def _twice(words: Words, low: Words) -> Iterator[Pair]:
    """ "double charged 49.90", "duplicate charge 35", "double booked"."""
    joined = low[0].split("-") if low and "-" in low[0] else low[:2]
    rest = words[1:] if low and "-" in low[0] else words[2:]
    if len(joined) < 2 or joined[0] not in ("double", "duplicate"):
        return
    if joined[1] in ("charged", "charge", "billed", "payment"):
        past = "billed" if joined[1] == "billed" else "charged"
        if rest and rest[0].lower() == "of":
            rest = rest[1:]
        sum_ = phrases.amount(rest)
        tail = phrases.rest(rest[sum_:])
        if tail is not None and "twice" not in low:
            amount = " ".join(rest[:sum_])
            said = f"{f' {amount}' if amount else ''} twice{tail}"
            yield f"you were {past}{said}", f"we {past} you{said}"
    elif joined[1] == "booked":
        end = phrases.object_end(rest)
        tail = phrases.rest(rest[end:])
        what = phrases.thing(rest[:end], own=True) if end else "you"
        if what and tail is not None:
            yield f"{what} {'were' if what == 'you' or phrases.many(what) else 'was'} double-booked{tail}", f"we double-booked {what}{tail}"


def _slip(words: Words, low: Words) -> Iterator[Pair]:
    """ "typo in contract", "error on invoice"."""
    if low[:1] and low[0] in ("typo", "error", "mistake", "typos", "errors", "mistakes") and low[1:2] and low[1] in ("in", "on"):
        tail = phrases.rest(words[1:])
        if tail and (low[-1] in nouns("paper") or low[-1] in ("order", "contract", "calculation")):
            one = low[0] if low[0].endswith("s") else f"{'an' if low[0] == 'error' else 'a'} {low[0]}"
            yield f"there {'were' if low[0].endswith('s') else 'was'} {one}{tail}", f"we made {one}{tail}"


def _poor(words: Words, low: Words) -> Iterator[Pair]:
    """ "dirty room", "slow service", "late delivery"."""
    if len(low) < 2 or any(verb(word) for word in low if word not in listed("faults")):
        return
    end = 1 + phrases.object_end(words[1:])
    held, tail = words[1:end], phrases.rest(words[end:])
    if tail is None or not held:
        return
    if low[0] == "late" and held[-1].lower() in nouns("yours"):
        what = phrases.thing(held)
        yield f"{what} {'were' if phrases.many(held[-1]) else 'was'} late{tail}", f"we were late with {what}{tail}"
    if low[0] in ("bad", "poor", "slow", "terrible") and held[-1].lower() == "service":
        yield f"the {' '.join(held)} was {low[0]}{tail}", f"we gave you {low[0]} {' '.join(held)}{tail}"
    if low[0] in listed("faults") and held[-1].lower() in nouns("given") and held[-1].lower() not in nouns("said"):
        yield from _gave(low[0], held, tail)


def _gave(fault: str, held: Words, tail: str) -> Iterator[Pair]:
    what = phrases.thing(held)
    if what is None:
        return
    head = " ".join(held if held[0].lower() not in ("the", "my", "your") else held[1:])
    article = "" if phrases.many(head) or held[-1].lower() in nouns("mass") else "a "
    yield f"{what} {'were' if phrases.many(what) else 'was'} {fault}{tail}", f"we gave you {article}{fault} {head}{tail}"


# read by who did what


def _arrival(read: Roles, low: Words) -> Iterator[Pair]:
    """ "parcel never arrived", "engineer no show", "never got the refund"."""
    base = listed("comes").get(read.head)
    shown = read.head == "no" and read.after[:1] == ("show",)
    if read.who == "third" and read.subject[-1].lower() not in ("courier", "carrier", "couriers"):
        return
    if read.who in ("nobody", "customer"):
        if read.negation and read.head in ("got", "received", "receive", "get"):
            yield from _not_received(read)
        elif not read.negation and read.head in ("got", "received") and read.after:
            yield from _received(read)
        return
    if not (shown or (base and read.negation)):
        return
    after = read.after[1:] if shown or (read.after and read.head in ("turned", "turn", "showed", "show")) else read.after
    if read.head == "reached" or read.still:
        return
    tail = phrases.rest(after)
    what = phrases.thing(read.subject)
    if what is None or tail is None or " to " in f"{tail} ":
        return
    yield from _never_reached(what, read.negation or "not", tail)


def _never_reached(what: str, negation: str, tail: str) -> Iterator[Pair]:
    if what.split()[-1] in _CALLS:
        if "promised" in what:
            what = what.replace("your ", "the ", 1)
        made = "never made" if negation == "never" else "did not make"
        yield f"{what} {'never came' if negation == 'never' else 'did not come'}{tail}", f"we {made} {what}{tail}"
        return
    got, reached = ("never got", "never reached") if negation == "never" else ("did not get", "did not reach")
    yield f"{what} {reached} you{tail}", f"we {got} {what} to you{tail}"


def _not_received(read: Roles) -> Iterator[Pair]:
    end = phrases.object_end(read.after)
    what, tail = phrases.thing(read.after[:end]), phrases.rest(read.after[end:])
    if what and tail is not None and " from " not in f"{tail} ":
        if what.split()[-1] in nouns("word") and what.split()[-1] not in _CALLS:
            return
        yield from _never_reached(what, read.negation, tail)


def _received(read: Roles) -> Iterator[Pair]:
    """ "received wrong shoes": what came was what we sent or gave."""
    end = phrases.object_end(read.after)
    what, tail = phrases.handed(read.after[:end]) if end else None, phrases.rest(read.after[end:])
    if not end or what is None or tail is None or " from " in f"{tail} ":
        return
    first, head = read.after[0].lower(), read.after[end - 1].lower()
    if not (first in ("wrong", "incorrect") or " instead of " in tail):
        return
    told = head in nouns("given") or head in ("change", "grade", "result", "results")
    sent, was = ("gave", "given") if told else ("sent", "sent")
    yield f"you were {was} {what}{tail}", f"we {sent} you {what}{tail}"


def _wrong_arrived(read: Roles, low: Words) -> Iterator[Pair]:
    """ "wrong size arrived": we sent it."""
    if read.negation or read.head not in ("arrived", "came", "received") or not read.subject:
        return
    if read.subject[0].lower() not in ("wrong", "incorrect") and read.subject[:2] not in (("the", "wrong"), ("the", "incorrect")):
        return
    what, tail = phrases.thing(read.subject), phrases.rest(read.after)
    if what and tail is not None and not is_staff([word.lower() for word in read.subject]):
        yield f"{what} arrived{tail}", f"we sent you {what}{tail}"


def _wrong_said(read: Roles, low: Words) -> Iterator[Pair]:
    """ "bill wrong", "name wrong on ticket"."""
    if read.head not in ("wrong", "incorrect") or read.negation or read.who != "thing":
        return
    at = next((place for place, word in enumerate(read.subject) if word.lower() in ("on", "in")), len(read.subject))
    what, where, tail = phrases.thing(read.subject[:at]), phrases.rest(read.subject[at:]), phrases.rest(read.after)
    if what and where is not None and tail is not None and at and read.subject[at - 1].lower() in nouns("said"):
        what += where
        yield f"{what} {'were' if phrases.many(what) else 'was'} {read.head}{tail}", f"we got {what} wrong{tail}"


def _waiting(read: Roles, low: Words) -> Iterator[Pair]:
    """ "still waiting for refund", "waited 2 hours on hold"."""
    if read.head not in _WAITS or read.negation or read.who not in ("nobody", "customer"):
        return
    tail = phrases.rest(read.after)
    if not tail or (read.head == "waited" and not phrases.duration([word.lower() for word in read.after], 0)):
        return
    if read.still or " since " in tail:
        yield f"you are still waiting{tail}", f"we have kept you waiting{tail}"
    elif read.head == "waited" or phrases.duration([word.lower() for word in read.after], 0):
        yield f"you waited{tail}", f"we kept you waiting{tail}"


def _outstanding(read: Roles, low: Words) -> Iterator[Pair]:
    """ "refund still outstanding"."""
    if read.head in ("outstanding", "pending", "due") and read.still and not read.negation and read.who == "thing":
        what, tail = phrases.thing(read.subject), phrases.rest(read.after)
        if what and tail is not None:
            yield f"{what} {'are' if phrases.many(what) else 'is'} still {read.head}{tail}", f"we have kept you waiting for {what}{tail}"


def _bears_wrong(read: Roles, low: Words) -> Iterator[Pair]:
    """ "report shows wrong totals", "code doesn't work"."""
    if read.who != "thing":
        return
    head = read.subject[-1].lower()
    if read.negation == "not" and read.head in ("work", "working") and not read.after and head in nouns("keys"):
        what, many = phrases.thing(read.subject), phrases.many(head)
        bare = read.subject[1:] if read.subject[0].lower() in ("the", "my", "your") else read.subject
        if what:
            article = "" if many else "a "
            yield (
                f"{what} {'do' if many else 'does'} not work",
                (f"we gave you {article}{' '.join(bare)} that {'do' if many else 'does'} not work"),
            )
    if not read.negation and read.head in ("wrong", "incorrect", "shows") and head in nouns("paper") | nouns("said"):
        rest = read.after[1:] if read.head == "shows" else read.after
        sign = read.head if read.head != "shows" else read.after[0].lower() if read.after else ""
        end = phrases.object_end(rest)
        where, tail = phrases.thing(read.subject), phrases.rest(rest[end:])
        if sign in ("wrong", "incorrect") and end and where and tail is not None and rest[end - 1].lower() in nouns("said"):
            wrong = f"the {sign} {' '.join(rest[:end])}"
            be = "were" if phrases.many(wrong) else "was"
            on = "in" if head in ("report", "contract", "email", "letter", "file", "app", "records") else "on"
            yield f"{wrong} {be} {on} {where}{tail}", f"we put {wrong} {on} {where}{tail}"


def _kept(read: Roles, low: Words) -> Iterator[Pair]:
    """ "kept waiting 2 hours", "left waiting", "hung up on"."""
    if read.negation or read.still or (read.who not in ("nobody", "customer") and read.head != "hung"):
        return
    after = [word.lower() for word in read.after]
    if read.head == "hung" and after[:1] == ["up"] and (read.who in ("us", "nobody") or read.passive):
        rest = read.after[1:]
        if rest[:1] == ("on",) and len(rest) > 1 and rest[1].lower() in ("me", "us", "her", "him", "you", "customer", "them"):
            rest = rest[2:]
        elif rest[:1] == ("on",):
            rest = rest[1:]
        elif read.who != "us":
            return
        tail = phrases.rest(rest)
        if tail is not None:
            yield f"you were hung up on{tail}", f"we hung up on you{tail}"
    if read.who == "customer" and not read.passive and read.head != "kept":
        return
    if read.head in ("kept", "left") and after[:1] in (["waiting"], ["stranded"], ["hanging"]):
        tail = phrases.rest(read.after[1:])
        if tail is not None:
            yield f"you were {read.head} {after[0]}{tail}", f"we {read.head} you {after[0]}{tail}"
    if read.head == "left" and after[:1] == ["without"]:
        end = 1 + phrases.object_end(read.after[1:])
        lacking, tail = _lacking(read.after[1:end]), phrases.rest(read.after[end:])
        if lacking and tail is not None:
            yield f"you were left without {lacking}{tail}", f"we left you without {lacking}{tail}"
    if read.head == "locked" and after[:2] == ["out", "of"]:
        tail = phrases.rest(("of", *read.after[2:]))
        if tail:
            yield f"you were locked out{tail}", f"we locked you out{tail}"


def _on_hold(words: Words, low: Words) -> Iterator[Pair]:
    """ "on hold 50 min"."""
    rest = words[1:] if low[:1] == ("put",) else words
    if tuple(word.lower() for word in rest[:2]) != ("on", "hold"):
        return
    after = rest[3:] if len(rest) > 2 and rest[2].lower() == "for" else rest[2:]
    tail = phrases.rest(after)
    if tail and phrases.duration([word.lower() for word in after], 0):
        yield f"you were on hold{tail}", f"we kept you on hold{tail}"


def _late(read: Roles, low: Words) -> Iterator[Pair]:
    """ "refund late", "engineer 3 hours late", "delivered 2 days late"."""
    held = read.subject
    small = tuple(word.lower() for word in held)
    if read.head == "took" and not read.negation:
        yield from _took(read, small)
        return
    if read.head in ("delivered", "arrived", "shipped") and read.who == "nobody" and not read.negation:
        yield from _delivered(read, low)
        return
    if read.head != "late" or read.negation or read.still or read.who == "customer" or read.who == "third":
        return
    span = next((at for at in range(1, len(small)) if phrases.duration(small, at) == len(small)), None)
    after = read.after
    if span is None and after[:1] == ("by",):
        after = after[1:]
    length = ""
    if span is not None:
        held, length = held[:span], " ".join(held[span:])
    elif end := phrases.duration(tuple(word.lower() for word in after), 0):
        length, after = " ".join(after[:end]), after[end:]
    what, tail = phrases.thing(held), phrases.rest(after)
    if what and tail is not None and not any(verb(word) for word in small):
        late = f"{length} late" if length else "late"
        yield f"{what} {'were' if phrases.many(what) else 'was'} {late}{tail}", f"we were {late} with {what}{tail}"


def _took(read: Roles, small: Words) -> Iterator[Pair]:
    end = phrases.duration(tuple(word.lower() for word in read.after), 0)
    span, tail = " ".join(read.after[:end]), phrases.rest(read.after[end:])
    if not end or tail is None or read.who != "thing":
        return
    if small[-1] == "refund":
        yield f"{phrases.thing(read.subject)} took {span}{tail}", f"we took {span} to refund you{tail}"
    elif small[-1] in (
        "claim",
        "application",
        "complaint",
        "repair",
        "order",
        "delivery",
        "answer",
        "reply",
        "transfer",
        "query",
        "request",
    ):
        what = phrases.thing(read.subject)
        yield f"{what} took {span}{tail}", f"we took {span} over {what}{tail}"


def _delivered(read: Roles, low: Words) -> Iterator[Pair]:
    """ "delivered to wrong house": what was delivered is known to both."""
    if read.head != "delivered" or not ({"wrong", "instead", "late", "neighbour", "neighbor", "old", "another", "early"} & set(low)):
        return
    if phrases.object_end(read.after):
        return
    tail = phrases.rest(read.after)
    if tail:
        yield f"the delivery was made{tail}", f"we delivered{tail}"


def _down(read: Roles, low: Words) -> Iterator[Pair]:
    """ "app down 3h", "lift out of order", "wifi not working"."""
    if read.who not in ("thing", "us") or read.subject[-1].lower() not in nouns("service"):
        return
    after = read.after
    if read.negation == "not" and (read.head in _FIXED or read.head in ("work", "load", "respond")):
        state = "not working" if read.head == "work" else f"not {read.head}"
        if read.head not in ("working", "work"):
            state = {"load": "not loading", "respond": "not responding"}.get(read.head, state)
    elif not read.negation and (read.head in listed("states") or (read.head in ("broken", "off") and read.who == "thing")):
        state = read.head
    else:
        return
    tail, lacking = phrases.rest(after), _lacking(read.subject)
    if tail is None or lacking is None:
        return
    what = phrases.thing(read.subject)
    now, plural = " since " in f"{tail} ", phrases.many(read.subject[-1])
    be = ("have been" if plural else "has been") if now else ("were" if plural else "was")
    working = "working " if state in ("not working", "broken") and not lacking.startswith(("the ", "your ")) else ""
    if what:
        yield f"{what} {be} {state}{tail}", f"we {'have ' if now else ''}left you without {working}{lacking}{tail}"


def _out_of(words: Words, low: Words) -> Iterator[Pair]:
    """ "power off 6 hours", "lift out of order"."""
    for at in range(1, len(words)):
        said = (
            "out of order"
            if low[at : at + 3] == ("out", "of", "order")
            else "off"
            if low[at] == "off"
            else "out"
            if low[at] == "out"
            else ""
        )
        subject = tuple(word for word in words[:at] if word.lower() not in ("is", "was", "were", "are"))
        if not said or not subject or subject[-1].lower() not in nouns("service") or any(verb(word.lower()) for word in subject):
            continue
        tail, lacking = phrases.rest(words[at + len(said.split()) :]), _lacking(subject)
        if tail is not None and lacking:
            now = " since " in f"{tail} "
            what = phrases.thing(subject)
            be = "has been" if now else "were" if phrases.many(subject[-1]) else "was"
            yield f"{what} {be} {said}{tail}", f"we {'have ' if now else ''}left you without {lacking}{tail}"
        return


def _lacking(held: Words) -> str | None:
    """What one is without: "heating", "the app", "your phone line"."""
    if held and held[-1].lower() in nouns("mass") and held[0].lower() not in ("the", "my", "your"):
        return " ".join(held)
    return phrases.thing(held)


def _faulty(read: Roles, low: Words) -> Iterator[Pair]:
    """ "room dirty", "seat broken": what was given for use."""
    if read.head not in listed("faults") or read.negation or read.who != "thing" or read.still:
        return
    if read.subject[-1].lower() not in nouns("given") or read.subject[-1].lower() in nouns("said") or read.head == "damaged":
        return
    tail = phrases.rest(read.after)
    if tail is not None:
        yield from _gave(read.head, read.subject, tail)


def _arrived_faulty(read: Roles, low: Words) -> Iterator[Pair]:
    """ "mug arrived broken", "food came cold"."""
    if read.head not in ("arrived", "came", "delivered", "returned", "served") or read.negation or read.who != "thing" or not read.after:
        return
    fault = read.after[0].lower()
    if fault not in listed("faults") and fault not in (
        "open",
        "opened",
        "cracked",
        "smashed",
        "crushed",
        "late",
        "empty",
        "torn",
        "melted",
    ):
        return
    tail, what = phrases.rest(read.after[1:]), phrases.thing(read.subject)
    if what and tail is not None:
        ours = f"we {'delivered' if read.head in ('arrived', 'came') else read.head} {what} {fault}{tail}"
        be = "" if read.head in ("arrived", "came") else "were " if phrases.many(what) else "was "
        yield f"{what} {be}{read.head} {fault}{tail}", f"we were late with {what}{tail}" if fault == "late" else ours


def _replies(read: Roles, low: Words) -> Iterator[Pair]:
    """ "support never replied", "doctor did not call back"."""
    after = tuple(word for word in read.after if word.lower() not in ("me", "to", "her", "him"))
    if read.who not in ("us", "nobody", "customer") or not read.negation or read.still:
        return
    never = read.negation == "never"
    back = after[:1] == ("back",)
    tail = phrases.rest(after[1:] if back else after)
    if tail is None or (tail and tail.split()[0] == "by"):
        return
    if read.head in ("reply", "replied", "respond", "responded", "answer", "answered") and read.who == "us" and not back:
        base = {"rep": "reply", "res": "respond", "ans": "answer"}[read.head[:3]]
        past = {"reply": "replied", "respond": "responded", "answer": "answered"}[base]
        to = "" if base == "answer" else " to"
        yield (
            f"you {'never got' if never else 'did not get'} a reply{tail}",
            f"we {'never ' + past if never else 'did not ' + base}{to} you{tail}",
        )
    if back and read.head in ("call", "called", "ring", "rang", "phone", "phoned"):
        if read.who != "us" and not read.head.endswith("ed"):
            return
        base, past = ("ring", "rang") if read.head in ("ring", "rang") else ("call", "called")
        done = "rung" if base == "ring" else "called"
        yield f"you were {read.negation} {done} back{tail}", f"we {'never ' + past if never else 'did not ' + base} you back{tail}"


def _ready(read: Roles, low: Words) -> Iterator[Pair]:
    """ "room not ready"."""
    if read.head == "ready" and read.negation == "not" and read.who == "thing" and not read.still:
        what, tail = phrases.thing(read.subject), phrases.rest(read.after)
        if what and tail is not None:
            yield f"{what} {'were' if phrases.many(what) else 'was'} not ready{tail}", f"we did not have {what} ready{tail}"


def _forgot(read: Roles, low: Words) -> Iterator[Pair]:
    """ "nurse forgot to give tablets"."""
    if read.who != "us" or read.head not in ("forgot", "failed") or read.negation or read.after[:1] != ("to",) or len(read.after) < 3:
        return
    done = verb(read.after[1].lower(), "base")
    end = phrases.object_end(read.after[2:])
    what, tail = phrases.thing(read.after[2 : 2 + end]), phrases.rest(read.after[2 + end :])
    if done and end and what and tail is not None and "thing" in done.takes and what != "you":
        you = "you " if "needs_you" in done.takes else ""
        patient, object_ = ("you", f" {what}") if you else (what, "")
        be = "were" if patient == "you" or phrases.many(patient) else "was"
        yield f"{patient} {be} not {done.participle}{object_}{tail}", f"we {read.head} to {done.base} {you}{what}{tail}"


def _lost_by_courier(read: Roles, low: Words) -> Iterator[Pair]:
    """ "parcel lost by courier": whoever carried it, we did not get it there, and nobody is named."""
    after = [word.lower() for word in read.after]
    carried = after[:1] == ["by"] and after[-1] in ("courier", "carrier", "couriers") and len(after) <= 3
    if read.who == "third" and read.subject[-1].lower() in ("courier", "carrier", "couriers") and read.head == "lost":
        held = read.after
    elif read.head == "lost" and carried and read.who == "thing":
        held = read.subject
    else:
        return
    what = phrases.thing(held)
    if what and held[-1].lower() in nouns("sent") and not read.negation:
        yield f"{what} was lost", f"we did not get {what} to you"


_OF_WORDS: tuple[Callable[[Words, Words], Iterator[Pair]], ...] = (
    _curt, _nothing, _without, _missing, _wrong, _twice, _slip, _poor, _on_hold, _out_of,
)  # fmt: skip
_OF_ROLES: tuple[Callable[[Roles, Words], Iterator[Pair]], ...] = (
    _lost_by_courier, _arrival, _wrong_arrived, _wrong_said, _waiting, _outstanding, _bears_wrong, _kept, _late, _down, _faulty, _arrived_faulty, _replies, _ready,
    _forgot,
)  # fmt: skip
