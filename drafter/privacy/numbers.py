"""Numbers that are somebody's: cards and what stands beside them, bank accounts, passports and other papers."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GAP = r"[ \t._/\u2010-\u2015-]{0,2}"
_DIGITS = re.compile(rf"(?<!\d)\d(?:{_GAP}\d)+")
_CARD_WORD = re.compile(r"\b(?:cards?|visa|master ?card|amex|american express|maestro|debit|credit)\b", re.I)
_COUNTED = re.compile(r" (?:units|rows|items|points|records|pieces|steps|parts|lines)\b", re.I)
_ELSE = re.compile(
    r"\b(?:order|booking|reservation|invoice|ticket|case|claim|policy|tracking|parcel|shipment|serial|voucher|coupon|rows|values|counts|figures|readings|licen[cs]e|reference|ref"
    r"|activation|product|meter|phone)\b[^\d.;]{0,25}$",
    re.I,
)  # numbers of other things are written in fours too
_EXPIRY = r"(?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?\d{2}(?!\w|/\d)"
_EXPIRES = r"(?:exp(?:iry|ires|iration|iring)?|valid (?:thru|until|till|to|through))\.?(?: date)?(?: is| was| on)?"
_BESIDE = re.compile(
    rf"[ ,;|()-]{{1,4}}(?:{_EXPIRES})?[ :]{{0,3}}(?P<EXPIRY>{_EXPIRY})(?:[ ,;|()]{{1,3}}(?P<CVV>\d{{3,4}})(?!\w|[./,:]\d))?", re.I
)
_DATED = re.compile(rf"\b{_EXPIRES}[ :]{{1,3}}(?P<EXPIRY>{_EXPIRY})", re.I)
_CVV = re.compile(
    r"\b(?:cvv2?|cvc2?|cv2|csc|(?:card )?security code|card verification (?:value|code|number))(?: (?:number|code))?(?: is| was)?"
    r"[ :#=(]{1,3}(?P<CVV>\d{3,4})(?!\w)",
    re.I,
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}", re.I)
_REGISTRY = (
    "NO15 BE16 DK18 FI18 FO18 GL18 NL18 SD18 MK19 SI19 FK18 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 MN20 CH21 HR21 LI21 LV21 BG22"
    " BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 OM23 SO23 TL23 AD24 CZ24 ES24 MD24 PK24 RO24 SA24 SE24"
    " SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 FR27 GR27 IT27 MC27 MR27 SM27 BI27 DJ27 AL28 AZ28 BY28 CY28 DO28 GT28 HU28 LB28"
    " NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 MT31 SC31 RU33"
)
_LENGTHS = {item[:2]: int(item[2:]) for item in _REGISTRY.split()}  # the IBAN registry
_ACCOUNT = re.compile(
    r"\b(?:account|acct|a/c)\.?(?: (?:number|no\.?|nr\.?|id))?(?: is| was)?[ :#]{1,3}(?P<value>\d{6,12})(?!\w)"
    r"|\bsort code(?: is| was)?[ :]{1,3}(?P<sort>\d{2}[- ]?\d{2}[- ]?\d{2})(?!\w)",
    re.I,
)
_PAPER = r"[A-Z0-9]{0,9}\d[A-Z0-9]{0,11}(?:[ -]\d{1,4}(?!\w)){0,4}(?!\w)"
_PASSPORT = re.compile(
    rf"\bpassport(?:'s)?(?: (?:number|no\.?|nr\.?|id))?,?(?: is| was)?[ :#(=]{{1,3}}(?P<value>{_PAPER})"
    r"|(?<!\w)(?P<before>[A-Z]{0,2}\d{6,9}) \(?passport\b"
    r"|(?P<zone>P[A-Z<][A-Z]{3}[A-Z<]{20,44})",
    re.I,
)
_ID = re.compile(
    r"(?<![\w-])(?P<ssn>(?!000|666)\d{3}([ -])(?!00)\d{2}\2(?!0000)\d{4})(?![\w-]| \d)"
    r"|(?<!\w)(?P<ni>[A-CEGHJ-PR-TW-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D])(?!\w)"
    r"|\b(?:ssn|social security|national insurance|ni|nino|tax id|driv(?:ing|ers?|er's) licen[cs]e|identity card|id card)"
    rf"(?: (?:number|no\.?|nr\.?))?(?: is| was)?[ :#(=]{{1,3}}(?P<named>{_PAPER})",
    re.I,
)  # US social security, UK national insurance, and what is called one
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[ -]\d{1,2}[ -](?:19|20)\d{2}(?!\d)")

Span = tuple[str, int, int]


def sure(text: str) -> Iterator[Span]:
    """Card, IBAN and passport numbers that are what they look like, or that the text calls so; security codes of cards."""
    cards = list(_cards(text, called=True))
    yield from (("CARD", start, end) for start, end in cards)
    yield from (span for span in _beside(text, cards) if span[0] == "CVV")
    yield from _ibans(text, valid=True)
    yield from _papers(_PASSPORT, "PASSPORT", text)


def likely(text: str) -> Iterator[Span]:
    """Numbers in the shape of a card or an IBAN, with a digit wrong; and accounts, papers, expiry dates and security codes."""
    cards = list(_cards(text, called=False))
    yield from (("CARD", start, end) for start, end in cards)
    yield from _beside(text, cards)
    yield from _ibans(text, valid=False)
    for match in _ACCOUNT.finditer(text):
        yield ("ACCOUNT", *match.span(match.lastgroup or 0))
    yield from _papers(_ID, "ID", text)


def _papers(pattern: re.Pattern[str], kind: str, text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        for name, value in match.groupdict().items():
            kept = re.sub(r"\W", "", value or "")
            digits = sum(map(str.isdigit, kept))
            if value and (name == "zone" or (6 <= len(kept) <= 13 and digits >= 4 and not _DAY.match(value))):
                yield (kind, *match.span(name))


def _cards(text: str, *, called: bool) -> Iterator[tuple[int, int]]:
    """Numbers that pass a card's check, or are written like one.

    If `called`, only those that begin as cards do and are of nothing else, or that stand near a card's name or expiry date.
    """
    text = _without(text, _ibans(text, valid=False))
    for run in _DIGITS.finditer(text):
        groups = [(run.start() + group.start(), run.start() + group.end()) for group in re.finditer(r"\d+", run[0])]
        if run.end() - run.start() >= 13 and (span := _card(text, groups, called=called)):
            yield span


def _without(text: str, spans: Iterator[Span]) -> str:
    """`text` with other signs in place of the spans, so that no part of them is taken for a number of its own."""
    parts, at = [], 0
    for _, start, end in spans:
        parts += [text[at:start], "*" * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _card(text: str, groups: list[tuple[int, int]], *, called: bool) -> tuple[int, int] | None:
    near = called and _CARD_WORD.search(text[max(0, groups[0][0] - 40) : groups[0][0]] + " | " + text[groups[-1][1] : groups[-1][1] + 25])
    shaped: tuple[int, int] | None = None
    for first in range(len(groups)):
        digits = ""
        sizes: list[int] = []
        for start, end in groups[first : first + 19]:
            digits, sizes = digits + text[start:end], [*sizes, end - start]
            if len(digits) > 19:
                break
            if len(digits) < 13 or not _grouped(sizes) or len(set(digits)) < 2:
                continue
            span = (groups[first][0], end)
            if digits[0] in "23456" and _luhn(digits):
                return span
            if shaped is None and (
                near or (called and _dated(text, span)) or (_printed(digits, sizes) and not _of_other(text, span, called))
            ):
                shaped = span
    return shaped


def _printed(digits: str, sizes: list[int]) -> bool:
    """Whether a number is in the groups that are printed on cards."""
    return sizes == [4, 4, 4, 4] or (sizes == [4, 6, 5] and digits[:2] in ("34", "37"))


def _of_other(text: str, span: tuple[int, int], called: bool) -> bool:
    """Whether a number in such groups counts something or, as far as we must be sure, is of something that is no card."""
    start, end = span
    other = text[start] not in "3456" or _ELSE.search(text[max(0, start - 45) : start])
    return bool(_COUNTED.match(text, end) or (called and other))


def _dated(text: str, span: tuple[int, int]) -> bool:
    """Whether an expiry date stands right behind a number."""
    return bool(_BESIDE.match(text, span[1]))


def _grouped(sizes: list[int]) -> bool:
    return min(sizes) >= 3 or len(set(sizes[:-1])) == 1


def _luhn(digits: str) -> bool:
    from stdnum import luhn  # few texts hold a number that long

    return bool(luhn.is_valid(digits))


def _beside(text: str, cards: list[tuple[int, int]]) -> Iterator[Span]:
    """The expiry dates and security codes that stand beside cards; a code that is called one, wherever it stands."""
    matches = list(_CVV.finditer(text))
    for start, end in cards:
        matches += [*_DATED.finditer(text, max(0, start - 60), end + 60)]
        if beside := _BESIDE.match(text, end):
            matches.append(beside)
    for match in matches:
        yield from ((kind, *match.span(kind)) for kind, value in match.groupdict().items() if value)


def _ibans(text: str, *, valid: bool) -> Iterator[Span]:
    for match in _IBAN.finditer(text):
        length = _LENGTHS.get(match[0][:2].upper(), 99)
        places = [at.start() for at in re.finditer(r"[^ -]", match[0])]
        if len(places) < length:
            continue
        value = match[0][: places[length - 1] + 1]
        after = text[match.start() + len(value) : match.start() + len(value) + 1]
        if not after.isalnum() and (_checked(value) or (not valid and _shaped(value))):
            yield ("IBAN", match.start(), match.start() + len(value))


def _checked(value: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(value))


def _shaped(value: str) -> bool:
    groups = re.split(r"[ -]", value)
    return sum(map(str.isdigit, value)) >= 8 and (len(groups) == 1 or all(len(group) == 4 for group in groups[:-1]))
