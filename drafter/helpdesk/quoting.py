"""What a person wrote in a message: without the older messages quoted below it, and without a signature."""

from __future__ import annotations

import re

_LONGEST = 500  # characters of a line that are looked at
_SIGNATURE = 12  # lines that a signature has at most
_DASHES = re.compile(r"\s*[-_=*]{2,}.*[-_=*]{2,}\s*")
_ORIGINAL = re.compile(
    r"original message|forwarded message|urspr(?:ü|ue)ngliche nachricht|weitergeleitete nachricht|message d'origine|message transf[ée]r[ée]"
    r"|mensaje original|mensaje reenviado|mensagem original|messaggio originale|messaggio inoltrato|oorspronkelijk bericht"
    r"|doorgestuurd bericht|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|wiadomo[śs][ćc] oryginalna",
    re.I,
)
_ABOVE = re.compile(r"(?:type|write|enter)?\s*(?:your )?reply above this line|antwort(?:en)? (?:bitte )?oberhalb dieser zeile", re.I)
_BEGINS = re.compile(r"\s*(?:On|Am|Le|El|Il|Op|Em|No dia|Den|W dniu|Dne|Den)\s", re.I)
_WROTE = re.compile(
    r"(?:wrote|schrieb[^:]{0,120}|a écrit|escribi[óo]|ha scritto|schreef[^:]{0,120}"
    r"|escreveu|skrev[^:]{0,120}|napisał\(?a?\)?|napsal\(?a?\)?)\s?:\s*$",
    re.I,
)
_SELF = re.compile(r"\b(?:I|we) wrote:\s*$|\b(?:ich|wir) schrieb|\bschrieb (?:ich|wir)\b|\b(?:j'ai|nous avons) écrit", re.I)
_DATED = re.compile(r"\d{4}|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}|[<@]")
_FIELDS = {
    "from": r"from|von|de|da|van|från|fra|od",
    "sent": r"sent|date|gesendet|datum|envoyé|enviado(?: el)?|fecha|inviato|data|verzonden|skickat|sendt|wysłano",
    "to": r"to|an|à|para|a|aan|till|til|do",
    "subject": r"subject|betreff|objet|asunto|oggetto|onderwerp|ämne|emne|assunto|temat",
}
_FIELD = re.compile(r"\s*\*?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS.items()) + r")\s?:\*?(?:\s|$)", re.I)
_PHONE = re.compile(
    r"\s*(?:sent from (?:my|outlook|mail|yahoo)\b|get outlook for\b|(?:von meinem|gesendet (?:von|mit))\b"
    r"|envoyé (?:de mon|depuis)\b|enviado desde mi\b|inviato da(?:l mio)?\b|verzonden (?:vanaf|met) mijn\b|skickat från min\b)",
    re.I,
)
_CLOSING = re.compile(  # not "Thanks," and the like: sentences go on after those
    r"\s*(?:(?:(?:best|kind|warm|many|with (?:best|kind)) )*(?:regards|wishes)|(?:yours )?sincerely|yours (?:faithfully|truly)"
    r"|mit (?:freundlichen|besten) gr(?:ü|ue)(?:ß|ss)en|(?:viele|beste|liebe|schöne) gr(?:ü|ue)(?:ß|ss)e"
    r"|cordialement|bien à vous|saludos|un saludo|cordiali saluti|met vriendelijke groet(?:en)?)\s*[,.!]?\s*",
    re.I,
)


def own_words(text: str) -> str:
    """The message itself. What was quoted between the lines of an answer goes too: somebody else said it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [line for line in lines[: _trail(lines)] if not line.lstrip().startswith(">")]
    while kept and not kept[-1].strip("_ \t"):  # the line that Outlook draws above the older message
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept[: _signature(kept)])).strip()


def _trail(lines: list[str]) -> int:
    """Where the quoted messages begin."""
    for i, line in enumerate(lines):
        head = line[:_LONGEST].replace("\u202f", " ").replace("\xa0", " ")
        if (_DASHES.fullmatch(head) and _ORIGINAL.search(head)) or _ABOVE.search(head) or _attributes(lines, i) or _headers(lines, i):
            return i
    return len(lines)


def _attributes(lines: list[str], i: int) -> bool:
    """Whether "On 17 Nov 2026, Maya wrote:" stands here, on up to three lines."""
    if not _BEGINS.match(lines[i]):
        return False
    for last in range(i, min(i + 3, len(lines))):
        together = " ".join(line.strip() for line in lines[i : last + 1])[:_LONGEST]
        if not lines[last].strip():
            return False
        if _WROTE.search(together):
            quotes = next((line.lstrip().startswith(">") for line in lines[last + 1 :] if line.strip()), True)
            return (bool(_DATED.search(together)) and (quotes or "@" in together)) or (quotes and not _SELF.search(together))
    return False


def _headers(lines: list[str], i: int) -> bool:
    """Whether the head of another message stands here: From, Sent, To and Subject in any of the languages."""
    first = _FIELD.match(lines[i][:_LONGEST])
    if not first or first.lastgroup != "from":
        return False
    found = {match.lastgroup for line in lines[i : i + 7] if (match := _FIELD.match(line[:_LONGEST]))}
    return ({"from", "sent"} <= found and len(found) > 2) or {"from", "to", "subject"} <= found


def _signature(lines: list[str]) -> int:
    """Where a signature begins: after "-- ", at the mark of a telephone, or two lines below a closing that nothing else follows."""
    for i in range(len(lines) - 1, max(-1, len(lines) - 1 - 2 * _SIGNATURE), -1):
        line = lines[i][:_LONGEST]
        rest = [other for other in lines[i + 1 :] if other.strip()]
        if len(rest) > _SIGNATURE:
            break
        if line.rstrip() in ("--", "__", "—") or (_PHONE.match(line) and len(rest) < 3):
            return i
        if _CLOSING.fullmatch(line) and rest and all(len(other) < 80 and not re.search(r"[.!?]\s*$", other) for other in rest[1:]):
            return next(j for j in range(i + 1, len(lines)) if lines[j].strip()) + 1  # the name stays
    return len(lines)
