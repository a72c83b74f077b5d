"""Of a mail the part that a reader sees is judged, decoded, with every place that of the file."""

from __future__ import annotations

import base64
import quopri
import re
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import check
from drafter.errors import TextError
from drafter.markup import read_prose
from drafter.markup.eml import charset_of, read_eml
from tests.markup import fragments, places

BODY = "Hi Tom,\n\nWe’re sorry if you were affected — it took longer than one line of a mail in this encoding may be long.\n\nBest,\nMaya\n"
BAD = "You should have read the terms."


def mail(body: str = BODY, *, encoding: str = "quoted-printable", html: str = "", windows: bool = False) -> str:
    """A mail as a mail program saves it, with headers and an attachment that would be flagged if they were judged."""
    message = EmailMessage(policy=policy.SMTP if windows else policy.default)
    message["Subject"] = BAD
    message["From"] = "Maya Lindqvist <maya@northwind.example>"
    message.set_content(body, cte=encoding)
    if html:
        message.add_alternative(html, subtype="html", cte=encoding)
    message.add_attachment(BAD, filename="terms.txt")
    return message.as_bytes().decode()


def part(text: str, encoding: str = "7bit", kind: str = "text/plain; charset=utf-8") -> str:
    """A mail of one part whose body is `text` as it stands."""
    return f"MIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n{text}"


@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_the_text_part_is_read_whatever_its_encoding(encoding: str, windows: bool) -> None:
    """Headers and attachments are left out, and the words come back as they were written."""
    assert read_prose(mail(encoding=encoding, windows=windows), "eml").text.strip() == BODY.strip()


@pytest.mark.parametrize("encoding", ["quoted-printable", "8bit"])
def test_a_finding_stands_in_the_raw_file(encoding: str) -> None:
    """Encoded characters and broken lines are part of what stands there."""
    raw = mail(encoding=encoding, windows=True)
    (finding,) = check(raw, markup="eml").findings
    assert finding.rule == "conditional-apology"
    assert raw[finding.start : finding.end] == finding.text
    assert finding.text in ("We=E2=80=99re sorry if", "We’re sorry if")


def test_a_finding_in_base64_quotes_the_words_and_points_at_their_groups() -> None:
    """Nobody can read the place, so the message says what stands there; the place decodes to the words and what is beside them."""
    raw = mail(encoding="base64")
    (finding,) = check(raw, markup="eml").findings
    assert raw[finding.start : finding.end] == finding.text
    assert finding.message.startswith("“We’re sorry if” in the encoded text. The apology hangs on")
    assert "We’re sorry if" in base64.b64decode(finding.text).decode("utf-8", "replace")


def test_the_plain_part_comes_before_the_html_part() -> None:
    """Only one of two versions of the same letter is judged; the other where there is no plain one."""
    assert check(mail("Hello.", html=f"<p>{BAD}</p>"), markup="eml").findings == ()
    raw = part("<html><body><p class=3D'x'>You should ha=\nve read the terms.</p></body></html>", "quoted-printable", "text/html")
    (finding,) = check(raw, markup="eml").findings
    assert (finding.rule, finding.text) == ("blame-customer", "You should ha=\nve read")


def test_an_empty_plain_part_gives_way_to_html() -> None:
    """Some mail programs write one that holds nothing."""
    raw = mail(" \n", html=f"<p>{BAD}</p>", encoding="7bit")
    assert [finding.rule for finding in check(raw, markup="eml").findings] == ["blame-customer"]


def test_comments_in_html_mail_count_the_lines_of_the_file() -> None:
    """An unknown rule is told with the line of the raw mail."""
    with pytest.raises(Exception, match=r"^line 6: a comment names the rule 'excus'"):
        check(part("<p>Hello</p>\n<!-- drafter: off excus -->", kind="text/html"), markup="eml")


def test_a_quoted_trail_is_not_judged() -> None:
    """What the customer wrote stays theirs."""
    assert check(mail(f"Hello.\n\nOn Mon, 3 Mar 2026, Tom wrote:\n> {BAD}\n{BAD}\n"), markup="eml").findings == ()


def test_parts_within_parts_are_found() -> None:
    """An alternative in a mixed mail, preamble and epilogue, a part without headers, a boundary that is never closed."""
    raw = (
        'Content-Type: multipart/mixed; boundary="a b"\n\npreamble\n--a b\nContent-Type: multipart/alternative; boundary=c\n\n'
        f"--c\nContent-Type: text/html\n\n<p>no</p>\n--c\n\n{BAD}\n--c--\n--a b\nContent-Type: text/plain\n\nno\n"
    )
    assert read_prose(raw, "eml").text == BAD
    (finding,) = check(raw, markup="eml").findings
    assert raw[finding.start : finding.end] == "You should have read"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("Hi Tom,\n\nHello.", "this is no mail: it begins with no header"),
        ("Content-Type: image/png\n\nabc", "no text part that can be checked"),
        ('Content-Type: text/plain\nContent-Disposition: attachment; filename="a"\n\nabc', "no text part that can be checked"),
        ("Content-Type: multipart/mixed\n\nabc", "no text part that can be checked"),
        (part("=E2", "quoted-printable", "text/plain; charset=x-nothing"), "line 5: its text is in 'x-nothing', which is not known here"),
        (part("=E2", "quoted-printable", "text/plain; charset=base64"), "which is not known here"),
        ("Subject: only headers", "empty"),
    ],
)
def test_what_is_no_mail_with_text_is_refused(raw: str, says: str) -> None:
    """The reason is one line in the user's terms."""
    with pytest.raises(TextError, match=re.escape(says)):
        check(raw, markup="eml")


@pytest.mark.parametrize("charset", ["latin-1", "cp1252", "koi8-r", "gb18030", "iso-2022-jp", "utf-16", "utf-7"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_other_charsets_are_decoded(charset: str, encoding: str) -> None:
    """Also those in which an ASCII byte may be a part of another character."""
    words = {"koi8-r": "Привет, we are sorry", "gb18030": "你好丂 we are sorry", "iso-2022-jp": "こんにちは we are sorry"}.get(
        charset, "Grüße = we are sorry"
    )
    data = words.encode(charset)
    sent = quopri.encodestring(data).decode() if encoding == "quoted-printable" else base64.encodebytes(data).decode()
    raw = part(sent, encoding, f"text/plain; charset={charset}")
    prose = read_prose(raw, "eml")
    assert prose.text.strip() == words
    places.hold(raw, "eml")


def test_an_incomplete_character_is_shown_as_such() -> None:
    """A mail that was cut or damaged is still read."""
    assert read_prose(part("caf=C3 and =E2=80", "quoted-printable"), "eml").text == "caf\ufffd and \ufffd"
    assert read_prose(part(base64.b64encode("café".encode())[:-3].decode(), "base64"), "eml").text == "caf"


def test_the_charset_of_a_mail_that_is_not_utf_8_is_found() -> None:
    """So that the file can be read at all."""
    data = part("Grüße", "8bit", "text/plain; charset=iso-8859-1").encode("latin-1")
    assert charset_of(data) == "iso-8859-1"
    assert charset_of(b"Subject: x\n\nabc") is None


@settings(deadline=None, max_examples=50)
@given(fragments.html, st.sampled_from(["quoted-printable", "base64", "8bit"]), st.booleans())
def test_every_place_is_one_of_the_file(text: str, encoding: str, windows: bool) -> None:
    """Whatever a mail holds and however it is encoded, characters and findings are where they say."""
    body = f"<p>Hello.</p>{text}\n".replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", " ").replace("\x0c", " ")
    raw = (
        mail(f"{text}.", html=body, encoding=encoding, windows=windows)
        if windows
        else part(_sent(body, encoding), encoding, "text/html; charset=utf-8")
    )
    places.hold(raw, "eml")
    places.exact(raw, "eml")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1), st.sampled_from(["quoted-printable", "base64"]))
def test_what_was_encoded_is_read_as_it_was(text: str, encoding: str) -> None:
    """The prose is the text, and each of its characters stands for its own bytes in the file."""
    raw = part(_sent(text, encoding), encoding)
    prose = read_eml(raw)
    assert prose.text == text
    for at, character in enumerate(text):
        slice_ = raw[slice(*prose.place(at, at + 1))]
        decoded = quopri.decodestring(slice_) if encoding == "quoted-printable" else base64.b64decode(slice_ + "==")
        assert character.encode() in decoded


def _sent(text: str, encoding: str) -> str:
    """The text as the encoding writes it."""
    if encoding == "base64":
        return base64.encodebytes(text.encode()).decode()
    return quopri.encodestring(text.encode(), quotetabs=True).decode() if encoding == "quoted-printable" else text
