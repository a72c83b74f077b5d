"""Phone numbers: found by their shape, and one number known again however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_PHONE = re.compile(r"(?<![\w$£€.,/:+-])(?:\+|\(\+?)?\d(?:[ \u00a0()./-]{0,3}\d){6,14}(?![\w/:]|-\d)")
_LOCAL_PHONE = re.compile(
    r"^(?:\d{3}-\d{4}|0\d{2,4}[ -]\d{3}[ -]?\d{3,4}|0\d{4} \d{5,6}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
    r"|(?:\(0\d{1,4}\) ?|0\d{1,4}/)\d[\d -]{4,10})$"
)
_CALLED = re.compile(
    r"\b(?:tel|telephone|phone|mobile|cell|fax|whatsapp|sms|call|ring|text)\.?(?: (?:number|no\.?|us|me|him|her|them|on|at))*(?: is| was)?"
    r"[ :]{1,3}(?P<value>(?:\+|\(\+?)?\d(?:[ ()./-]{0,3}\d){6,14})(?![\w/:]|-\d)",
    re.I,
)
_NO_PHONE = re.compile(
    r"\b(?:order|booking|reservation|invoice|ticket|case|claim|policy|parcel|tracking|contract|ref|reference|serial|item|sku|batch)"
    r"(?: (?:number|no\.?|nr\.?|id|ref))?(?: is| was)?[ :#]{1,3}$",
    re.I,
)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}|^\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)")
_COMMON = ("GB", "US", "DE", "FR", "IE", "ES", "IT", "NL", "AU", "IN")
_BETWEEN = r"[\s()./_\u2010-\u2015-]{0,3}"

Span = tuple[str, int, int]


def phones(text: str, region: str) -> Iterator[Span]:
    """Phone numbers as `region` writes them, with a country's code, or behind a word such as "tel"."""
    for match in _CALLED.finditer(text):
        if not _DATE.match(match["value"]):
            yield ("PHONE", *match.span("value"))
    for match in _PHONE.finditer(text):
        if _DATE.match(match[0]) or _NO_PHONE.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        if _LOCAL_PHONE.match(match[0]) or _valid(match[0], region):
            yield ("PHONE", *match.span())


@lru_cache(maxsize=256)
def number_pattern(number: str, region: str) -> re.Pattern[str]:
    """What finds `number` with or without its country's code and trunk zero, with any separators."""
    codes, cores = _read(number, region)
    body = "|".join(_BETWEEN.join(core) for core in sorted(cores, key=lambda core: (-len(core), core)))
    known = "".join(rf"|{_BETWEEN.join(code)}{_BETWEEN}" for code in sorted(codes))
    abroad = rf"(?:\(?(?:\+|00|011){_BETWEEN}\d{{1,3}}{_BETWEEN}{known})?"
    return re.compile(rf"(?<!\w)\(?{abroad}(?:\(?0\)?{_BETWEEN})?(?:{body})(?!\w)")


def _read(number: str, region: str) -> tuple[set[str], set[str]]:
    """The country codes that `number` may have, and its digits without code and trunk zero in each of those countries."""
    import phonenumbers  # its metadata takes longer to load than most texts to check

    digits = re.sub(r"\D", "", number)
    codes: set[str] = set()
    cores = {digits.removeprefix("00").lstrip("0") or digits}
    for place in dict.fromkeys((region, *_COMMON)):
        try:
            read = phonenumbers.parse(number, place)
        except phonenumbers.NumberParseException:
            continue
        core = str(read.national_number)
        if len(core) >= 6 and (place == region or number.lstrip(" (").startswith(("+", "00")) or phonenumbers.is_valid_number(read)):
            codes.add(str(read.country_code))
            cores.add(core)
    return codes, cores


def _valid(number: str, region: str) -> bool:
    import phonenumbers

    for place in dict.fromkeys((region, "US", "GB") if number.isdigit() and len(number) >= 10 else (region,)):
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, place)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
