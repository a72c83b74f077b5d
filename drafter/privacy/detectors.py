"""Personal data that can be told by its shape: addresses of both kinds, phones, cards, accounts, passports, names at a letter's ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])")
_GAP = r"[ \u00a0\u202f.\u2010-\u2015-]"
_CARD = re.compile(rf"(?<![\w])(?:\d{_GAP}?){{12,18}}\d(?!\w)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}(?!\w)")
_ACCOUNT = re.compile(
    r"\b(?:account|acct|a/c)\.?(?: (?:number|no\.?|nr\.?|id))?(?: is| was)?[ :#]{1,3}(?P<value>\d{6,12})(?!\w)"
    r"|\bsort code(?: is| was)?[ :]{1,3}(?P<sort>\d{2}[- ]?\d{2}[- ]?\d{2})(?!\w)",
    re.I,
)
_PASSPORT = re.compile(
    r"\bpassport(?:'s)?(?: (?:number|no\.?|nr\.?|id))?(?: is| was)?[ :#(]{1,3}(?P<value>(?=[A-Z0-9]{0,9}\d{4})[A-Z0-9]{6,10})(?!\w)"
    r"|(?<!\w)(?P<before>[A-Z]{0,2}\d{6,9}) \(?passport\b"
    r"|(?P<zone>P[A-Z<][A-Z]{3}[A-Z<]{20,44})",
    re.I,
)
_ID = re.compile(
    r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])|(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)"
)  # US social security, UK national insurance
_PHONE = re.compile(r"(?<![\w$£€.,/:+-])(?:\+|\(\+?)?\d(?:[ \u00a0()./-]{0,3}\d){6,14}(?![\w/:]|-\d)")
_LOCAL_PHONE = re.compile(r"^(?:\d{3}-\d{4}|0\d{2,4}[ -]\d{3}[ -]?\d{3,4}|0\d{4} \d{5,6}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})$")
_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}")

_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_POSTCODE_UK = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_STREET_EN = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Terrace|Square|Sq|Crescent|Close|Grove"
    "|Gardens|Mews|Row|Hill|Parkway|Pkwy|Highway|Hwy"
)
_PLACE = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’-]{1,30}"
_TOWN = rf"(?:,\s*{_PLACE}(?: {_PLACE}){{0,2}}){{0,2}}"
_TOWN_EU = rf"(?:,?\s*(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?: [A-Z]{{2}})? {_PLACE})?"
_SMALL = r"(?:[\wÀ-ÿ'’-]{1,20} ){0,3}"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?:Flat|Apt|Apartment|Unit|Suite) \w{{1,5}},\s*)?\d{{1,5}}[A-Za-z]? (?:{_WORD} ){{1,4}}(?:{_STREET_EN})\b\.?"
    rf"(?:,? (?:Apt|Apartment|Suite|Unit|Flat|#)\.? ?\w{{1,5}})?{_TOWN}(?:,?\s+(?:{_POSTCODE_UK}|[A-Z]{{2}} \d{{5}}(?:-\d{{4}})?))?(?!\w)"
    rf"|(?<!\w){_POSTCODE_UK}(?!\w)"
    rf"|\bP\.?O\.? Box \d{{1,6}}{_TOWN}"
    rf"|(?<!\w)(?:[A-ZÄÖÜ][\wäöüß-]{{2,30}}(?:straße|strasse|str\.|gasse|allee|platz|ufer|damm|straat|laan|plein|gracht|kade)"
    rf"|{_WORD} (?:Straße|Strasse|Str\.|Allee|Platz|Weg)) \d{{1,4}} ?[a-z]?(?!\w){_TOWN_EU}"
    rf"|(?<!\w)\d{{1,4}}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|allée|chemin|impasse|quai) {_SMALL}{_WORD}{_TOWN_EU}"
    rf"|(?<!\w)(?:Calle|Avenida|Avda\.|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Praça) {_SMALL}{_WORD},? \d{{1,4}}(?!\w){_TOWN_EU}"
)
_NAME = rf"(?P<name>{_WORD}(?: (?:van|von|de|der|den|da|del|di|la|le|{_WORD})){{0,3}})"
_CLOSING = r"many thanks|thanks(?: again)?|thank you|(?:kind |best |warm )?regards|best(?: wishes)?|cheers|sincerely|yours(?: \w+)?"
_SIGNED = re.compile(
    rf"(?im:^[ \t>]*(?:{_CLOSING})[,.!]?[ \t]*$)"
    rf"\s{{1,6}}{_NAME}[ \t]*(?:$|[\n,|])"
)
_INTRODUCED = re.compile(rf"\b(?i:my name is|my name's|this is|i am|i'm) {_NAME}(?= (?:from|at|and|here|calling|writing)\b|[,.\n]|$)")
_REFERENCE = re.compile(
    r"\b(?:order|booking|reservation|invoice|ticket|case|claim|policy|account|customer|job|repair|parcel|tracking|contract|ref|reference)"
    r"(?: (?:number|no\.?|nr\.?|id|ref\.?|reference))?(?: is| was)?[ :#]{1,3}(?P<value>(?=[\w/-]{0,12}\d)[A-Z0-9][\w/-]{2,24})(?!\w)",
    re.I,
)
_CODE = re.compile(r"(?<![\w-])(?=[A-Z0-9-]{0,40}[A-Z])(?=(?:[A-Z-]{0,12}\d){4})[A-Z0-9]{1,16}(?:-[A-Z0-9]{1,16}){0,4}(?![\w-])")
_HEADER = re.compile(rf"(?m)^(?:From|Name|Customer|Sent by): ?\"?{_NAME}\"?(?=[ \t]*(?:<|$))")


@dataclass(frozen=True)
class Found:
    """Personal data in a text, and what kind it is."""

    kind: str  # EMAIL, CARD, IBAN, ACCOUNT, PASSPORT, ID, PHONE, ADDRESS; or the label of a value that was named
    start: int
    end: int


def find(text: str, region: str = "US") -> tuple[Found, ...]:
    """Everything in `text` that has the shape of personal data, without overlaps, in order.

    `region` is the country whose phone numbers may stand without their code: "US", "GB".
    """
    return apart(_all(text, region))


def find_names(text: str) -> tuple[str, ...]:
    """Names that a message itself gives away: in its signature, an introduction, or a From line; each once."""
    found = [match["name"].strip(" .'’-") for pattern in (_HEADER, _SIGNED, _INTRODUCED) for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(name for name in found if len(name) > 1))


def find_references(text: str) -> tuple[str, ...]:
    """What a text calls an order, booking or case by: the 88213 of "my order 88213", any code such as "NB-20931"; each once."""
    return tuple(dict.fromkeys([match["value"] for match in _REFERENCE.finditer(text)] + _CODE.findall(text)))


def mask_cards(text: str) -> str:
    """`text` with card, bank account and passport numbers cut to their last digits: "card ending 1881"."""
    parts, at = [], 0
    for found in find_numbers(text):
        before = text[at : found.start]
        parts += [before, _masked(found, text, text[max(0, found.start - 30) : found.start])]
        at = found.end
    return "".join([*parts, text[at:]])


def find_numbers(text: str) -> tuple[Found, ...]:
    """Card, bank account and passport numbers: those that nothing may store."""
    return apart([*_cards(text), *_ibans(text), *_named(_PASSPORT, "PASSPORT", text)])


def apart(found: Iterable[Found]) -> tuple[Found, ...]:
    """What does not overlap anything that came before it, in the order of the text."""
    taken: list[Found] = []
    for item in found:
        place = bisect_left(taken, item.start, key=lambda other: other.start)
        if (place == 0 or taken[place - 1].end <= item.start) and (place == len(taken) or item.end <= taken[place].start):
            taken.insert(place, item)
    return tuple(taken)


def _masked(found: Found, text: str, before: str) -> str:
    word = {"CARD": "card", "IBAN": "account", "PASSPORT": "passport"}[found.kind]
    digits = re.sub(r"\W", "", text[found.start : found.end])
    ending = f"ending {digits[-4 if found.kind != 'PASSPORT' else -3 :]}"
    said = re.search(rf"\b(?:{word}|iban)(?:'s)?(?: (?:number|no\.?|nr\.?))?(?: is| was)?[ :#(]*$", before, re.I)
    return ending if said else f"{word} {ending}"


def _all(text: str, region: str) -> Iterator[Found]:
    """Candidates, the surest kinds first."""
    for match in _EMAIL.finditer(text):
        yield Found("EMAIL", *match.span())
    yield from find_numbers(text)
    yield from _named(_ACCOUNT, "ACCOUNT", text)
    for match in _ID.finditer(text):
        yield Found("ID", *match.span())
    for match in _ADDRESS.finditer(text):
        yield Found("ADDRESS", match.start(), match.start() + len(match[0].rstrip(" ,.")))
    yield from _phones(text, region)


def _named(pattern: re.Pattern[str], kind: str, text: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        for name, value in match.groupdict().items():
            if value:
                yield Found(kind, *match.span(name))


def _cards(text: str) -> Iterator[Found]:
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if digits[0] in "23456" and len(set(digits)) > 1 and _luhn(digits):
            yield Found("CARD", *match.span())


def _luhn(digits: str) -> bool:
    from stdnum import luhn  # few texts hold a number that long

    return bool(luhn.is_valid(digits))


def _ibans(text: str) -> Iterator[Found]:
    for match in _IBAN.finditer(text):
        from stdnum import iban

        value = match[0]
        while len(value) > 14:  # words in capitals behind it may have been taken in
            if iban.is_valid(value):
                yield Found("IBAN", match.start(), match.start() + len(value))
                break
            value = value[: value.rfind(" ")] if " " in value else ""


def _phones(text: str, region: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        if not _ISO_DATE.match(match[0]) and (_LOCAL_PHONE.match(match[0]) or _valid_phone(match[0], region)):
            yield Found("PHONE", *match.span())


def _valid_phone(number: str, region: str) -> bool:
    import phonenumbers  # its metadata takes longer to load than most texts to check

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
