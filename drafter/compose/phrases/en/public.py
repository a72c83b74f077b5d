"""English: what belongs to one person, and is not for everyone to read."""

from __future__ import annotations

import re

from drafter.compose.phrases.en.pieces import MONTH, WEEKDAY, anycase

PUBLIC: dict[str, re.Pattern[str]] = {
    "everyone": anycase(
        r"\b(?:everyone|everybody|anyone"
        r"|(?:all|each|every|any) (?:\w+ )?(?:customers?|users?|members?|accounts?|passengers?|guests?|households?))\b"
    ),
    "home": anycase(r"\b(?:address|postcode|birthday|wedding|funeral|salary|password|passport)\b"),
    "means": anycase(r"\b(?:overdrawn|overdraft|arrears|debts?|bankrupt\w*|evict\w*|benefits|wages?|mortgage|loan)\b"),
    "family": anycase(
        r"\byour (?:\w+ )?(?:son|daughter|child|children|kids?|baby|mother|mum|mom|father|dad|parents?|husband|wife|partner|sister"
        r"|brother)\b"
    ),
    "travel": anycase(r"\b(?:flights?|trip|holiday|vacation|hotel|motel|train|sailing|crossing|journey|honeymoon)\b"),
    "address_you": anycase(r"\b(?:you|your|yours|yourself)\b"),
    "health": anycase(
        r"\b(?:allerg\w*|reaction|hospital\w*|ill|illness|sick\w*|injur\w*|hurt|pregnan\w*|medic\w*|diagnos\w*|doctor|patient|disab\w*|died|death|rash|asthma|diabet\w*)\b"
    ),
    "own_health": anycase(
        r"\b(?:her|his|their|your|my|[A-Z]\w+['’]s) (?:\w+ )?(?:surgery|operation|treatment|prescription|therapy|chemo\w*|scan|x-ray|biopsy"
        r"|blood tests?|test results?|pills|tablets|medicines?|inhalers?|insulin|dialysis|vaccine|jab|hearing aids?|wheelchair|physio"
        r"|counselling|dose|crutches|back|knee|hip|leg)\b|\b(?:cancer|miscarr\w*|overdos\w*|heart attack)\b"
    ),
    "calls_you": anycase(r"(?:\bwill|['’]ll|\bgoing to|\b(?:am|are)|['’](?:m|re)) (?:\w+ )?(?:call|ring|phone|text|visit)(?:ing)? you\b"),
    "private_message": anycase(r"\b(?:direct|private) messages?\b|\bprivately\b|\bdms?\b|\binbox\b|\bmessage you\b"),
    "audience": anycase(
        r"\b(?:shown|visible|shared|readable|exposed|disclosed|published|open|displayed|leaked) (?:\w+ )?(?:to|by|with|for) "
        r"(?:everyone|everybody|anyone|(?:all|each|every|any) \w+)"
    ),
    "numbered": anycase(
        r"\b(?:order|booking|reference|ref|ticket|case|account|reservation|policy|claim|invoice|membership|passport|card|contract)"
        r"(?: (?:number|no\.?|id|code))?:? ?#? ?(?=[A-Z/-]{0,4}\d)[A-Z\d/-]*\d{3,}[A-Z\d/-]*\b"
    ),
    "name_run": re.compile(r"[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*(?: (?:[A-Z]\.|Mc[A-Z][a-z]+|[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*))+"),
    "owned_by_one": re.compile(
        r"\b(?P<name>[A-Z][a-z]+)['’]s (?:\w+ )?(?:invoice|bill|account|order|booking|card|address|data|name|records?|file|appointment"
        r"|refund|payment|parcel|email|phone|number|salary|payslip|house|home|son|daughter|wife|husband|mother|father|child(?:ren)?)\b"
    ),
    "calendar": anycase(rf"^(?:{WEEKDAY}|{MONTH}|easter|christmas|black|cyber|new|good|boxing|bank)$"),
    "not_a_person": anycase(
        r"^(?:cloud|web|services?|street|road|lane|avenue|square|bridge|bank|banking|store|shop|app|apps|page|pay|play|office|cent(?:er|re)"
        r"|kingdom|states|republic|islands?|team|teams|support|express|mail|station|hall|park|city|county|council|college|school|university"
        r"|hospital|museum|airport|airlines?|north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|central|great|united|saint|san|los|las"
        r"|inc|ltd|llc|gmbh|group|systems?|software|network|internet|explorer|chrome|safari|firefox|windows|android|apple|google|amazon"
        r"|microsoft|azure|oracle|drive|docs|sync|login|portal|dashboard|studio|server|database|plan|premium|basic|pro|plus|live|chat|direct"
        r"|debit|credit|card|visa|master|union|wallet|maps?|calendar|authentication|security|rail|railways?|trains?|bus|line|royal|national"
        r"|act|regulation|authority|commission|agency|department|ministry|court|sea|river|lake|mount|bay|valley|hotel|house|time|summer"
        r"|winter|row|marsh|hill|close|way|terrace|gardens?|green|quay|wharf|court|crescent|grove|place|mews|parade|heath|moor|common|woods?|fields?|ferry|mill|farm"
        r"|gate|cross|corner|point|beach|harbou?r|port|pier|market|branch|day|eve|friday|edition|version|release|beta|english|british|american|european|union)$"
    ),
    # an amount, where nobody in particular is answered: whose it may be all the same
    "third_person": anycase(
        r"\b(?:the|a|an|one|this|that|another) (?:\w+ )?(?:customer|caller|guest|member|passenger|patient|client|player|tenant|resident"
        r"|user|buyer|family|couple|woman|man|child|boy|girl|lady|gentleman)\b|\b(?:his|her|him|she|he)\b"
    ),
    "one_case": anycase(
        r"\b(?:the|a|an|one|this|that|another) (?:\w+ )?(?:claim|refund|order|policy|invoice|booking|loan|payment|parcel|salary)\b"
    ),
    "we_gave": anycase(r"\b(?:refund\w*|paid|pay|paying|credit\w*|sent|send|gave|give|charged|billed|took|taken)\b"),
    "place_before": re.compile(
        r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Aa]cross|[Aa]long|[Oo]ff|[Bb]etween|[Oo]utside|[Ii]nside|[Tt]owards|[Tt]hrough)(?: the)?"
        r"(?: (?:[A-Z]\w+(?: [A-Z]\w+)*,? )+and)? $"
    ),
    "money": anycase(
        r"[$£€¥₹]\s?\d|(?-i:\bR\s?\d[\d ,]*\d)|\b(?:rs\.?|kr\.?|chf|zar|inr|nzd|aud|cad|usd|eur|gbp|sek|nok|dkk)\s?\d"
        r"|\b\d[\d.,]*(?:p\b(?!\.)|\s?(?:cents?|pence|rand|rupees|dollars?|pounds?|euros?|usd|eur|gbp)\b)"
    ),
    "contact": anycase(r"\S+@\S+\.\w+|\b\+?\d[\d ()-]{6,}\d\b"),
    "several_people": re.compile(
        r"\S (?:and|&|\+) \S|\b(?i:team|crew|room|desk|office|maintainers|staff|committee|board|department|support)$"
    ),
}
