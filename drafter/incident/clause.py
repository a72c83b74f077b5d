"""The clause that owns a mistake: "we" or "I" as the one who acted, in its true tense."""

from __future__ import annotations

import re

_LEAD = r"^(?:(?:on|at|in|since|from|for|when|because|after|before|during|last|this|yesterday|today|twice)\b[^,;:]{0,120}?(?:,\s*|\s+))?"
_ACTOR = re.compile(_LEAD + r"(?:we|i)\b(?!['’]re sorry|['’]m sorry)\s*(?P<rest>.*)$", re.I | re.S)
_NOT_AN_ACT = re.compile(
    r"^(?:\w+ly\s+)?(?:(?:have |had |were |are |am |was )?(?:experienc\w+|encounter\w*|suffer\w*|fac(?:ed|ing)|seeing|saw)\b"
    r"|(?:are|am|were|was) (?:very |so |really )?(?:sorry|aware|unable|informed|told)\b"
    r"|(?:regret|apologi[sz]e|understand|hear|heard|believe|think|feel|(?:have )?had (?:an?|some) (?:issue|problem|outage|error)s?)\b)",
    re.I,
)
_PASSIVE = re.compile(
    r"^(?P<object>(?:your|the|my|a|an|this|these|two|some|\w+)\b[^,;]*?)\s+(?:was|were|got|has been|have been|had been|is|are)\s+"
    r"(?P<adverb>(?:\w+ly|never|not|wrongly|accidentally)\s+)?(?P<verb>\w+(?:ed|en|t|ut|id|ld|ost|old|own|ung|ept))\b(?P<tail>.*)$",
    re.I | re.S,
)
_OUR_PART = re.compile(
    r"^our [\w-]+(?: [\w-]+)?? (?=(?:\w+ed|left|lost|sent|gave|made|took|went|put|broke|forgot|told|did|let|sold|ran)\b)", re.I
)
_ARRIVED = re.compile(
    r"^(?P<what>(?:the )?wrong [\w ]+?)\s+(?:(?:was|were|got|has been|have been)\s+)?(?:arrived|came|delivered|sent|received)$", re.I
)
_BARE_PARTICIPLE = re.compile(
    r"^(?P<object>[\w' -]+?)\s+(?P<verb>sent|shipped|charged|cancell?ed|deleted|lost|missed|billed|overbooked|delivered)"
    r"(?P<tail>\b.*)$",
    re.I,
)
_PAST = {
    "given": "gave",
    "taken": "took",
    "broken": "broke",
    "written": "wrote",
    "forgotten": "forgot",
    "shown": "showed",
    "chosen": "chose",
    "driven": "drove",
    "done": "did",
    "gone": "went",
    "thrown": "threw",
    "known": "knew",
    "begun": "began",
    "overcharged": "overcharged",
    "mistaken": "mistook",
    "eaten": "ate",
    "stolen": "stole",
    "hidden": "hid",
}
EXAMPLE = "for example 'we charged your card twice' or 'I gave you the wrong date'"


def owns(clause: str) -> bool:
    """Whether the clause has us as the one who acted: "we sent the wrong size", not "the wrong size was sent"."""
    match = _ACTOR.match(clause.strip())
    return bool(match and match["rest"] and not _NOT_AN_ACT.match(match["rest"]))


def proposal(clause: str) -> str:
    """A first-person clause made of the words of `clause`, or "" where its words do not give one.

    >>> proposal("your card was charged twice")
    'we charged your card twice'
    >>> proposal("wrong size arrived")
    'we sent you the wrong size'
    """
    text = clause.strip().rstrip(".")
    if match := _ARRIVED.match(text):
        what = match["what"].lower().removeprefix("the ")
        return f"we sent you the {what}"
    if _OUR_PART.match(text):
        return _OUR_PART.sub("we ", text, count=1)
    if match := _PASSIVE.match(text):
        verb = match["verb"].lower()
        adverb = (match["adverb"] or "").strip()
        if adverb in {"not", "never"}:
            return ""  # "was not sent" has more than one honest reading
        words = ["we", adverb, _PAST.get(verb, verb), _lower_first(match["object"])]
        return " ".join(word for word in words if word) + match["tail"].replace(" by us", "")
    if (match := _BARE_PARTICIPLE.match(text)) and not re.match(r"(?:we|i|you)\b", text, re.I):
        if re.match(r"\s+(?:your|the|a|an|my|our|two|it|them)\b", match["tail"], re.I):
            return f"we {match['verb'].lower()}{match['tail']}"  # "the driver lost your parcel": the company acts through its people
        thing = _lower_first(match["object"])
        article = "" if re.match(r"(?:your|the|a|an|our|my|two)\b", thing) else "the "
        return f"we {match['verb'].lower()} {article}{thing}{match['tail']}"
    return ""


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if re.match(r"(?:Your|The|A|An|This|These|Two|Some|My|Wrong)\b", text) else text
