"""English: what the composer has to recognise in the clauses of the facts."""

from __future__ import annotations

import re

from drafter.compose.phrases.en.calendar import CALENDAR
from drafter.compose.phrases.en.impacts import IMPACTS
from drafter.compose.phrases.en.pieces import BEFORE_DAY, MONTH, PAST_WORDS, WEEKDAY, anycase
from drafter.compose.phrases.en.public import PUBLIC
from drafter.compose.phrases.en.typed import TYPED

_SMALL = r"\b(?:the|is|are|was|be|say|you|your|this|that|for|to|not|all|if|will|must|please|it|me|my|we|us|free|now|as|with)\b"
"""Small words of a sentence: as a name, "To", "You" or "Will" has a capital."""

PATTERNS: dict[str, re.Pattern[str]] = {
    **CALENDAR,
    **IMPACTS,
    **PUBLIC,
    **TYPED,
    "starts_small": anycase(
        r"^(?:we|our|ours|you|your|yours|he|she|it|its|they|their|the|a|an|this|that|these|those|there|here|each|every|all|both|some|any|no|none|"
        r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|nothing|everything|on|at|in|since|from|for|when|because|after|before|"
        r"during|until|by|with|without|as|if|although|while|last|yesterday|today|tomorrow|please|yes|now|my|his|her)\b"
    ),
    "subject_we": anycase(r"^we\b(?P<next>['’](?:ve|ll)\b|\s+(?!are\b|were\b|['’]re\b))"),
    "subject_i": re.compile(r"^I\b"),
    "we_will": anycase(r"^we will\b"),
    "subject_person": anycase(r"^(?:we|i)(?:['’](?:ve|re|m|ll))?\s"),
    "adverb": anycase(r"^(?:also|now|already|just|then|since|personally|\w+ly|never|not)$"),
    "perfect": anycase(r"^(?:have|has|['’]ve|we['’]ve|i['’]ve)$"),
    "present": anycase(
        r"^(?:is|are|am|isn['’]t|aren['’]t|do|does|don['’]t|doesn['’]t|can|cannot|can['’]t|could|must|may|might|should|will|would|now|gets|goes"
        r"|comes|takes|makes|keeps|holds|sends|needs|gives|says|tells|asks|approves|compares|matches|confirms|refuses|becomes|receives)$"
    ),
    "participle": anycase(rf"^(?:\w+(?:ed|en|wn|ne)|been|{PAST_WORDS})$"),
    "before_noun": anycase(
        r"^(?:the|a|an|your|our|my|their|its|his|her|this|that|these|those|each|every|both|all|some|any|no|of|with|for|\d[\d.,]*|one|two|three"
        r"|four|five|six|seven|eight|nine|ten|who|which|whose|whom|you|we|i|they|he|she)$"
    ),
    "past": anycase(
        rf"^(?:was|were|(?!(?:need|feed|speed|seed|bleed|exceed|succeed|proceed|indeed|red|bed|shed)$)\w+ed|(?!relay$)(?:mis|over|under|re|un|fore|with)?(?:{PAST_WORDS}))$"
    ),
    "bare_past": anycase(rf"^(?:\w+ed|{PAST_WORDS}|not|no longer)\b"),
    "pluperfect": anycase(r"^\S+(?: \S+){0,3} had (?:not|never|already|just|been|\w+ed)\b|^\S+ had \w+(?:en|wn|ne|id|ft)\b"),
    "past_or_present": anycase(r"^(?:put|set|read|cut|let|shut|split|reset|hit|spread)$"),
    "habit": anycase(r"\b(?:every|each|always|whenever|no longer)\b|\bbefore (?:we|any)\b"),
    "that_day": anycase(r"\b(?:that|same|the) (?:day|night|morning|evening)\b"),
    # a day that something went wrong on is not the day of what had been done before it, or of what went on for long
    "said_before": anycase(r"^(?:we|i)(?: \w+ly| also| then)* (?:told|said|wrote|promised|quoted|agreed|confirmed|advised|assured)\b"),
    "done_before": anycase(
        r"^(?:we|i)(?: \w+ly| also| then)* (?:booked|scheduled|planned"
        r"|arranged|ordered|sold|advertised|listed|hired|designed|built|installed|fitted|serviced|brought|chose|decided|assumed|thought|believed|expected"
        r"|trusted|had|were|was|gave you (?:the|a) (?:wrong )?(?:date|time|day))\b"
    ),
    "you_were_told": anycase(r"^you were (?:\w+ly )?(?:told|asked|advised|promised|quoted|informed|assured)\b"),
    "undone": anycase(r"^(?:we|i) (?:did not|didn['’]t|never)\b"),
    "says_little": anycase(
        r"\b(?:wrong(?:ly)?|late|missing|mistakes?|errors?|problems?|issues?|orders?|bookings?|came|arrived|went|happened|got|still|yet|only)\b"
    ),
    "opens_whole": re.compile(
        r"^(?:[A-Z\d]|(?:we|our|you|yours?|he|she|its?|they|their|the|an?|this|that|these|those|there|each|every|all|both|some|any|no|none|one|two|three"
        r"|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty|nobody|nothing|everyone|everybody|everything|many|most|half|several"
        r"|on|at|in|for|since|from|my|his|her)\b)"
    ),
    "plural": anycase(r"^(?:[a-z-]+ )?[a-z-]+s\b"),
    "charging": anycase(r"\b(?:charg\w+|bill(?:s|ed|ing)?|fees?|invoic\w+|took|taken|deduct\w+|debit\w+|overcharg\w+|pric\w+)\b"),
    "lasted": anycase(
        r"^(?:\S+ ){1,6}?(?:kept|ran (?:the|our|all|every|on|with)|relied|used to|stayed|remained|lasted)\b"
        r"|\bfrom \d[\d:.]*(?: ?[ap]m)? (?:to|until) \d"
    ),
    "lasting": anycase(r"\b(?:every|each|all|always|no longer|any|both|only|never)\b"),
    "date": anycase(
        rf"\b{WEEKDAY}\b|\b{MONTH}\.? \d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}\b|\b\d{{4}}-\d\d-\d\d\b"
        rf"|\b(?:{BEFORE_DAY}) \d{{1,2}}/\d{{1,2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"
        r"|\btoday\b|\btonight\b|\byesterday\b|\btomorrow\b|\bthis (?:morning|afternoon|evening)\b|\bjust now\b|\blast (?:night|week)\b"
    ),
    "now_too": anycase(r"(?<=\w) now (?=\w)"),
    "enclosing": anycase(r"^(?:we|i) (?:enclose|attach|am enclosing|are enclosing|am attaching|are attaching)\b"),
    "names_day": anycase(
        rf"\b(?:tonight|this (?:morning|afternoon|evening)|(?:(?:today|tomorrow)(?: (?:morning|afternoon|evening))?)|{WEEKDAY}"
        rf"(?:,? (?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}))?(?: (?:morning|afternoon|evening))?"
        rf"|{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})\b(?!['’]s)"
    ),
    "says_yesterday": anycase(r"\byesterday\b|\blast night\b"),
    "says_tomorrow": anycase(r"\btomorrow\b"),
    "time_first": anycase(r"^at (?P<time>.+) (?P<day>today|tomorrow|yesterday)$"),
    "ends_in_when": anycase(r" (?:when|once|as soon as) (?:you|we|it|they|he|she|the|your|our|[A-Z]\w+)\b[^,;:]*$"),
    "says_today": anycase(r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|\bjust now\b|\bnow\b"),
    "bare_hour": anycase(
        r"\b(?:by|at|before|until|around|about) (?P<hour>1[0-2]|[1-9])(?=$|[,;]| (?:and|or|today|tomorrow|tonight|on|so|to|in the)\b)"
    ),
    "soon": anycase(r"\bin (?:\d+|an?|one|two|five|ten|fifteen|twenty|thirty|forty|half an?) (?:minutes?|hours?)\b"),
    "clock": anycase(
        r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b"
        r"|\b(?P<hour24>\d{1,2}):(?P<minute24>\d\d)\b|\b(?P<noon>noon)\b"
    ),
    "complex": anycase(
        r"[,;:()]|[\"”]$|\b(?:that|which|who|because|and|so|whatever|whether|if|when|until|while|before|after|since|although|than|but|at|by|on"
        r"|what|how|where|why|as well|too|until|will be (?:the|an?)"
        r"|in order)\b"
        r"|(?<=\s)(?:you|we|they|he|she|i) (?:had|have|were|are|was|would|could|will|can|must|should|paid|bought|sent|gave|lost|found"
        r"|missed|spent|waited|\w+ed)\b"
        r"|\b(?:asked|told|got|helped|invited|reminded|allowed|wanted) .+ to \w+"
        r"|.{30,} to (?!your|the|an?|our|my|their|\d)\w+|(?:^|\s)\d+$"
        r"|\b(?:day|night|morning|evening|afternoon|week|month|year|season|batch)s?\b"
    ),
    "date_opening": anycase(rf"^(?:on|at|in|since|from|last)\b[^,]*$|^{WEEKDAY}[^,]*$"),
    "indirect": anycase(r"^(?:whether|if|when|why|how|what|where|who|which)\b"),
    "you_were_right": anycase(r"^you(?: were|['’]re| are) right\b"),
    "unasked_why": anycase(r"^(?:why|what|how it)\b|\bcause\b|\breason\b"),
    "future": anycase(r"^(?:you|we|i)(?: will|['’]ll)\b"),
    "own_day": anycase(
        r"\bon the (?:day|night|morning|evening) (?:of|when|before|after)\b|\b(?:that|same) (?:day|night|morning|evening)\b"
    ),
    "joined": anycase(r" and\b"),
    "because": anycase(r"^because (?:of )?"),
    "subordinate": anycase(r"^(?:when|while|after|before|if|because|since|as|although|on|in|at|during|for|instead|by|without|last)\b"),
    "involved": anycase(r"[;:]|\bbecause\b|, (?:and )?(?:then|so|but)\b|\bcause\b|\breason\b"),
    "subject_you": anycase(r"^your?\b"),
    "says_mistake": anycase(r"\b(?:mistake|mistakenly|wrongly|in error|fault)\b"),
    "says_wrong": anycase(r"\bwrong\b"),
    # what a customer typed in anger, or a tail that hangs: said again, it would mock them
    "heated": anycase(
        r", not\b|\bnot$|[!?]{2}|^us to\b|\b(?:junk|crap|rubbish|garbage|trash|shit\w*|damn\w*|bloody)\b"
        r"|\b(?:stupid|useless|pathetic|idiots?|joke|scam\w*|liars?|clowns?)\b"
    ),
    # the customer's own words, which are no title of ours
    "their_words": re.compile(
        r"^[Yy]ou (?:wrote|told us|say|said|report\w*|mention\w*)\b"
        r"|[!?]|[“\"]\S+ \S+ \S+[^”\"]*[”\"]|\b(?i:omg|wtf|lol|ffs|fyi|btw|pls|plz|asap|lmao|smh)\b"
        r"|\b(?!(?:SIM|ATM|ID|URL|PDF|VAT|SMS|USB|API|HTTP|HTTPS|CSV|DNS|VPN|WIFI)\b)[A-Z]{5,}\b(?! ?\d)"
    ),
    "told_of": anycase(
        r"^(?P<thing>(?:the|your|an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|some|several|part of)(?: [\w'’-]+){1,3}?)"
        r" (?:is|are|was|were|has|have|had|did|does|do|will|would|can|could|never|still|keeps?|kept|only|came|comes|arrived|arrives|went"
        r"|broke|left|turned|stopped|failed|got)\b"
    ),
    "hangs_on": anycase(r",? (?:as well|too|also|either)$"),
    "for_a_thing": anycase(r"^(?:for|that(?! (?:we|i)\b))\b"),
    "stands_so": anycase(r"^(?:\S+ ){1,6}?(?:is|are|have|has|am)\b"),
    "piece": anycase(r"^(?:until|by|on|at|in|from|within|after|before|next|this|tomorrow|today|tonight|\w+day)\b[^,]{0,40}$"),
    "blind": anycase(r"^(?:it|that|this|those|these|they|them|he|she|yes|no|there is one|i enclose it|nothing|neither|both|none)\b"),
    "yes_or_no": anycase(r"^(?:yes|no)\b"),
    "instruction": anycase(r"^(?:please|do not|don['’]t|leave|keep|stop|wait|stay)\b"),
    "asked": anycase(r"^you asked\b"),
    "goes_on": anycase(r"^(?:it|they|the (?:money|refund|amount|payment|credit|parcel|order|[£$€]\S+)|[£$€]\S+) will\b"),
    "courtesy": anycase(
        r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|rev|lord|lady|dame|captain|capt|lt|lieutenant|col|colonel|maj|brig|brigadier|sgt|sergeant"
        r"|cllr|councillor|canon)\b"
    ),
    "first_rank": anycase(r"^(?:lt|lieutenant|maj|brig|brigadier|sgt|sergeant)\.?$"),
    "sister": anycase(r"^(?:sr|sister|br|brother|fr|father|mother|capt|captain|sgt|sergeant|chef|cllr|councillor|nurse)\.?$"),
    "no_name": re.compile(
        r"https?:|www\.|[<>{}\[\]=\\@;:!?]|(?i:^(?:ignore|disregard|forget|confirm|reply|write|system|admin)\b[: ]*\w+ \w)"
        rf"|{_SMALL}.*{_SMALL}"
    ),
    "shortened": anycase(r"^(?:mr|mrs|ms|mx|dr|prof|rev)$"),
    "two_titles": anycase(r"^(?P<one>mr|mrs|ms|miss|mx|dr|prof)\.? (?:and|&|\+) (?P<two>mr|mrs|ms|miss|mx|dr|prof)\.? (?P<rest>\S.*)$"),
    "before_family": anycase(r"^the$"),
    "name_and_name": anycase(r" (?:&|and|\+) "),
    "not_one_person": anycase(
        r"\b(?:ltd|limited|inc|llc|plc|gmbh|company|sons|partners|group|team|bros|associates|family|household|families|party|club|committee|school|society"
        r"|trust|church|association)\b|\bco\b\.?$"
        r"|\d| of "
        r"|^[a-z]\.?(?: |$)|,"
    ),
    "generation": anycase(r"^(?:jr|sr|ii|iii|iv|phd|md|esq|obe|mbe)\.?$"),
    "sent": anycase(r"^(?:we|i)\b.{0,30}?\b(?:sent|shipped|posted|packed|mailed|dispatched|emailed|delivered)\b"),
    "numeral": anycase(r"^(?P<number>\d{1,2}|100) (?=(?-i:[a-z]))(?!(?:am|pm|to|or|and|by|per|percent|kg|km|cm|mm|gb|mb|o['’]clock)\b)"),
    "writes": anycase(r"\b(?:write|post|update|call|ring|phone|text|message|tell|report|email|be in touch|come back)\b"),
    "even": anycase(r"\b(?:even|whatever|either way|whether|no matter|by then)\b"),
    "apology": anycase(r"\b(?:sorry|apologi[sz]e|apologies|apology)\b"),
    "cut_clause": anycase(
        r"[,;:] (?=(?:\d|[$£€]|on\b|from\b|at\b|instead\b|when\b|which\b|because\b|although\b|so\b|but\b|and (?:we|i|you)\b))| \(|; "
        r"| and (?=(?:we|i|you|did|then|told|counted|turned|charged|sent|left)\b)| (?=(?:because|although|while|so that|which|when|but)\b)"
    ),
    "cut_phrase": anycase(
        r",? (?:on|at|for|from|in|of|since|during|within|across|throughout) (?!(?:all|least|most|good|full|part|nothing|free|once|error)\b)"
    ),
    "telling": anycase(
        r"\b(?:to|with|without|instead|wrong|wrongly|old|not|never|nothing|nobody|no|none|twice|double|another|other|others|against|into|than|but|too"
        r"|late|later|early|before|after|until|till|by|who|that|which|because|although|mistake|error|only|again|missing|free|first|last)\b|n['’]t\b|[,;:]"
    ),
    "open_end": anycase(
        r"\b(?:all|some|both|each|one|any|many|most|part|half|and|or|the|an?|your|our|its|their|number|lot|out|end|because|instead|top|front|ahead"
        r"|kind|sort|hundreds|thousands|dozens|none|rest|back|side|middle|copy|copies|list|lack|is|are|was|were|be|been|has|have|had|\d[\d.,]*)$"
    ),
    "splice": anycase(r", (?:we|i)\b"),
    "content": anycase(r"[a-z]{4,}|\d[\d.,:]*\d|\d"),
    "dated_roughly": anycase(
        r"\b(?:since|for|last|all|every|each) (?:the )?(?:\w+ )?(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)\b|\bsince\b"
    ),
    "why": anycase(r"^(?:why|how it)\b"),
    "by_phone": anycase(r"\b(?:call|ring|phone|telephone)\b"),
    "person_word": anycase(r"\b(?:team|department|desk|office|support|operations|service|care)\b"),
}
