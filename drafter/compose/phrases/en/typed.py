"""English: clauses as hurried people type them: without the one who acts, or in the customer's own person."""

from __future__ import annotations

import re

from drafter.compose.phrases.en.pieces import AUX, OBJECT, PAST_WORDS, anycase

TYPED: dict[str, re.Pattern[str]] = {
    # clauses that were typed without the one who acts; only verbs that a thing cannot be the one to do
    "bare_deed": anycase(
        rf"^(?:(?:also|then|already|just|now) )?(?!(?:became|got|had|was|were|cost|hit|reached|need\w*"
        rf"|took (?:\d|an? \w+$|\w+ (?:days|weeks|months)))\b)"
        rf"(?:\w+ed|{PAST_WORDS})(?: (?:and (?:\w+ed|{PAST_WORDS})|back|out|up|off|on|in))? {OBJECT}"
        r"|^(?:sent|put|booked|set|switched|turned|rolled|moved|called|rang|wrote|spoke|emailed|checked|looked|paid|signed|replied|apologi[sz]ed"
        r"|talked|asked|handed|followed|delivered|returned|forwarded|refunded|credited)"
        r" (?:to|with|for|in|into|on|off|out|up|down|over|back|through|round|around)\b"
    ),
    "short_form": anycase(
        r"(?<![\w'’-])(?:(?:did|do|does|is|are|was|were|could|would|should|have|has|had|ca)nt|(?:you|they)re|(?:you|they|we|i)ve|youll|thats"
        r"|tmrw?|tomoz|w/o?(?= )|bc|cos|pl[sz]|thx|ur|acct|appt|(?<=\d )(?:mins|hrs)|approx|gonna)(?![\w'’-])"
    ),
    "goes_back": anycase(r"\b(?:he|she|him|her|his|hers|who|whom|whose)\b"),
    "it_harmed": anycase(
        rf"^(?:ruined|spoil(?:ed|t)|cost|delayed|wrecked|broke|damaged|upset|scared|woke|made|flooded|stained|scratched"
        rf"|burned|burnt) {OBJECT}"
    ),
    "bare_doing": anycase(
        r"^(?:(?:still|now|currently) )?\w{2,}ing (?:the|an?|your|our|it|them|this|that|all|into|on|with|through|at|for|to|what|why|how)\b"
    ),
    "bare_will": anycase(r"^will \w+"),
    "bare_plan": anycase(rf"^(?P<verb>[a-z-]+)(?: (?:back|out|up|off|on|in))? {OBJECT}"),
    "bare_harm": anycase(
        r"^(?:(?:(?:had|have|has|need|needed) to|could(?:n['’]t| not| only)|can(?:['’]t|not)|did(?:n['’]t| not) "
        r"(?:get|have|know|receive|see|hear|sleep)"
        rf") (?!be\b|been\b|arrive|reach|work\b)|(?:had|have) no\b"
        rf"|(?:paid|spent|wasted|missed|waited|drove|bought) (?:{OBJECT}|twice|for\b|over\b)"
        rf"|lost {OBJECT}|took (?:an?|the) (?:day|morning|afternoon|week|half day|bus|taxi|cab|train)\b"
        r"|stayed (?:in|home|up)\b|slept (?:on|in)\b"
        r"|(?:stood|sat|queued|walked|drove|cycled|travell?ed) (?:in|on|at|for|outside|about|around|through|to|home|all|there|\d)\b)"
    ),
    "bare_being": anycase(r"^(?:unable to|not able to|still waiting|stuck (?:at|in|on|with)) ?\w*"),
    "bare_was": anycase(
        r"^(?:was|were)(?P<not>n['’]t)? (?P<rest>(?:charged|billed|told|left|unable|able to|stuck|without|ill|sick"
        r"|turned away|locked out|forced"
        r"|refused|fined|asked|late for|embarrassed|scared|worried|in (?:tears|hospital|pain))\b.*)$"
    ),
    "first_person": anycase(r"\b(?:i|me|my|mine|myself)\b(?!\.)"),
    "person": anycase(
        r"\b(?:i (?:am|was|wasn['’]t)|i['’](?:m|ve|d|ll)|i(?!\.)|my|me|mine|myself|your|yours|you['’](?:re|ve|ll|d)"
        r"|(?:(?:^|(?<=\bwhy )|(?<=\bhow )|(?<=\bwhen )|(?<=\bwhere )|(?<=\bwhat )|(?<=\bthat )|(?<=\bif )|(?<=\bwhether )|(?<=\bwho )"
        r"|(?<=\bbecause )|(?<=\bas ))(?P<acting>you)(?= \w)|you))\b"
    ),
    "second_person": anycase(r"\b(?:you|your|yours|yourself)\b"),
    "plan_verb": anycase(
        r"^(?:call|ring|phone|text|email|message|write|post|update|report|send|ship|deliver|bring|collect|fit|refit|fix|repair|replace|refund|pay"
        r"|credit|run|make|put|get|give|let|check|test|review|add|remove|cancel|plant|build|install|set|move|book|come|visit|tell|keep|hold"
        r"|swap|print|reprint|clean|train|hire|stop|start|change|open|close)(?P<on> .*)?$"
    ),
    "finite": anycase(r"\b(?:will|shall|is|are|was|were|has|have|had|can|could|going to)\b|['’](?:ll|s|re)\b"),
    "also_at": re.compile(r"^(?:we are|you will)\b"),
    # how the customer asked
    "direct": anycase(
        rf"^{AUX} (?:i|you|we|they|he|she|it|this|that|there|the|my|your|our|any|some\w*|anyone|anybody|these|those)\b"
        rf"|^(?:why|how|when|where|what|who|which)\b(?: \w+){{0,2}}? {AUX}\b.*\?$"
        rf"|^(?:why|how|when|where|what|who|which)(?: \w+)?? {AUX} (?:i|you|we|they|he|she|it|my|your|our)\b"
    ),
    "our_word": anycase(
        r"\b(?:confirm\w*|promis\w+|guarantee\w*|agree\w*|admit\w*|accept\w*|say|state|write) .*?"
        r"\b(?:you|we|i|they)\b.*[$£€¥₹]\s?\d"
    ),
    "asks_on": anycase(
        r"^(?:for|that|to|not to|about|whether|if|why|how|when|where|what|who|whom|which|whose|us|me|our|you|him|her|them"
        r"|someone|somebody|anyone"
        r"|because|and|but|again|to)\b"
    ),
}
