"""English: what the composer has to recognise in the clauses of the facts."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_PAST_WORDS = (
    "went|sent|paid|made|put|set|found|kept|left|built|bought|told|held|read|took|gave|wrote|did|had|got|came|began|brought|drew|flew|"
    "let|lost|met|rang|ran|said|saw|sold|shut|spoke|stood|taught|thought|cut|dealt|drove|spent|swapped|chose|became|broke|knew|hired|rebuilt|"
    "reset|re-sent|resent|rewrote|undid|withdrew|shipped|sat|led|lent|fed|fought|forgot|caught|understood|overwrote|split|hid|fell|felt|dug|"
    "brought|threw|wore|woke|won|redid|redrew|laid|gone"
)


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


PATTERNS: dict[str, re.Pattern[str]] = {
    "starts_small": _re(
        r"^(?:we|our|ours|you|your|yours|he|she|it|its|they|their|the|a|an|this|that|these|those|there|here|each|every|all|both|some|any|no|none|"
        r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|nothing|everything|on|at|in|since|from|for|when|because|after|before|"
        r"during|until|by|with|without|as|if|although|while|last|yesterday|today|tomorrow|please|yes|now|my|his|her)\b"
    ),
    "subject_we": _re(r"^we\b(?P<next>['’](?:ve|ll)\b|\s+(?!are\b|were\b|['’]re\b))"),
    "subject_i": re.compile(r"^I\b"),
    "we_will": _re(r"^we will\b"),
    "subject_person": _re(r"^(?:we|i)(?:['’](?:ve|re|m|ll))?\s"),
    "adverb": _re(r"^(?:also|now|already|just|then|since|personally|\w+ly|never|not)$"),
    "perfect": _re(r"^(?:have|has|['’]ve|we['’]ve|i['’]ve)$"),
    "present": _re(
        r"^(?:is|are|am|isn['’]t|aren['’]t|do|does|don['’]t|doesn['’]t|can|cannot|can['’]t|could|must|may|might|should|will|would|now|gets|goes"
        r"|comes|takes|makes|keeps|holds|sends|needs|gives|says|tells|asks|approves|compares|matches|confirms|refuses|becomes|receives)$"
    ),
    "participle": _re(rf"^(?:\w+(?:ed|en|wn|ne)|been|{_PAST_WORDS})$"),
    "before_noun": _re(
        r"^(?:the|a|an|your|our|my|their|its|his|her|this|that|these|those|each|every|both|all|some|any|no|of|with|for|\d[\d.,]*|one|two|three"
        r"|four|five|six|seven|eight|nine|ten|who|which|whose|whom|you|we|i|they|he|she)$"
    ),
    "past": _re(rf"^(?:was|were|\w+ed|{_PAST_WORDS})$"),
    "pluperfect": _re(r"^\S+(?: \S+){0,3} had (?:not|never|already|just|been|\w+ed)\b|^\S+ had \w+(?:en|wn|ne|id|ft)\b"),
    "past_or_present": _re(r"^(?:put|set|read|cut|let|shut|split|reset|hit|spread)$"),
    "habit": _re(r"\b(?:every|each|always|whenever|no longer)\b|\bbefore (?:we|any)\b"),
    "that_day": _re(r"\b(?:that|same|the) (?:day|night|morning|evening)\b"),
    "lasting": _re(r"\b(?:every|each|all|always|no longer|any|both|only|never)\b"),
    "date": _re(
        rf"\b{_WEEKDAY}\b|\b{_MONTH}\.? \d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b|\b\d{{4}}-\d\d-\d\d\b"
        r"|\btoday\b|\btonight\b|\byesterday\b|\btomorrow\b|\bthis (?:morning|afternoon|evening)\b|\bjust now\b|\blast (?:night|week)\b"
    ),
    "says_yesterday": _re(r"\byesterday\b|\blast night\b"),
    "says_tomorrow": _re(r"\btomorrow\b"),
    "time_first": _re(r"^at (?P<time>.+) (?P<day>today|tomorrow|yesterday)$"),
    "ends_in_when": _re(r" (?:when|once|as soon as) (?:you|we|it|they|he|she|the|your|our|[A-Z]\w+)\b[^,;:]*$"),
    "says_today": _re(r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|\bjust now\b|\bnow\b"),
    "soon": _re(r"\bin (?:\d+|an?|one|two|five|ten|fifteen|twenty|thirty|forty|half an?) (?:minutes?|hours?)\b"),
    "clock": _re(
        r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b"
        r"|\b(?P<hour24>\d{1,2}):(?P<minute24>\d\d)\b|\b(?P<noon>noon)\b"
    ),
    "complex": _re(
        r"[,;:()]|[\"”]$|\b(?:that|which|who|because|and|so|whatever|whether|if|when|until|while|before|after|since|although|than|but|at|by|on"
        r"|what|how|where|why|as well|too|until|will be (?:the|an?)"
        r"|in order)\b"
        r"|(?<=\s)(?:you|we|they|he|she) (?:had|have|were|are|was|paid|bought|sent|gave|lost|found|\w+ed)\b"
        r"|.{30,} to (?!your|the|an?|our|my|their|\d)\w+|(?:^|\s)\d+$"
        r"|\b(?:day|night|morning|evening|afternoon|week|month|year|season|batch)s?\b"
    ),
    "date_opening": _re(rf"^(?:on|at|in|since|from|last)\b[^,]*$|^{_WEEKDAY}[^,]*$"),
    "indirect": _re(r"^(?:whether|if|when|why|how|what|where|who|which)\b"),
    "you_were_right": _re(r"^you(?: were|['’]re| are) right\b"),
    "unasked_why": _re(r"^(?:why|what|how it)\b|\bcause\b|\breason\b"),
    "future": _re(r"^(?:you|we|i)(?: will|['’]ll)\b"),
    "own_day": _re(r"\bon the (?:day|night|morning|evening) (?:of|when|before|after)\b|\b(?:that|same) (?:day|night|morning|evening)\b"),
    "joined": _re(r" and\b"),
    "because": _re(r"^because (?:of )?"),
    "subordinate": _re(r"^(?:when|while|after|before|if|because|since|as|although|on|in|at|during|for|instead|by|without|last)\b"),
    "involved": _re(r"[;:]|\bbecause\b|, (?:and )?(?:then|so|but)\b|\bcause\b|\breason\b"),
    "subject_you": _re(r"^your?\b"),
    "says_mistake": _re(r"\b(?:mistake|mistakenly|wrongly|in error|fault)\b"),
    "says_wrong": _re(r"\bwrong\b"),
    # what a customer typed in anger, or a tail that hangs: said again, it would mock them
    "heated": _re(
        r", not\b|\bnot$|[!?]{2}|^us to\b|\b(?:junk|crap|rubbish|garbage|trash|shit\w*|damn\w*|bloody)\b"
        r"|\b(?:stupid|useless|pathetic|idiots?|joke|scam\w*|liars?|clowns?)\b"
    ),
    "for_a_thing": _re(r"^(?:for|that(?! (?:we|i)\b))\b"),
    "blind": _re(r"^(?:it|that|this|those|these|they|them|he|she|yes|no|there is one|i enclose it|nothing|neither|both|none)\b"),
    "yes_or_no": _re(r"^(?:yes|no)\b"),
    "instruction": _re(r"^(?:please|do not|don['’]t|leave|keep|stop|wait|stay)\b"),
    "asked": _re(r"^you asked\b"),
    "goes_on": _re(r"^(?:it|they|the (?:money|refund|amount|payment|credit|parcel|order|[£$€]\S+)|[£$€]\S+) will\b"),
    "courtesy": _re(r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|rev|lord|lady)\b"),
    "shortened": _re(r"^(?:mr|mrs|ms|mx|dr|prof|rev)$"),
    "generation": _re(r"^(?:jr|sr|ii|iii|iv|phd|md|esq|obe|mbe)\.?$"),
    "sent": _re(r"^(?:we|i)\b.{0,30}?\b(?:sent|shipped|posted|packed|mailed|dispatched|emailed|delivered)\b"),
    "numeral": _re(r"^(?P<number>\d{1,2}|100) (?=[a-z])(?!(?:am|pm|to|or|and|by|per|percent|kg|km|cm|mm|gb|mb|o['’]clock)\b)"),
    "writes": _re(r"\b(?:write|post|update|call|ring|phone|text|message|tell|report|email|be in touch|come back)\b"),
    "even": _re(r"\b(?:even|whatever|either way|whether|no matter|by then)\b"),
    "apology": _re(r"\b(?:sorry|apologi[sz]e|apologies|apology)\b"),
    "cut_clause": _re(
        r"[,;:] (?=(?:\d|[$£€]|on\b|from\b|at\b|instead\b|when\b|which\b|because\b|although\b|so\b|but\b|and (?:we|i|you)\b))| \(|; "
        r"| and (?=(?:we|i|you|did|then|told|counted|turned|charged|sent|left)\b)| (?=(?:because|although|while|so that|which|when|but)\b)"
    ),
    "cut_phrase": _re(r",? (?:on|at|for|from|in|of|since) (?!(?:all|least|most|good|full|part|nothing|free|once)\b)"),
    "splice": _re(r", (?:we|i)\b"),
    "content": _re(r"[a-z]{4,}|\d[\d.,:]*\d|\d"),
    "everyone": _re(
        r"\b(?:everyone|everybody|anyone"
        r"|(?:all|each|every|any) (?:\w+ )?(?:customers?|users?|members?|accounts?|passengers?|guests?|households?))\b"
    ),
    "home": _re(r"\b(?:address|postcode|birthday|wedding|funeral|salary|password|passport)\b"),
    "family": _re(
        r"\byour (?:\w+ )?(?:son|daughter|child|children|kids?|baby|mother|mum|mom|father|dad|parents?|husband|wife|partner|sister"
        r"|brother)\b"
    ),
    "travel": _re(r"\b(?:flights?|trip|holiday|vacation|hotel|motel|train|sailing|crossing|journey|honeymoon)\b"),
    "address_you": _re(r"\b(?:you|your|yours|yourself)\b"),
    "health": _re(
        r"\b(?:allerg\w*|reaction|hospital\w*|ill|illness|sick\w*|injur\w*|hurt|pregnan\w*|medic\w*|diagnos\w*|doctor|patient|disab\w*|died|death|rash|asthma|diabet\w*)\b"
    ),
    "own_health": _re(
        r"\b(?:her|his|their|your|my|[A-Z]\w+['’]s) (?:\w+ )?(?:surgery|operation|treatment|prescription|therapy|chemo\w*|scan|x-ray|biopsy"
        r"|blood tests?|test results?|pills|tablets|medicines?)\b|\b(?:cancer|miscarr\w*|overdos\w*|heart attack)\b"
    ),
    "calls_you": _re(r"(?:\bwill|['’]ll|\bgoing to|\b(?:am|are)|['’](?:m|re)) (?:\w+ )?(?:call|ring|phone|text|visit)(?:ing)? you\b"),
    "private_message": _re(r"\b(?:direct|private) messages?\b|\bprivately\b|\bdms?\b|\binbox\b|\bmessage you\b"),
    "audience": _re(
        r"\b(?:shown|visible|shared|readable|exposed|disclosed|published|open|displayed|leaked) (?:\w+ )?(?:to|by|with|for) "
        r"(?:everyone|everybody|anyone|(?:all|each|every|any) \w+)"
    ),
    "numbered": _re(
        r"\b(?:order|booking|reference|ref|ticket|case|account|reservation|policy|claim|invoice|membership|passport|card|contract)"
        r"(?: (?:number|no\.?|id|code))?:? ?#? ?(?=[A-Z/-]{0,4}\d)[A-Z\d/-]*\d{3,}[A-Z\d/-]*\b"
    ),
    "name_run": re.compile(r"[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*(?: (?:[A-Z]\.|Mc[A-Z][a-z]+|[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*))+"),
    "owned_by_one": re.compile(
        r"\b(?P<name>[A-Z][a-z]+)['’]s (?:\w+ )?(?:invoice|bill|account|order|booking|card|address|data|name|records?|file|appointment"
        r"|refund|payment|parcel|email|phone|number|salary|payslip|house|home|son|daughter|wife|husband|mother|father|child(?:ren)?)\b"
    ),
    "dated_roughly": _re(
        r"\b(?:since|for|last|all|every|each) (?:the )?(?:\w+ )?(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)\b|\bsince\b"
    ),
    "why": _re(r"^(?:why|how it)\b"),
    "by_phone": _re(r"\b(?:call|ring|phone|telephone)\b"),
    "calendar": _re(rf"^(?:{_WEEKDAY}|{_MONTH}|easter|christmas|black|cyber|new|good|boxing|bank)$"),
    "not_a_person": _re(
        r"^(?:cloud|web|services?|street|road|lane|avenue|square|bridge|bank|banking|store|shop|app|apps|page|pay|play|office|cent(?:er|re)"
        r"|kingdom|states|republic|islands?|team|teams|support|express|mail|station|hall|park|city|county|council|college|school|university"
        r"|hospital|museum|airport|airlines?|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|central|great|united|saint|san|los|las"
        r"|inc|ltd|llc|gmbh|group|systems?|software|network|internet|explorer|chrome|safari|firefox|windows|android|apple|google|amazon"
        r"|microsoft|azure|oracle|drive|docs|sync|login|portal|dashboard|studio|server|database|plan|premium|basic|pro|plus|live|chat|direct"
        r"|debit|credit|card|visa|master|union|wallet|maps?|calendar|authentication|security|rail|railways?|trains?|bus|line|royal|national"
        r"|act|regulation|authority|commission|agency|department|ministry|court|sea|river|lake|mount|bay|valley|hotel|house|time|summer"
        r"|winter|day|eve|friday|edition|version|release|beta|english|british|american|european|union)$"
    ),
    "money": _re(r"[$£€¥₹]\s?\d|\b\d[\d.,]*\s?(?:dollars?|pounds?|euros?|usd|eur|gbp)\b"),
    "contact": _re(r"\S+@\S+\.\w+|\b\+?\d[\d ()-]{6,}\d\b"),
    "person_word": _re(r"\b(?:team|department|desk|office|support|operations|service|care)\b"),
}
