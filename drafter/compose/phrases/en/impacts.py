"""English: the forms of an impact, and who acts in it."""

from __future__ import annotations

import re

from drafter.compose.phrases.en.pieces import AUX, SOME, STAFF, anycase

IMPACTS: dict[str, re.Pattern[str]] = {
    # the forms of an impact, and who acts in it
    "led_already": anycase(
        r"^(?:and )?(?:(?:that|this|it|which)(?: has)? (?:meant|means)(?: that)?|meaning(?: that)?|so(?: that)?"
        r"|because of (?:that|this|it),?|as a result(?: of (?:that|this|it))?,?) (?=you\b|your\b)"
    ),
    "acts": anycase(
        rf"^(?:{SOME} of you|you(?: and (?:your )?(?:\w+ )?\w+)??(?: both| all)?|your (?:own )?(?:\w+ )?{STAFF})\b (?P<rest>.*)$"
    ),
    "possessed": anycase(r"^your\b"),
    "state_verb": anycase(
        r"^(?:am|is|are|was|were|be|been|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|have|has|had|haven['’]t|hasn['’]t|hadn['’]t|can|cannot|can['’]t|could"
        r"|couldn['’]t|may|might|must|will|won['’]t|would|wouldn['’]t|should|do|does|did|don['’]t|doesn['’]t|didn['’]t|gets?|got|receiv\w+|sees?|saw"
        r"|hears?|heard|feels?|felt|knows?|knew|wants?|wanted|needs?|needed|hopes?|hoped|expect\w*|trust\w*|rely|relied|plan|planned|book|booked"
        r"|order|ordered|arranged?|invited?|chose|choose|likes?|liked|loved?|finds?|found|thinks?|thought|believed?|still|no|own|owned|live|lived)$"
    ),
    "must": anycase(r"^(?:had|have|has|needed|need|needs) to\b"),
    "wrote_to_us": anycase(
        r"\b(?:told|tell|asked|ask|wrote to|written to|rang|ring|called|call|phoned|emailed|warned|informed|reminded|chased|contacted) us\b"
    ),
    "was_before": anycase(
        r"^\S+(?: \w+ly)? had (?!to\b|no\b|the\b|an?\b|your\b|only\b)(?:\w+ ){0,2}?\w+(?:ed|en|wn|ne|lt|pt|ght|de|id|ut|ade)\b"
        r"|\b(?:told|asked|wrote to) us\b"
    ),
    "priced": anycase(
        r"^[$£€¥₹]\S+(?: (?!in\b|for\b|of\b|to\b|on\b|at\b|per\b|too\b|more\b|less\b|than\b|over\b|from\b|a\b|each\b|and\b)[a-z-]+){0,2}?"
        r" (?!extra\b|more\b|less\b|each\b|lost\b|gone\b|wasted\b|back\b|short\b|poorer\b|total\b|worth\b|off\b|late\b|damage\b)"
        r"[a-z-]*[a-rt-z]$"
    ),
    "vowel_sum": anycase(r"^\D?(?:8|11\b|18\b)"),
    "nothing_of": anycase(r"^no\b"),
    "auxiliary": anycase(rf"^(?:{AUX}|had|wasn['’]t|weren['’]t|hasn['’]t|haven['’]t|hadn['’]t|must|cannot)$"),
    "stands_alone": anycase(
        r"^(?:i|we|he|she|it|they|there|this|that|these|those|nobody|everyone|everybody|someone|nothing(?! to\b)|everything"
        rf"|{SOME} of (?:you|us|them))\b"
    ),
    "thing_hit": anycase(
        r"^(?!.*\b(?:is|are|was|were|been|had|have|has|got|get)\b).*\b(?:ruined|damaged|spoil(?:ed|t)|wasted|broken|destroyed|wrecked|soaked"
        r"|stolen|torn|smashed|scratched|cracked|crushed|lost|missed|gone)$"
    ),
    "determined": anycase(
        r"^(?:(?:the|an?|your|their|his|her|its|some|another|all|both|every|each|no|more|less|any|extra|one|two|three|four|five|six|seven|eight|nine"
        r"|ten|half|several|many|hours|days|weeks|nights|months)\b|[$£€¥₹]?\d|(?:stress|worry|embarrassment|confusion|anxiety)\b)"
        r"|^(?!\w+ed\b)\w+s (?:of|in|for|on)\b"
    ),
}
