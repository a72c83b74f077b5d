"""Where the sentences of a text begin and end, and which of them are the writer's own words to be judged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.checks.fold import FACE, SIGN
from drafter.checks.pattern import looking, seen

Span = tuple[int, int]
HIDDEN = "_"  # stands for quoted and reported words: a word to patterns, but none they know

_BREAK = re.compile(  # begins with one set of characters, which is what makes it fast
    r"[.!?\x1e\x1f\n](?:(?<=\n)(?:(?P<blank>[ \t]*\n\s*)|[ \t]*(?P<bullet>(?:[-*+]|\(?\d{1,2}[.)])[ \t]+)?)"
    r"|(?<!\n)(?P<stop>[.!?\x1e\x1f]*[\"')\]]*)(?P<gap>[ \t]+|(?=\n|$)|(?=[A-Z][a-z'])))"
)
_BEFORE = r"mr|mrs|ms|mx|dr|prof|st|rev|hon|vs|approx|e\.g|i\.e|c\.f|cf|no|nos|ref|tel|ext|est|dept|fig|ave|rd|acct"
_INSIDE = (
    r"a\.m|p\.m|etc|inc|ltd|co|corp|jr|sr|u\.k|u\.s|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|tues|wed|thu|thur|thus|thurs"
    r"|fri|min|max|hr|hrs"
)
_SHORTENED = frozenset(f"{_BEFORE}|{_INSIDE}".split("|"))
_ABBREVIATED = re.compile(rf"(?:\b(?:{_BEFORE})|(?:^|[\s(])[A-Z])$", re.I)
_ABBREVIATED_INSIDE = re.compile(rf"\b(?:{_INSIDE})$", re.I)
_SHORT = 6  # letters of the longest abbreviation
_BULLET = re.compile(r"\s*(?:[-*+]|\(?\d{1,2}[.)])[ \t]+")
_GREETING = re.compile(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.!?\n]{0,40},?$", re.I)
SIGNS = FACE + SIGN  # what emoji fold to; they end a sentence, and belong to it
_BLANKS = " \t\r\n\v\f"  # not all of isspace(), where SIGNS are blanks
_POINTS = " .,;:-*'\"()[]"  # alone they are no sentence
_LONGEST = 1200  # characters; what goes on without an end is cut at a blank, so that time stays in step with length
_SIGNATURE = 2000  # characters from the end in which a sign-off stands
_WRAPPED = 55  # a line shorter than this was ended by its writer, not by a mail program


def sentence_spans(plain: str) -> Iterator[Span]:
    """The sentences of a folded text, in order, without the blanks and bullet marks around them."""
    start = _after_bullet(plain, 0)
    for match in _BREAK.finditer(plain):
        if match.start() < start or not _breaks(plain, start, match):
            continue
        end = match.start() if match["stop"] is None else match.end("stop")
        yield from _pieces(plain, start, end)
        start = _after_bullet(plain, match.end()) if match["blank"] else match.end()
    yield from _pieces(plain, start, len(plain))


def _pieces(plain: str, start: int, end: int) -> Iterator[Span]:
    """The stretch without the blanks around it, in pieces where it is too long for a sentence."""
    while end - start > _LONGEST:
        blank = plain.rfind(" ", start, start + _LONGEST)
        cut = blank if blank > start else start + _LONGEST
        if span := _trimmed(plain, start, cut):
            yield span
        start = cut
    if span := _trimmed(plain, start, end):
        yield span


def _breaks(plain: str, start: int, match: re.Match[str]) -> bool:
    if match["blank"]:
        return True
    if match["stop"] is not None:
        return _stops(plain, start, match)
    return bool(match["bullet"]) or _line_ends(plain, start, match)


def _line_ends(plain: str, start: int, match: re.Match[str]) -> bool:
    before, after = plain[match.start() - 1 : match.start()], plain[match.end() : match.end() + 1]
    if before in ".!?:;" or not after or after in ">`":
        return True
    if before == "," and not _GREETING.match(plain[start : match.start()]):
        return plain.rfind("\n", 0, match.start()) + 1 == start and match.start() - start < 30 and after.isupper()
    if after.islower():
        return False
    line = plain.rfind("\n", 0, match.start()) + 1
    return match.start() - line < _WRAPPED


def _stops(plain: str, start: int, match: re.Match[str]) -> bool:
    stop, after = plain[match.start() : match.end("stop")], plain[match.end() : match.end() + 1]
    if stop[-1] in "\"'" and after.islower():
        return False  # the quoted words end, their sentence goes on
    if stop[0] != ".":
        return bool(match["gap"]) or "!" in stop or "?" in stop
    head = plain[max(start, match.start() - 12) : match.start()]
    if not match["gap"] and after and after != "\n":  # "sorry.We" ends a sentence, "node.Js" and "shop.Example" do not
        token = plain[max(plain.rfind(" ", 0, match.start()), plain.rfind("\n", 0, match.start())) + 1 : match.start()]
        return len(token) > 1 and token[-1].islower() and not re.search(r"[./@:]|^www", token)
    if stop == "." and (head[-1:].isdigit() or (len(head) > _SHORT and head[-_SHORT - 1 :].isalpha())):
        return True
    word = head[head.rfind(" ") + 1 :]
    if stop == "." and len(word) > 1 and word.isalpha() and word.lower() not in _SHORTENED:
        return True
    if stop == "." and _ABBREVIATED.search(head):
        return bool(re.search(r"\bno$", head, re.I)) and not after.isdigit()
    if stop == "." and _ABBREVIATED_INSIDE.search(head):
        return after.isupper() and not re.match(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|[A-Z]{2,4}\b)", plain[match.end() : match.end() + 4])
    return stop == "." or after.isupper() or not after.strip()


def _after_bullet(plain: str, start: int) -> int:
    match = _BULLET.match(plain, start)
    return match.end() if match else start


def _trimmed(plain: str, start: int, end: int) -> Span | None:
    while start < end and plain[start].isspace():  # as are the signs of emoji: before the first word they are no sentence
        start += 1
    while start < end and plain[end - 1] in _BLANKS:
        end -= 1
    return (start, end) if plain[start:end].strip(_POINTS) else None


_TRAIL = re.compile(
    r"(?im)^(?:on [^\n]{5,120}(?:\n[^\n]{0,60})?\bwrote:[ \t]*$"
    r"|-{2,}[ ]?(?:original message|forwarded message)\b|_{12,}[ \t]*$|from: [^\n]+\n(?:sent|to|date): )"
)
_TRAIL_MARKS = ("wrote:", "-original", " message", "-forwarded", "____", "from: ")
_QUOTED_LINE = re.compile(r"(?m)^[ \t]*>[^\n]*$")
_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]+`", re.S)
_TAG = re.compile(r"<(code|pre)>", re.I)
_SIGNED = re.compile(  # begins with the end of the line before it, which is found at once
    r"(?im)\n(?:--[ ]?|[ \t]*(?:(?:with |kind(?:est)? |best |warm(?:est)? |many )*(?:regards|wishes|thanks)|all the best|best|sincerely"
    r"|cheers|thanks(?: again)?|thank you|(?:yours |very )*(?:sincerely|truly|faithfully)(?: yours)?|take care|love),?[ \t]*)$"
)
_NAME_LINE = re.compile(
    r"(?:[A-Z][\w'.&-]*|[a-z]{2,3}|[-,|/&(]|\([^)]{1,30}\))"
    r"(?:,?[ ](?:[A-Z][\w'.&-]*|of|the|and|for|at|de|van|von|la|[-,|/&(]))*[,)]*$"
)
_VERB = re.compile(
    r"\b(?:we|i|you|it|is|are|was|were|has|have|had|will|sorry|apolog\w+"
    r"|your|our|been|this|please|thanks?|here|hi|hello|dear)\b|'(?:s|re|ve|ll|m)\b(?=[ ])",
    re.I,
)


def unjudged_spans(plain: str) -> list[Span]:
    """Quoted trails, code and signatures of a folded text, in order."""
    lower = plain.lower()
    spans = [match.span() for match in _QUOTED_LINE.finditer(plain)] if ">" in plain else []
    if "`" in plain or "~~~" in plain:
        spans += [match.span() for match in _CODE.finditer(plain)]
    if "<" in plain:
        spans += _tagged(lower)
    end = before_trail(plain)
    if end < len(plain):
        spans.append((end, len(plain)))
    if (signed := _signature(plain[:end])) is not None:
        spans.append((signed, end))
    return sorted(spans)


def before_trail(plain: str) -> int:
    """Where a folded text ends and the trail of earlier mails begins."""
    lower = plain.lower()
    trails = _TRAIL.finditer(plain) if any(mark in lower for mark in _TRAIL_MARKS) else ()  # one at the top is the head of this mail
    return next((trail.start() for trail in trails if plain[: trail.start()].strip()), len(plain))


def _tagged(plain: str) -> list[Span]:
    """What stands between <code> or <pre> and its end, where it has one."""
    spans: list[Span] = []
    for match in _TAG.finditer(plain):
        if spans and match.start() < spans[-1][1]:
            continue
        end = plain.find(f"</{match[1]}>", match.end())
        if end < 0:
            break
        spans.append((match.start(), end + len(match[1]) + 3))
    return spans


def _signature(plain: str) -> int | None:
    """Where the sign-off or the lines with name and role begin."""
    if "\n" not in plain:
        return None
    for match in _SIGNED.finditer(plain, max(plain.find("\n"), len(plain) - _SIGNATURE - 1)):
        rest = plain[match.end() :].strip("\n ")
        lines = rest.splitlines()
        if (
            rest.startswith("--")
            or match[0].startswith("\n--")
            or (len(lines) <= 8 and all(len(line) < 70 for line in lines) and not _VERB.search(rest))
        ):
            return match.start() + 1
    return _last_names(plain)


def _last_names(plain: str) -> int | None:
    block = plain.rstrip().rpartition("\n\n")[2] if "\n\n" in plain.strip() else plain.rstrip().rpartition("\n")[2]
    lines = [line.strip() for line in block.splitlines()]
    if not lines or len(lines) > 5 or _VERB.search(block) or not _NAME_LINE.match(lines[0]):
        return None
    if any(line.endswith(("!", "?", ":")) or len(line) > 70 for line in lines):
        return None
    return plain.rindex(block)


_DOUBLE = re.compile(r'"(?<!\w")(?=\S)[^"\n]{1,400}?(?<=\S)"(?!\w)')
_SINGLE = re.compile(r"'(?<![\w']')(?=[\w.])[^'\n]{0,200}?(?:\w'\w[^'\n]{0,120}?){0,4}(?<=[\w.,!?])'(?!\w)")
_TELLING = (
    r"\b(?:(?:i|we)(?: (?:first|then|also|had|have|even|wrongly|once|previously|already))*"
    r" (?:told you|said|(?:wrote|replied|claimed|insisted|assured you)(?: to you)?(?= that))"
    r"|you(?:'d|'ve)?(?: (?:first|then|also|rightly|had|have))* (?:told (?:us|me|\w+)|said|say|wrote|write|mention|mentioned|pointed out))"
)
_MAY_TELL = _TELLING.replace("(?= that)", "")  # as RE2, which does not look around, and finds at once that nothing is reported
_REPORTED = (
    rf"(?<!as ){_TELLING}(?: to (?:you|us|me))?(?: (?:earlier|before|yesterday|on \w+day|last \w+|in my \w+(?: \w+)?))*(?: that)?"
    r" (?P<words>[^.,;:!?\n]+?)(?=(?: and| but| when| yet) (?:we|i|then|it|you)\b|[.,;:!?\n]|$)"
)


def hidden_spans(plain: str) -> Iterator[Span]:
    """The quoted and reported words inside the text: somebody else's, or our own earlier ones."""
    yield from quotations(plain)
    if seen(_MAY_TELL, plain.encode("ascii")):
        yield from (match.span("words") for match in looking(_REPORTED).finditer(plain.lower()))


def quotations(plain: str) -> Iterator[Span]:
    """What stands in quotation marks, with them, unless they hold the whole text."""
    if '"' in plain:
        yield from (match.span() for match in _DOUBLE.finditer(plain) if not _whole(plain, match.span()))
    if "'" in plain:
        yield from (match.span() for match in _SINGLE.finditer(plain) if not _whole(plain, match.span()))


def _whole(plain: str, span: Span) -> bool:
    """Whether the quotation marks hold the whole text: then they are the caller's, not the writer's."""
    return not plain[: span[0]].strip() and not plain[span[1] :].strip(" .\n\t")
