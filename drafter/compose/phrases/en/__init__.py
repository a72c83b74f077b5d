"""English: its words, what it recognises, and its short and long forms."""

from __future__ import annotations

import re

from drafter.compose.phrases import Phrases
from drafter.compose.phrases.en.patterns import PATTERNS
from drafter.compose.phrases.en.says import SAYS

_CONTRACTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b([Ww]e|I|[Yy]ou|[Tt]hey) will\b(?![,;.]| (?:and|or|be in force)\b)"), r"\1'll"),
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

_PERSONS = {
    "i am": "you are", "i'm": "you are", "i was": "you were", "i wasn't": "you weren't", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "acting": "we", "you": "us", "your": "our", "yours": "ours", "you're": "we're", "you've": "we've", "you'll": "we'll", "you'd": "we'd",
}  # fmt: skip

_SEVERAL = (
    ("I'm ", "we're "), ("I am ", "we are "), (", and I apologi", ", and we apologi"), ("I've ", "we've "), ("I have ", "we have "),
    ("I don't ", "we don't "), ("I do not ", "we do not "), ("I can", "we can"), ("I know ", "we know "), (" I missed", " we missed"),
    ("reach me ", "reach us "), ("write to me ", "write to us "), ("hear from me ", "hear from us "), ("my number", "our number"),
    ("My number", "Our number"), ("so that I ", "so that we "), ("and I want ", "and we want "),
)  # fmt: skip

_SHORT_FORMS = {
    **{f"{word}nt": f"{word}n't" for word in (
        "did", "do", "does", "is", "are", "was", "were", "could", "would", "should", "have", "has", "had", "ca",
    )},
    "youre": "you're", "youve": "you've", "youll": "you'll", "theyre": "they're", "theyve": "they've", "weve": "we've", "ive": "I've",
    "thats": "that's",
    "tmrw": "tomorrow", "tmr": "tomorrow", "tomoz": "tomorrow", "w/": "with", "w/o": "without", "bc": "because", "cos": "because",
    "pls": "please", "plz": "please", "thx": "thanks", "ur": "your", "acct": "account", "appt": "appointment",
    "mins": "minutes", "hrs": "hours", "approx": "about", "gonna": "going to",
}  # fmt: skip

PHRASES = Phrases(
    says=SAYS,
    patterns=PATTERNS,
    contracted=_CONTRACTED,
    expanded=_EXPANDED,
    regional={"US": (), "CA": (), "": (("apologize", "apologise"), ("reach me at", "reach me on"))},
    persons=_PERSONS,
    several=_SEVERAL,
    short_forms=_SHORT_FORMS,
)
