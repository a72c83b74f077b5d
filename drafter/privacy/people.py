"""People: names that a message gives away, days of birth, and one name known again however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_PARTICLE = "van|von|de|der|den|da|del|di|la|le"
_NAME = rf"(?P<name>{_WORD}(?: (?:{_PARTICLE}|{_WORD})){{0,3}})"
_CLOSING = r"many thanks|thanks(?: again)?|thank you|(?:kind |best |warm )?regards|best(?: wishes)?|cheers|sincerely|yours(?: \w+)?"
_SIGNED = re.compile(
    rf"(?im:^[ \t>]*(?:{_CLOSING})[,.!]?[ \t]*$)"
    rf"\s{{1,6}}{_NAME}[ \t]*(?:$|[\n,|])"
)
_INTRODUCED = re.compile(rf"\b(?i:my name is|my name's|this is|i am|i'm) {_NAME}(?= (?:from|at|and|here|calling|writing)\b|[,.\n]|$)")
_HEADER = re.compile(rf"(?m)^(?:From|Name|Customer|Sent by): ?\"?{_NAME}\"?(?=[ \t]*(?:<|$))")
_TITLE = r"(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor|Sir|Dame|Herr|Frau|Mme|Madame|Monsieur|Señora?)"
_PERSON = r"[A-ZÀ-ÖØ-Þ](?:[\w'’-]{0,30}[\w’]|\.)?"
_TITLED = re.compile(
    rf"(?<!\w){_TITLE}\.? (?P<name>{_PERSON}(?: (?:(?:{_PARTICLE}|al|bin) ){{0,2}}{_PERSON}){{0,2}})"
    r"|(?<!\w)(?:mr|mrs)\.? (?P<small>[a-z][a-z'-]{1,30})\b"
)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[ ./-]\d{{1,2}}[ ./-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\.?,? \d{{2,4}}"
    rf"|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_BORN = re.compile(
    rf"\b(?:born|date of birth|birth ?da(?:te|y)|d\.?o\.?b\.?)(?: \(?d\.?o\.?b\.?\)?)?(?: is| was)?(?: on)?[ :=(-]{{1,3}}"
    rf"(?P<day>{_DAY})(?!\w)",
    re.I,
)
_NAMES_THAT_ARE_WORDS = (
    "will may mark grace hope faith joy rose bill sue frank art rob jack dean drew max ray pat gene grant chase miles page dawn amber"
    " april june august summer autumn ruby ivy daisy lily holly olive iris robin martin guy rich rusty sandy sunny mike basil pearl"
    " carol eve penny victor ernest harry nick josh don ken van stone price young long short brown white black green gray king bishop"
    " banks woods field fields hill lake lane park wood day best bright love moss reed rice cook baker mason major chance case"
    " bell wells cross cooper fisher walker potter taylor smith miller carter turner porter shaw dyke marsh burns church gardener"
    " gardner hunter butler archer barber parker singer farmer weaver shepherd knight page pope abbot duke earl noble sharp swift"
    " wise good small little strong power powers waters rivers brook brooks bridge bridges street house hall barn mill mills ford"
    " forest ash berry bush flowers frost snow rain winter winters spring storm fox wolf lamb bird finch crow swan drake hawk pike"
    " salmon bass trout ball bond cash cost payne call post light lights read speed steel iron gold silver temple castle tower"
    " north south east west english french german welsh ireland holland london york england rush rust sellers warren wall waller"
    " webb webber keys key lock locke glass gates gate ring rings golden nail nails pool pitt root hood head hand foot legg mann"
    " child children friend lord law laws judge just fair gross moody savage bean beans pepper curry lemon onions peel fry fries ward"
    " weeks monday friday tester user customer self order return back front dale glen moor heath cliff shore bay beach dock docks"
    " close nice true fine hope holder driver rider skinner tanner dyer sawyer slater glover chandler"
)
_ALSO_WORDS = frozenset(_NAMES_THAT_ARE_WORDS.split())
_JOINS = r"[\s._,-]{0,3}"
_TITLE_BEFORE = "".join(f"|(?<=\\b{title} )" for title in ("mr", "mrs", "ms", "mr.", "mrs.", "ms.", "miss", "dr", "dr.")).removeprefix("|")
_WIDER = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}

Span = tuple[str, int, int]


def named(text: str) -> Iterator[str]:
    """Names in a signature, an introduction or a From line."""
    for pattern in (_HEADER, _SIGNED, _INTRODUCED):
        for match in pattern.finditer(text):
            yield match["name"].strip(" .'’-")


def titled(text: str) -> Iterator[Span]:
    """Names behind a title, whole and then word by word, and days of birth."""
    for match in _BORN.finditer(text):
        yield ("BIRTH", *match.span("day"))
    for match in _TITLED.finditer(text):
        group = "name" if match["name"] else "small"
        start, end = match.span(group)
        end -= len(match[group]) - len(re.sub(r"'s$|’s$|\.$", "", match[group]))
        yield ("NAME", start, end)
        for word in re.finditer(r"[^\W\d_][\w'’-]*", text[start:end]):
            if word[0].lower() not in _PARTICLE.split("|"):
                yield ("NAME", start + word.start(), start + word.end())


def name_pattern(name: str, *, surname: bool = False) -> re.Pattern[str]:
    """What finds `name` in any case, with its words joined, and a surname's plural; a name that is also a word, as a name only."""
    words = name.split()
    body = _JOINS.join(map(_spelled, words))
    if len(words) > 1:
        turned = rf"|{_spelled(words[-1])}, ?{_JOINS.join(map(_spelled, words[:-1]))}"
        return re.compile(rf"(?<![^\W_])(?i:{body}{turned})(?![^\W\d_])")
    if surname and len(name) > 2 and name.lower() not in _ALSO_WORDS:
        return re.compile(rf"(?<![^\W_])(?i:{body}(?:e?s)?)(?![^\W_])")
    if surname or len(name) < 3 or name.lower() in _ALSO_WORDS:
        cased = f"{re.escape(name)}|{re.escape(name.upper())}"
        plural = rf"(?<=\b[Tt]he )(?:{re.escape(name)})e?s" if surname else r"(?!)"
        return re.compile(rf"(?<![^\W_])(?:{plural}|{cased}|(?i:(?:{_TITLE_BEFORE}){body}))(?![^\W_])")
    return re.compile(rf"(?<![^\W_])(?i:{body})(?![^\W_])")


def _spelled(word: str) -> str:
    """`word` as a pattern that its accents may be missing from, or be written out in: Müller, Muller, Mueller."""
    return "".join(_letter(char) for char in word)


def _letter(char: str) -> str:
    bare = unicodedata.normalize("NFD", char)[0]
    forms = dict.fromkeys([char, bare, *([_WIDER[char.lower()]] if char.lower() in _WIDER else [])])
    return re.escape(char) if len(forms) == 1 else "(?:" + "|".join(map(re.escape, forms)) + ")"
