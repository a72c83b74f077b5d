"""What people of ours did, what nobody did, and what is missing, told as a whole clause: the words that own it.

Where something is missing, two clauses are proposed, since nobody knows yet which is so: they ask, and assert nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Pair = tuple[str, str]
_PEOPLE = (
    r"(?:men|man|people|guys?|lads?|crew|team|staff|drivers?|movers?|fitters?|installers?|engineers?|technicians?|workers?|porters?"
    r"|cleaners?|packers?|couriers?|plumbers?|electricians?|painters?|gardeners?|colleagues?|delivery (?:men|man|guys|driver|team|people))"
)
_DID = {  # the past as it is written, and the participle
    **{word: word for word in ("dropped", "scratched", "damaged", "smashed", "spilled", "spilt", "dented", "cracked", "lost", "bent")},
    **{word: word for word in ("chipped", "ruined", "stained", "scuffed", "crushed", "soaked", "knocked over", "mixed up", "left behind")},
    **{"broke": "broken", "tore": "torn", "forgot": "forgotten", "threw away": "thrown away"},
}
_CREW = re.compile(rf"(?P<whose>our|the) (?:[\w-]+ ){{0,2}}?{_PEOPLE} (?P<did>{'|'.join(_DID)}) (?P<what>[^,;.!?]{{2,80}})", re.I)
_DONE = {  # what nobody did, its base form, and what it takes where nothing stands behind it
    **{"called": "call", "rang": "ring", "phoned": "phone", "told": "tell", "answered": "answer", "warned": "warn", "informed": "inform"},
    **{"contacted": "contact", "helped": "help", "emailed": "email", "texted": "text", "replied": "reply to", "wrote": "write to"},
    **{"responded": "reply to", "got back": "get back to", "called back": "call back", "rang back": "ring back"},
}
_CAME = ("came", "turned up", "showed up", "arrived", "appeared")
_UNDONE = "|".join(sorted([*_DONE, *_CAME], key=len, reverse=True))
_NOBODY = re.compile(
    rf"(?:nobody|no one|no-one|not a soul) (?:ever |even |has |have |actually )*(?P<did>{_UNDONE})"
    r"(?P<rest>(?: (?:to )?(?:you|me|us))?(?: back)?)(?P<tail>(?: (?:on|at|about|since|for|until|in|all|again|before|by) [^,;.!?]{2,60})?)",
    re.I,
)
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)"
_MISSING = re.compile(
    rf"(?P<number>{_NUMBER}|some|several|a few)(?: of (?:the|my|your|our))? (?P<thing>[\w-]+(?: [\w-]+)?)"
    r" (?:(?:is|are|was|were|still|now) )+(?:missing|not there|not here)(?: as well| too)?",
    re.I,
)
_WENT = re.compile(
    rf"(?P<number>{_NUMBER}|some|several|a few)(?: of (?:the|my|your|our))? (?P<thing>[\w-]+(?: [\w-]+)?)"
    r" (?:went|(?:has|have) gone) missing",
    re.I,
)
_HELD = frozenset(("the", "your", "a", "an", "one", "two", "three", "both", "all", "some"))  # begin a thing that can be acted on
_LEADS = re.compile(r"^(?:and |now |then |also |so |but |plus |as well )+", re.I)
_SECOND = {"my": "your", "mine": "yours", "me": "you", "i": "you", "us": "you", "our": "your"}


def crew(fragment: str) -> Iterator[Pair]:
    """The clauses of a fragment that tells of people of ours, of nobody, or of what is missing; none of any other."""
    text = _LEADS.sub("", fragment.strip().rstrip(".!"))
    if match := _CREW.match(text):
        what, did = _yours(match["what"]), match["did"].lower()
        first, _, rest = what.partition(" ")
        held, tail = (first, f" {rest}" if rest else "") if first in ("it", "them") else (what, "")
        if (held in ("it", "them") or first in _HELD) and text[match.end() :][:1] in ("", ",", ";", "."):
            yield f"{'they' if held == 'them' else held} {_was(held)} {_DID[did]}{tail}", f"we {did} {what}"
    elif match := _NOBODY.fullmatch(text):
        yield from _undone(match)
    elif match := (_MISSING.fullmatch(text) or _WENT.fullmatch(text)):
        some, thing = match["number"].lower(), match["thing"]
        many = some not in ("one", "1")
        told = f"{some} of your {thing if many else _plural(thing)}"
        yield f"{told} {'are' if many else 'is'} missing", f"we lost {told}"
        yield f"{told} {'are' if many else 'is'} missing", f"we left out {told}"


def _undone(match: re.Match[str]) -> Iterator[Pair]:
    did, rest, tail = match["did"].lower(), match["rest"].lower(), _yours(match["tail"])
    if did in _CAME:
        if not rest:
            yield f"nobody came{tail}", f"we did not come{tail}"
        return
    base, back = _DONE[did], " back" if "back" in rest or did.endswith(" back") else ""
    verb = base.removesuffix(" back")
    if verb.startswith("get"):
        yield f"nobody got back to you{tail}", f"we did not get back to you{tail}"
    else:
        past = "replied to" if base == "reply to" else "wrote to" if base == "write to" else did.removesuffix(" back")
        yield f"nobody {past} you{back}{tail}", f"we did not {verb} you{back}{tail}"


def _yours(text: str) -> str:
    """The words as they are told to the customer."""
    return re.sub(r"[\w']+", lambda word: _SECOND.get(word[0].lower(), word[0]), text)


def _was(what: str) -> str:
    first, last = what.split()[0], what.split()[-1]
    plural = what == "them" or first in ("two", "three", "both", "all", "some") or (last.endswith("s") and not last.endswith("ss"))
    return "were" if plural else "was"


def _plural(thing: str) -> str:
    if re.search(r"(?:s|x|ch|sh)$", thing):
        return f"{thing}es"
    return f"{thing[:-1]}ies" if re.search(r"[^aeiou]y$", thing) else f"{thing}s"
