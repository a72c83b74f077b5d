"""English: every word that the composer adds to the facts, and what it has to recognise in them."""

from __future__ import annotations

import re

from drafter.compose.phrases import Phrases

_SAYS: dict[str, tuple[str, ...]] = {
    # greeting and closing
    "greeting.plain": ("Hi {name},",),
    "greeting.warm": ("Hello {name},",),
    "greeting.formal": ("Dear {name},",),
    "greeting.nobody": ("Hello,",),
    "greeting.again": ("{name},",),
    "greeting.chat": ("Hi {name}, {signer} here from {company}.",),
    "greeting.chat.nobody": ("Hello, {signer} here from {company}.",),
    "greeting.sms": ("Hi {name}, it's {signer} at {company}.",),
    "greeting.sms.nobody": ("{signer} at {company} here.",),
    "greeting.reference": ("Your reference: {reference}",),
    "reply.phone": ("If you'd rather talk, you can reach me at {phone}.", "If it is easier to talk, my number is {phone}."),
    "reply.email": ("You can write to me at {email}.",),
    "reply.here": ("Reply to this email and it reaches me.",),
    "reply.letter": ("A letter to the address above reaches me.",),
    "reply.letter.nowhere": ("You can write to me at {company}.",),
    "reply.sms.phone": ("{phone}",),
    "reply.sms": ("Reply to this text to reach me.",),
    "reply.private": ("Please send us a private message so that I can sort this out with you.",),
    "reply.private.neutral": ("Please send us a private message so that I can go through it with you.",),
    "signoff.letter.plain": ("Kind regards,",),
    "signoff.letter.warm": ("With kind regards,",),
    "signoff.letter.formal": ("Yours sincerely,",),
    "signoff.email.plain": ("",),
    "signoff.email.warm": ("Warm regards,",),
    "signoff.email.formal": ("Kind regards,",),
    # ownership
    "own.we": ("That was our mistake, and I'm sorry.", "We got that wrong, and I'm sorry.", "The mistake was ours, and I'm sorry."),
    "own.i": ("That was my mistake, and I'm sorry.", "I got that wrong, and I'm sorry.", "The mistake was mine, and I'm sorry."),
    "own.shared": ("That part was ours, and I'm sorry.", "That was our part in it, and I'm sorry."),
    "own.two": ("Both were our mistakes, and I'm sorry.", "We got both of those wrong, and I'm sorry."),
    "own.again": ("That was our mistake.", "We got that wrong."),
    "own.again.two": ("Both were our mistakes.",),
    "own.short": ("I'm sorry.",),
    "own.many": ("We got several things wrong with {reference}, and I'm sorry. One by one:",),
    "own.many.mixed": ("Here is each point, one by one. Where we got it wrong, I say so, and I'm sorry.",),
    "own.many.nothing": ("We got several things wrong, and I'm sorry. One by one:",),
    "many.neutral": ("Here is each point, one by one:",),
    "own.public": ("We got this wrong, and I'm sorry.",),
    "own.status": ("We're sorry.",),
    "own.status.general": ("We got something wrong, and we're sorry.",),
    "neutral.public": ("I've seen your message and I want to help.",),
    "sympathy": ("I'm so sorry for what this has meant for you.",),
    "sympathy.that": ("I'm so sorry that {impact}.",),
    # impact
    "impact.sorry": ("I'm sorry: {impact}.",),
    "impact.know": ("I know {impact}.",),
    "impact.serious": ("None of that should have been yours to deal with.", ""),
    "impact.serious.formal": ("None of that should have fallen to you.", ""),
    "impact.because": ("{ours}, and {impact}",),
    # known and unknown
    "sorry.unknown": ("I'm sorry that I can't tell you why yet.",),
    "known": ("What we know: {items}.",),
    "known.label": ("What we know:",),
    "unknown": ("What we don't know yet: {items}.",),
    "unknown.label": ("What we don't know yet:",),
    "doing.label": ("What we're doing:",),
    "doing": ("What we're doing: {items}.",),
    "why": ("why",),
    # repair
    "fix.list.done": ("Here is what we have done:", "This is what we have done:"),
    "fix.list.mixed": ("Here is where things stand:", "What is done, and what comes next:"),
    "fix.recap": ("What we fixed for you:",),
    "fix.recap.open": ("What we are doing for you:",),
    "fix.recap.help": ("What we did for you:",),
    "change.recap": ("What we changed:",),
    "change.recap.will": ("What we are changing:",),
    "recap.reason": ("What this is for:",),
    "due": ("That will be done {by}.",),
    "remedy.refund": ("we are refunding {amount}",),
    "remedy.credit": ("we are adding {amount} of credit to your account",),
    "remedy.payment": ("we are paying you {amount}",),
    "remedy.replacement": ("we are sending you a replacement",),
    "remedy.voucher": ("we are sending you a voucher for {amount}",),
    "remedy.discount": ("we are taking {amount} off your bill",),
    "remedy.upgrade": ("we are giving you an upgrade",),
    "remedy.waiver": ("we are waiving {amount}",),
    "remedy.refund.bare": ("we are giving you a refund",),
    "remedy.credit.bare": ("we are adding a credit to your account",),
    "remedy.payment.bare": ("we are making you a payment",),
    "remedy.voucher.bare": ("we are sending you a voucher",),
    "remedy.discount.bare": ("we are giving you a discount",),
    "remedy.waiver.bare": ("we are waiving the charge",),
    "noon": ("noon",),
    "remedy.arrives": ("You'll have it {by}.",),
    "noun.refund": ("a refund",),
    "noun.credit": ("a credit",),
    "noun.payment": ("a payment",),
    "noun.replacement": ("a replacement",),
    "noun.voucher": ("a voucher",),
    "noun.discount": ("a discount",),
    "noun.upgrade": ("an upgrade",),
    "noun.waiver": ("a waiver of the charge",),
    "noun.other": ("that",),
    "noun.of": ("{noun} of {amount}",),
    "remedy.pending": ("I don't have a decision on {noun} yet.",),
    "remedy.pending.on": ("I don't have a decision on {noun} yet; you'll hear from me {by}.",),
    "remedy.pending.owner": ("There is no decision on {noun} yet; {owner} decides, and you'll hear {by}.",),
    "remedy.declined": ("I have to say no to {noun}: {because}.",),
    # answers
    "ask.about": ("You asked {ask}.",),
    "ask.opener": ("You asked",),
    "ask.opener.again": ("You also asked",),
    "ask.list": ("Your questions, in the order you asked them:",),
    "ask.declined": ("You asked {ask}. The answer to that is no: {because}.",),
    "ask.pending": ("You asked {ask}. I don't have that answer yet; you'll have it {by}.",),
    "ask.pending.owner": ("You asked {ask}. I don't have that answer yet; {owner} decides, and you'll have it {by}.",),
    "ask.open": ("You asked {ask}. I don't have that answer yet.",),
    "ask.granted": ("You asked {ask}. The answer is yes.",),
    "ask.granted.on": ("You asked {ask}. The answer is yes, {on}.",),
    # cause, prevention, containment, next
    "cause.ours": ("The cause was ours: {cause}.", "This is how it happened: {cause}."),
    "cause.plain": ("This is how it happened: {cause}.", "How it came about: {cause}."),
    "cause.item": ("How it happened: {cause}.",),
    "cause.part": ("How it came about: {part}.",),
    "third.ours": ("{third}, and that is ours to put right.",),
    "third.name": ("{third} had a part in it, and that is ours to put right.",),
    "next.even": ("{next}, even if nothing has changed by then",),
    # dates
    "on.day": ("on {day}",),
    "on.day.time": ("on {day} at {time}",),
    "on.today": ("today",),
    "on.today.time": ("at {time}",),
    "by.day": ("by {day}",),
    "by.day.time": ("by {time} on {day}",),
    "by.today": ("today",),
    "by.today.time": ("by {time} today",),
    "since": ("since {when}",),
    "since.then": ("since then",),
    "on.same": ("the same day",),
    "from": ("from {when}",),
    "front": ("{when} {clause}",),
    "front.comma": ("{when}, {clause}",),
    "back": ("{clause} {when}",),
    "back.aside": ("{clause} ({when})",),
    # joining
    "and": ("{first}, and {last}",),
    "and.nouns": ("{first} and {last}",),
    "comma": (", ",),
    "owner.will": ("{owner} will",),
    # subjects
    "subject.apology.referring": ("{reference}: what we got wrong and what happens now",),
    "subject.apology.bare": ("What we got wrong, and what happens now",),
    "subject.holding": ("{what}: what we know so far",),
    "subject.holding.time": ("{what}: what we know at {time}",),
    "subject.holding.bare": ("What we know at {time}",),
    "subject.holding.referring": ("{reference}: what we know so far",),
    "subject.update": ("Update: {what}",),
    "subject.update.bare": ("Where things stand at {time}",),
    "subject.update.referring": ("{reference}: where things stand",),
    "subject.follow_up": ("What we changed after {ours}",),
    "subject.follow_up.bare": ("What we fixed and what we changed",),
    "subject.follow_up.referring": ("{reference}: what we fixed and what we changed",),
    "subject.remedy": ("Confirmed: {items}",),
    "subject.remedy.bare": ("What we have done for you",),
    "subject.remedy.referring": ("{reference}: what we have done for you",),
    "subject.nothing": ("Your message to {company}",),
    "subject.credit": ("{amount} credit",),
    "subject.refund": ("{amount} refund",),
    "subject.payment": ("{amount} payment",),
    "subject.voucher": ("{amount} voucher",),
    "subject.discount": ("{amount} off your bill",),
    "subject.waiver": ("{amount} waived",),
    # why something is not in the text
    "left.channel": ("there is no room for it in this channel",),
    "left.harm": ("the harm is small and the reply is kept short",),
    "left.public": ("the channel is public, and this could be about one person",),
    "left.told": ("an earlier message of yours in this thread says it",),
    "left.withheld": ("the matter is sensitive, and a person decides whether it is said",),
    "left.kind": ("this kind of message does not go into it",),
    "left.long": ("the text would be longer than {limit} SMS segments",),
}

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


_PATTERNS: dict[str, re.Pattern[str]] = {
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
    "present": _re(r"^(?:is|are|am|isn['’]t|aren['’]t|do|does|don['’]t|doesn['’]t|can|cannot|can['’]t|must|may|now)$"),
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
    "same_day": _re(r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|\bjust now\b|\bnow\b"),
    "soon": _re(r"\bin (?:\d+|an?|one|two|five|ten|fifteen|twenty|thirty|forty|half an?) (?:minutes?|hours?)\b"),
    "clock": _re(
        r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b"
        r"|\b(?P<hour24>\d{1,2}):(?P<minute24>\d\d)\b|\b(?P<noon>noon)\b"
    ),
    "complex": _re(
        r"[,;:()]|[\"”]$|\b(?:that|which|who|because|and|so|whatever|whether|if|when|until|while|before|after|since|although|than|but|at|by|on"
        r"|in order)\b"
        r"|(?<=\s)(?:you|we|they|he|she) (?:had|have|were|are|was|paid|bought|sent|gave|lost|found|\w+ed)\b"
        r"|.{30,} to (?!your|the|an?|our|my|their|\d)\w+|(?:^|\s)\d+$"
        r"|\b(?:day|night|morning|evening|afternoon|week|month|year|season|batch)s?\b"
    ),
    "date_opening": _re(rf"^(?:on|at|in|since|from|last)\b[^,]*$|^{_WEEKDAY}[^,]*$"),
    "indirect": _re(r"^(?:whether|if|when|why|how|what|where|who|which)\b"),
    "you_were_right": _re(r"^you(?: were|['’]re| are) right\b"),
    "unasked_why": _re(r"^(?:why|what|how it)\b|\bcause\b|\breason\b"),
    "own_voice": _re(r"\b(?:we|i|our|my)\b"),
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
    "address_you": _re(r"\b(?:you|your|yours|yourself)\b"),
    "health": _re(
        r"\b(?:allerg\w*|reaction|hospital\w*|ill|illness|sick\w*|injur\w*|hurt|pregnan\w*|medic\w*|diagnos\w*|doctor|patient|disab\w*|died|death|rash|asthma|diabet\w*)\b"
    ),
    "money": _re(r"[$£€¥₹]\s?\d|\b\d[\d.,]*\s?(?:dollars?|pounds?|euros?|usd|eur|gbp)\b"),
    "contact": _re(r"\S+@\S+\.\w+|\b\+?\d[\d ()-]{6,}\d\b"),
    "person_word": _re(r"\b(?:team|department|desk|office|support|operations|service|care)\b"),
}

_CONTRACTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b([Ww]e|I|[Yy]ou|[Tt]hey) will\b(?! (?:and|or|be in force)\b)"), r"\1'll"),
)

_EXPANDED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r", and I'm sorry\."), ", and I apologize."),
    (re.compile(r"\b([Cc])an['’]t\b(?! (?:I|we|you|they|it)\b)"), r"\1annot"),
    (re.compile(r"\b([Ww])on['’]t\b(?! (?:I|we|you|they|it)\b)"), r"\1ill not"),
    (re.compile(r"\b([A-Za-z]+)n['’]t\b(?! (?:I|we|you|they|it)\b)"), r"\1 not"),
    (re.compile(r"\b(I|[Ww]e|[Yy]ou|[Tt]hey|[Ii]t|[Tt]hat|[Tt]here|[Ww]ho)['’]ll\b"), r"\1 will"),
    (re.compile(r"\b(I|[Ww]e|[Yy]ou|[Tt]hey)['’]ve\b"), r"\1 have"),
    (re.compile(r"\b([Ww]e|[Yy]ou|[Tt]hey)['’]re\b"), r"\1 are"),
    (re.compile(r"\bI['’]m\b"), "I am"),
    (re.compile(r"\b(you)['’]d rather\b"), r"\1 would rather"),
)

PHRASES = Phrases(
    says=_SAYS,
    patterns=_PATTERNS,
    contracted=_CONTRACTED,
    expanded=_EXPANDED,
    regional={"US": (), "CA": (), "": (("apologize", "apologise"), ("reach me at", "reach me on"))},
)
