"""English: days, hours and lengths of time in the facts' own words."""

from __future__ import annotations

import re

from drafter.compose.phrases.en.pieces import AFTER_DAY, BEFORE_DAY, DAY, LENGTH, MONTH, SHORT_WEEKDAY, TH, WEEKDAY, WHEN, anycase

CALENDAR: dict[str, re.Pattern[str]] = {
    # days in the facts' own words: whole ones, which the letter says in its own style
    "day_named": anycase(
        rf"(?:\b(?P<lead>{BEFORE_DAY}|{WEEKDAY},?|{SHORT_WEEKDAY}) )?(?<![\w/.:#-])"
        rf"(?:(?:the )?(?P<day>{DAY}){TH} (?:of )?(?P<month>{MONTH})\b\.?|(?P<month2>{MONTH})\b\.? (?:the )?(?P<day2>{DAY}){TH}\b(?!:\d))"
        rf"(?:,? (?P<year>(?:19|20)\d\d)\b)?(?!,? ?(?:(?:and|or|to) )?{DAY}\b{TH}(?! (?:of )?{MONTH})|[-–—/]\d)"
        rf"(?=$|[,.;:)!?\"”’]| (?:{AFTER_DAY}|\w+day|\d)\b| (?P<other>\S+))"
    ),
    "day_numbered": anycase(
        rf"(?:\b(?P<lead>{BEFORE_DAY}|to|and|{WEEKDAY},?) )?(?<![\w/.:#$£€-])"
        r"(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<one>\d{1,2})(?:/(?P<two>\d{1,2})(?:/(?P<year>(?:19|20)\d\d|\d\d))?"
        r"|\.(?P<two_dotted>\d{1,2})\.(?P<year_dotted>(?:19|20)\d\d)))(?![\w/-]|\.\w|:\d)"
    ),
    "between_days": anycase(r"^ ?(?:to|and|or|until|till|[-–—]) ?$"),
    "weekday": anycase(rf"\b{WEEKDAY}s?\b"),
    "weekday_short": anycase(
        r"\b(?P<lead>on|since|by|until|till|this|next|last|before|after) (?P<day>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b"
    ),
    "month_lone": anycase(
        r"\b(?:january|february|april|june|july|august|september|october|november|december)\b"
        r"|(?<=\bin )(?:march|may)\b|(?<=\bof )(?:march|may)\b|(?<=\blast )(?:march|may)\b|(?<=\bsince )(?:march|may)\b"
        r"|(?<=\bnext )(?:march|may)\b|(?<=\bfor )(?:march|may)\b"
    ),
    "i_alone": re.compile(r"(?<![\w(./'’-])i(?=['’](?:m|ve|ll|d)\b|(?![\w).'’-]))"),
    # what a subject can go without: days and hours, and a tail of places and times that does not tell what was wrong
    "detail": anycase(
        rf",? (?:(?:on|at|in|since|around|about) (?:the )?{WHEN}|for (?:the (?:last|past) )?{LENGTH}|between {WHEN} and {WHEN}"
        r"|(?:today|tonight|yesterday|this (?:morning|afternoon|evening|week)|last (?:night|week)))(?= |$)"
        r"(?! (?:instead|to|and|or|rather|not)\b)"
    ),
}
