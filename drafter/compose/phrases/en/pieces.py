"""English: pieces that patterns are made of."""

from __future__ import annotations

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
TH = r"(?:st|nd|rd|th)?"
HOURS = r"(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}:\d\d|noon|midnight|midday)"
WHEN = rf"(?:{WEEKDAY}(?:,? (?:{DAY} {MONTH}|{MONTH} {DAY}))?|{DAY}{TH} {MONTH}|{MONTH} {DAY}{TH}|{MONTH}|{HOURS})(?: (?:20\d\d))?"
LENGTH = r"(?:\d[\d.,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|half an?) (?:minute|hour|day|night|week|month|year)s?"
BEFORE_DAY = r"on|since|from|until|till|by|before|after|dated|of|for|around|about|between|through"
AFTER_DAY = (
    r"and|or|to|at|until|till|by|in|on|but|because|when|which|that|the|our|we|i|you|your|with|without|instead|for|from|as|is|was|were|will|has"
    r"|had|have|this|last|next|before|after|although|though|so|if|it|they|he|she|then|not|only|than"
)
SHORT_WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?,?"
PAST_WORDS = (
    "went|sent|paid|made|put|set|found|kept|left|built|bought|told|held|read|took|gave|wrote|did|had|got|came|began|brought|drew|flew|"
    "let|lost|met|rang|ran|said|saw|sold|shut|spoke|stood|taught|thought|cut|dealt|drove|spent|swapped|chose|became|broke|knew|hired|rebuilt|"
    "reset|re-sent|resent|rewrote|undid|withdrew|shipped|sat|led|lent|fed|fought|forgot|caught|understood|overwrote|split|hid|fell|felt|dug|"
    "brought|threw|wore|woke|won|redid|redrew|laid|gone|slept|drank|ate|swept|hung|heard|bled|grew|stood|stole|rose|slid|quit|bid|hurt|chased|"
    "lay|sank|froze|stuck|burst|blew|shrank|tore|bent|lit|burnt|spilt|spelt|crept|bit|swore|stung|struck|swung|sought"
)
OBJECT = (
    r"(?:the|a|an|your|our|my|their|his|her|its|this|that|these|those|each|every|all|both|some|any|no|another|extra|new|\d[\d.,]*|[$£€¥₹]\S+"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|several|you|it|them|him|me|us|everything|everyone|nothing|what|how|whether)(?!\w)"
)
"""What follows a verb that acts on something."""
AUX = (
    r"(?:am|is|are|was|were|will|can|could|do|does|did|have|has|had|would|should|may|might|shall|won['’]t|can['’]t|don['’]t|didn['’]t|isn['’]t"
    r"|aren['’]t|doesn['’]t|couldn['’]t|wasn['’]t|weren['’]t|hasn['’]t|haven['’]t|hadn['’]t|wouldn['’]t|shouldn['’]t)"
)
SOME = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|both|all|some|most)"
STAFF = (
    r"(?:team|staff|people|crew|colleagues?|assistant|secretary|manager|managers|driver|drivers|engineers?|accountant|bookkeeper|nurses?|teachers?"
    r"|volunteers?|employees?|workers?|office)"
)


def anycase(pattern: str) -> re.Pattern[str]:
    """The pattern compiled so that small and capital letters are the same."""
    return re.compile(pattern, re.I)
