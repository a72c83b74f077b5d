"""Addresses: where somebody lives, and where their computer is."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP"
    "|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE"
    "|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE_UK = rf"(?:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|(?i:(?:{_AREAS})\d[A-Z\d]? ?(?!\d(?:st|nd|rd|th)\b)\d[ABD-HJLNP-UW-Z]{{2}}))"
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX"
    "|UT|VT|VA|WA|WV|WI|WY"
)
_STREET_EN = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Terrace|Square|Sq|Crescent|Close|Grove"
    "|Gardens|Mews|Row|Hill|Parkway|Pkwy|Highway|Hwy"
)
_PLACE = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’-]{1,30}"
_TOWN = rf"(?:,\s*{_PLACE}(?: {_PLACE}){{0,2}}){{0,2}}"
_TOWN_EU = rf"(?:,?\s*(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?: [A-Z]{{2}})? {_PLACE})?"
_SMALL = r"(?:[\wÀ-ÿ'’-]{1,20} ){0,3}"
_NO_STREET = r"(?!(?:Order|Invoice|Ticket|Case|Booking|Run|Rows?|Items?|Units?|Version|Page|Line|Step|Section|On|At|By|From|To)\b)"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?:Flat|Apt|Apartment|Unit|Suite) \w{{1,5}},\s*)?\d{{1,5}}[A-Za-z]? (?:{_WORD} ){{1,4}}"
    rf"(?:{_STREET_EN})\b\.?(?: (?:[NS][EW]?|[EW])\b)?"
    rf"(?:,? (?:Apt|Apartment|Suite|Unit|Flat|#)\.? ?\w{{1,5}})?{_TOWN}(?:,?\s+(?:{_POSTCODE_UK}|[A-Z]{{2}} \d{{5}}(?:-\d{{4}})?))?(?!\w)"
    rf"|(?<!\w)\d{{1,5}}[a-z]? (?:[\w'-]{{1,20}} ){{1,3}}(?i:{_STREET_EN})\b\.?,?\s{{1,3}}(?:[\w'-]{{1,20}},?\s{{1,3}}){{0,4}}"
    rf"{_POSTCODE_UK}(?!\w)"
    rf"|(?<!\w)\d{{1,5}}[a-z]? (?:[\w'-]{{1,20}} ){{1,3}}(?i:{_STREET_EN})\b\.?,?\s{{1,3}}(?:[\w'-]{{1,20}},?\s{{1,3}}){{1,4}}"
    rf"(?i:{_STATES}) \d{{5}}(?:-\d{{4}})?(?!\w)"
    rf"|(?<!\w){_POSTCODE_UK}(?!\w)"
    rf"|(?<!\w)(?:{_PLACE} ){{0,2}}{_PLACE},? (?:{_STATES}),? \d{{5}}(?:-\d{{4}})?(?!\w)"
    rf"|\bP\.?O\.? Box \d{{1,6}}{_TOWN}"
    rf"|(?<!\w)(?:[A-ZÄÖÜ][\wäöüß-]{{2,30}}(?:straße|strasse|str\.|gasse|allee|platz|ufer|damm|straat|laan|plein|gracht|kade)"
    rf"|{_WORD} (?:Straße|Strasse|Str\.|Allee|Platz|Weg)) \d{{1,4}} ?[a-z]?(?!\w){_TOWN_EU}"
    rf"|(?<!\w)\d{{1,4}}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|allée|chemin|impasse|quai) {_SMALL}{_WORD}{_TOWN_EU}"
    rf"|(?<!\w)(?:Calle|Avenida|Avda\.|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Praça) {_SMALL}{_WORD},? \d{{1,4}}(?!\w){_TOWN_EU}"
    rf"|(?<!\w){_NO_STREET}(?:{_PLACE} ){{0,2}}{_PLACE} \d{{1,4}}(?: ?[A-Za-z])?(?: \d{{1,3}})?,\s{{0,3}}"
    rf"(?:[A-Z]{{1,2}}-)?\d{{3}} ?\d{{2}} {_PLACE}"
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-][\w.+%&'-]{0,63}@(?:[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])|\[[\d.]{7,15}\])"
    r"|(?<![\w.+-])[A-Za-z][\w.+%&'-]{0,63}@[A-Za-z][\w-]{1,62}(?![\w-])"
)
_IP = re.compile(
    r"(?<![\w.:-])(?:\d{1,3}(?:\.\d{1,3}){3}(?!\w|[.-]\d)|(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3})?(?![\w:]))", re.I
)
_VERSION = re.compile(r"(?:\bv|\b(?:version|release|build|firmware|update|section|clause))(?: is| to| from)?[ :]{0,2}$", re.I)

Span = tuple[str, int, int]


def emails(text: str) -> Iterator[Span]:
    """Addresses of mail, with and without a domain's dot."""
    for match in _EMAIL.finditer(text):
        yield ("EMAIL", *match.span())


def places(text: str) -> Iterator[Span]:
    """Postal addresses, and the addresses of computers."""
    for match in _ADDRESS.finditer(text):
        yield ("ADDRESS", match.start(), match.start() + len(match[0].rstrip(" ,.")))
    for match in _IP.finditer(text):
        if not _VERSION.search(text[max(0, match.start() - 20) : match.start()]) and _is_ip(match[0]):
            yield ("IP", *match.span())


def _is_ip(value: str) -> bool:
    from ipaddress import ip_address  # few texts hold one

    try:
        return not ip_address(value).is_unspecified
    except ValueError:
        return False
