"""What a house decides for itself: severities, phrases, words and rules, in checks, drafts and the list of rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from drafter import House, Incident, Writer, check, load_house
from drafter.checks import rules_in_force
from drafter.checks.house import house_rules
from drafter.checks.ruleset import rules_for
from drafter.errors import InputError, RuleError
from drafter.house.tables import Banned, Phrases
from tests.shell import EXAMPLE, run, written

BAD = "We're sorry for any inconvenience caused. You should have read the terms."
RULE = """---
severity: suggestion
match:
  - '\\bticket (?:number )?#?\\d+'
flags:
  - "Your [ticket 4471] is open."
passes:
  - "Two tickets are open."
source: [our style guide]
---
Customers do not know our tickets. Name the matter.
"""


def severities(text: str, house: House | None, incident: Incident | None = None) -> dict[str, str]:
    """Rule -> severity of what is found."""
    return {finding.rule: finding.severity for finding in check(text, incident, house=house).findings}


def phrases(*, allowed: tuple[str, ...] = (), banned: tuple[Banned, ...] = ()) -> House:
    """A house with these phrases."""
    return House(phrases=Phrases(allowed=allowed, banned=banned))


def test_a_house_that_decides_nothing_changes_nothing() -> None:
    """The rules are the very same, and a check without a house reads no file."""
    assert house_rules("en", House()) is rules_for("en")
    assert check(BAD, house=House()) == check(BAD)


def test_the_rules_of_a_house_are_put_together_once() -> None:
    """Equal houses share one set of compiled rules."""
    one, same = House(severity={"excuse": "off"}), House(severity={"excuse": "off"})
    assert house_rules("en", one) is house_rules("en", same)
    assert house_rules("en", one).hash != rules_for("en").hash


def test_severities_are_those_of_the_house() -> None:
    """A flag takes its severity from the house, and the others keep theirs."""
    plain = severities(BAD, None)
    assert plain["stock-phrase"] == "warning"
    house = severities(BAD, House(severity={"stock-phrase": "error", "conditional-apology": "suggestion"}))
    assert house == plain | {"stock-phrase": "error", "conditional-apology": "suggestion"}


def test_a_severity_of_the_house_is_not_raised() -> None:
    """What would make a finding graver is the product's judgement; the house has given its own."""
    text = "We are sorry that this happened."
    assert severities(text, None)["distant-apology"] == "error"
    assert severities(text, House(severity={"distant-apology": "suggestion"}))["distant-apology"] == "suggestion"


def test_a_rule_that_is_off_is_silent_and_hides_nothing() -> None:
    """What the graver finding hid is found once that is off."""
    house = House(severity={"conditional-apology": "off", "blame-customer": "off"})
    assert set(severities(BAD, house)) == {"stock-phrase"}


def test_what_is_off_is_not_owed(double_charge: Incident) -> None:
    """An element that the house does not ask for is out of the findings and of the score."""
    text = "Hi Tom,\n\nWe charged your card twice, and I'm sorry. I refunded the second $149.00 today.\n\nMaya"
    plain, house = check(text, double_charge), check(text, double_charge, house=House(severity={"missing-prevention": "off"}))
    assert (plain.elements["prevention"], house.elements["prevention"]) == ("missing", "not_owed")
    assert {finding.rule for finding in plain.findings} - {finding.rule for finding in house.findings} == {"missing-prevention"}
    assert plain.score is not None
    assert house.score is not None
    assert house.score > plain.score


def test_what_the_facts_decide_has_the_severity_of_the_house(double_charge: Incident) -> None:
    """Grounding, elements and answers can be graver, milder or off, as flags can."""
    text = "Hi Tom,\n\nYou will get $500.00."
    plain = severities(text, None, double_charge)
    assert (plain["ungrounded-money"], plain["missing-answer"], plain["missing-ownership"]) == ("error", "error", "error")
    house = House(severity={"ungrounded-money": "warning", "missing-answer": "off", "missing-ownership": "suggestion"})
    found = severities(text, house, double_charge)
    assert (found["ungrounded-money"], found["missing-ownership"]) == ("warning", "suggestion")
    assert "missing-answer" not in found


def test_an_allowed_phrase_is_never_flagged() -> None:
    """Only what lies within the phrase is let pass, whatever its quotes, case and blanks."""
    house = phrases(allowed=("any inconvenience caused", "We’re sorry for any inconvenience"))
    found = check("WE'RE sorry for  any inconvenience caused. You should have read the terms.", house=house).findings
    assert "stock-phrase" not in {finding.rule for finding in found}
    assert "blame-customer" in {finding.rule for finding in found}
    assert "stock-phrase" in severities("Sorry for the inconvenience.", house)


def test_an_allowed_name_needs_no_fact(double_charge: Incident) -> None:
    """The house's own names and promises are not asked for among the facts."""
    text = "I have asked Daniel Okoro to look after it."
    assert "ungrounded-name" in severities(text, None, double_charge)
    assert "ungrounded-name" not in severities(text, phrases(allowed=("Daniel Okoro",)), double_charge)


def test_banned_phrases_are_found_with_what_to_write_instead() -> None:
    """Each is a finding with the house's severity, and a replacement keeps the capital."""
    banned = (Banned(phrase="going forward"), Banned(phrase="reach out", instead="write"), Banned(phrase="C++ (old)"))
    house = phrases(banned=banned).model_copy(update={"severity": {"banned-phrase": "error"}})
    text = "Going forward, reach\nout to us. Reach out! We outreached. The C++ (old) course."
    found = [finding for finding in check(text, house=house).findings if finding.rule == "banned-phrase"]
    assert [(finding.text, finding.rewrite) for finding in found] == [
        ("Going forward", None),
        ("reach\nout", "write"),
        ("Reach out", "Write"),
        ("C++ (old)", None),
    ]
    assert {finding.severity for finding in found} == {"error"}
    assert all(text[finding.start : finding.end] == finding.text for finding in found)


def test_banned_phrases_of_others_are_not_judged() -> None:
    """Quoted speech and the quoted trail keep their words."""
    house = phrases(banned=(Banned(phrase="going forward"),))
    text = 'You wrote "going forward, call me".\n\nI will.\n\nOn Monday, Tom wrote:\n> going forward\n'
    assert "banned-phrase" not in severities(text, house)


def test_words_of_the_house_count_where_a_rule_names_their_list() -> None:
    """A word that the list does not have is found once the house adds it, as it is and not as a pattern."""
    text = "Your parcel was mis-zoned. Your parcel was misXzoned."
    assert severities(text, None) == {}
    found = check(text, house=House(lexicon={"harm_past": ("mis-zoned", "mis.sorted")})).findings
    assert [finding.text for finding in found] == ["Your parcel was mis-zoned"]


def test_words_of_the_customers_trade_are_no_jargon(incident: Callable[..., Incident]) -> None:
    """The lists of trades can be extended as well."""
    text = "Our tills hit a hiccup."
    facts = incident(trade="saas")
    assert "jargon-euphemism" in severities(text, None, facts)
    assert "jargon-euphemism" not in severities(text, House(lexicon={"trade_saas": ("hiccup",)}), facts)


def test_rules_of_the_house_stand_beside_the_others(tmp_path: Path) -> None:
    """A rule file of the same format is read from the folder, graded and listed."""
    written(tmp_path, RULE, "no-ticket-number.md")
    text = "Your ticket 4471 is open."
    assert severities(text, House(rules_folder=tmp_path)) == {"no-ticket-number": "suggestion"}
    assert severities(text, House(rules_folder=tmp_path, severity={"no-ticket-number": "error"})) == {"no-ticket-number": "error"}
    assert rules_in_force("en", House(rules_folder=tmp_path)).rules["no-ticket-number"].passes == ("Two tickets are open.",)


def test_a_rule_of_the_house_that_changes_has_another_hash(tmp_path: Path) -> None:
    """A draft's provenance tells which rules it was checked by."""
    path = written(tmp_path, RULE, "no-ticket-number.md")
    before = house_rules("en", House(rules_folder=tmp_path)).hash
    path.write_text(RULE.replace("ticket", "case"), encoding="utf-8")
    house_rules.cache_clear()
    assert house_rules("en", House(rules_folder=tmp_path)).hash != before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[severity]\nstok-phrase = 'off'", "line 2: severity.stok-phrase: there is no rule 'stok-phrase'; did you mean 'stock-phrase'?"),
        ("[severity]\nownership = 'off'", "line 2: severity.ownership: there is no rule 'ownership'; did you mean 'missing-ownership'?"),
        ("[severity]\nzzz = 'off'", "there is no rule 'zzz'; drafter rules lists them."),
        ("[lexicon]\nharm_pst = ['x']", "line 2: lexicon.harm_pst: there is no word list 'harm_pst'; did you mean 'harm_past'?"),
        ("[lexicon]\nharmless_deed = ['xyz']", "line 2: lexicon.harmless_deed: no rule names this list"),
        ("rules_folder = '.'", "line 1: rules_folder: the folder '{folder}' holds no rule file (.md)."),
    ],
)
def test_what_the_rules_do_not_know_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    """File, line and the nearest name, whichever way the house was read."""
    path = written(tmp_path, text, "drafter.toml")
    with pytest.raises(InputError) as caught:
        check(BAD, house=load_house(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert says.format(folder=tmp_path) in str(caught.value)


def test_a_house_made_in_code_is_refused_with_its_key() -> None:
    """Without a file there is no line to name."""
    with pytest.raises(InputError, match=r"^severity\.excus: there is no rule 'excus'; did you mean 'excuse'\?$"):
        check(BAD, house=House(severity={"excus": "off"}))


@pytest.mark.parametrize(
    ("name", "rule", "says"),
    [
        ("excuse.md", RULE, "a rule that comes with Drafter has this name"),
        ("mine.md", RULE.replace("match:", "macth:"), "line 3: unknown key 'macth'; did you mean 'match'?"),
        ("mine.md", RULE.replace("\\bticket (?:", "\\bticket (?:("), "line 4: not an RE2 pattern"),
        ("mine.md", RULE.replace("\\bticket", "{nolist}"), "line 4: there is no word list {nolist}"),
        ("mine.md", RULE.replace("severity: suggestion", "severity: suggestion\nalso: [excus]"), "it names 'excus', which is no rule."),
        ("mine.md", RULE.replace("severity: suggestion", "severity: suggestion\nkind: element"), "a house's own rules are flags"),
    ],
)
def test_a_bad_rule_file_of_the_house_is_named_at_once(tmp_path: Path, name: str, rule: str, says: str) -> None:
    """The whole path and the line, before any text is checked."""
    path = written(tmp_path, rule, name)
    with pytest.raises(RuleError) as caught:
        rules_in_force("en", House(rules_folder=tmp_path))
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_drafts_are_checked_by_the_rules_of_the_house(double_charge: Incident) -> None:
    """A phrase of the composed letter that the house bans keeps it from being ready, and the rules' hash is the house's."""
    house = phrases(banned=(Banned(phrase="If it is easier to talk"),))
    plain, draft = Writer().draft(double_charge), Writer(house=house).draft(double_charge)
    assert (plain.status, draft.status) == ("ready", "needs_review")
    assert any("A phrase that this house does not use" in reason for reason in draft.reasons)
    assert draft.provenance.rules_hash == house_rules("en", house).hash != plain.provenance.rules_hash
    assert [finding.rule for finding in Writer(house=house).check("If it is easier to talk, call.").findings] == ["banned-phrase"]


def test_the_commands_follow_the_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`drafter check`, `drafter draft` and `drafter rules` read the same file."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path, RULE, "no-ticket-number.md")
    (tmp_path / "own").mkdir()
    (tmp_path / "no-ticket-number.md").rename(tmp_path / "own" / "no-ticket-number.md")
    written(
        tmp_path,
        "rules_folder = 'own'\n[severity]\nexcuse = 'off'\nblame-customer = 'suggestion'\n[phrases]\nbanned = ['easier to talk']",
        "drafter.toml",
    )
    reply = written(tmp_path, "Your ticket 4471 is easier to talk about. You should have read the terms.\n")
    found = json.loads(run("check", reply, "--format", "json").stdout)["findings"]
    assert {finding["rule"]: finding["severity"] for finding in found} == {
        "banned-phrase": "warning",
        "blame-customer": "suggestion",
        "no-ticket-number": "suggestion",
    }
    listed = run("rules").stdout
    assert "  excuse               off " in listed
    assert "  no-ticket-number     suggestion  Customers do not know our tickets.\n" in listed
    assert "- easier to talk" in run("rules", "banned-phrase").stdout
    drafted = json.loads(run("draft", EXAMPLE, "--format", "json").stdout)
    assert [finding["rule"] for finding in drafted["findings"]] == ["banned-phrase"]


@pytest.mark.parametrize("command", [["check", "reply.txt"], ["rules"], ["draft", str(EXAMPLE)], ["serve"]])
def test_a_wrong_settings_file_stops_every_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    """One line, exit code 2, and nothing on standard output."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "[severity]\nexcus = 'off'\n", "drafter.toml")
    written(tmp_path, BAD)
    result = run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "drafter.toml: line 2: severity.excus: there is no rule 'excus'; did you mean 'excuse'?\n"
