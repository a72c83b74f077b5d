"""Writing a reply in a real browser: facts in, a letter out that is checked as it is edited, and nothing typed lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python import sync_playwright as axe
from playwright.sync_api import Page, Route, expect

from drafter.ui.saying import words
from tests.ui.conftest import DESKTOP, PHONE

W = words()
FACTS = {
    "company.name": "Harrow & Finch",
    "signer.name": "Ellen Marsh",
    "customer.name": "Ravi Anand",
    "problems.1.what": "your bike was not ready on Tuesday",
    "problems.1.ours": "we missed the date we had given you for your bike",
}
TICKET = """Hello, my parcel 88-1204 arrived two days late and the lamp in it was broken.
I want a refund of $40. My neighbour says I could have waited for ever!
Ravi Anand"""


def fill(page: Page, values: dict[str, str]) -> None:
    """Type into fields of the form, wherever they are folded away."""
    page.evaluate("document.querySelectorAll('#facts details').forEach((fold) => { fold.open = true; })")
    for name, value in values.items():
        page.locator(f"[name='fact.{name}']").fill(value)


def add(page: Page, path: str, text: str) -> None:
    """Add an entry to a list of the form, and type its text; what is done about a problem has a field from the start."""
    if path.endswith(".fixes"):
        page.locator(f"[name='fact.{path}.1.text']").fill(text)
        return
    before = page.locator(f"[name^='fact.{path}.'][name$='.text']").count()
    page.locator(f"[data-act=add][data-path='{path}']").first.click()
    page.locator(f"[name='fact.{path}.{before + 1}.text']").fill(text)


def write(page: Page) -> None:
    """Press the button, and wait for the letter."""
    page.locator("[data-act=write]").click()
    expect(page.locator("#status .strip.ready, #status .strip.needs_review, #status .strip.blocked")).to_be_visible()


def by_hand(page: Page) -> None:
    """A letter from a form that was filled by hand."""
    fill(page, FACTS)
    add(page, "problems.1.fixes", "I fitted the new chain")
    add(page, "problems.1.impacts", "you took the bus for two days")
    write(page)


def letter(page: Page) -> str:
    """The letter as it stands."""
    return page.locator("#letter").input_value()


def append(page: Page, text: str) -> None:
    """Type at the end of the letter."""
    page.locator("#letter").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_an_example_becomes_a_letter_with_its_status(page: Page) -> None:
    """Choosing an example fills the form, and one press makes a letter that is ready."""
    page.locator("#from-file > summary").click()
    page.locator("#example").select_option("double_charge")
    page.locator("[data-act=example]").click()
    expect(page.locator("[name='fact.company.name']")).to_have_value("Northwind Coffee")
    write(page)
    expect(page.locator("#status")).to_contain_text(W.letter.status.ready)
    expect(page.locator("#status")).to_contain_text("1042")
    assert "we charged your card twice" in letter(page)


def test_the_form_becomes_a_letter(page: Page) -> None:
    """What is typed into the form stands in the letter, and each sentence shows the fact it rests on."""
    by_hand(page)
    for said in ("missed the date", "bus for two days", "fitted the new chain", "Ellen Marsh"):
        assert said in letter(page)
    page.locator("#tab-sources").click()
    expect(page.locator("#pane-sources")).to_contain_text("we missed the date we had given you for your bike")


def test_a_pasted_ticket_fills_the_facts_with_the_words_they_came_from(page: Page) -> None:
    """Problems and requests are found, each with its quotation; fault stays undecided, and the reply admits nothing yet."""
    page.locator("#ticket").fill(TICKET)
    page.locator("[data-act=read]").click()
    expect(page.locator("#facts > .note")).to_be_visible()
    page.locator(".problem summary").first.click()
    expect(page.locator("#facts .quote").first).to_be_visible()
    expect(page.locator("[name='fact.asks.1.text']")).to_have_value(re.compile("refund"))
    assert page.locator("#questions li").locator("visible=true").count() in (1, 2, 3)
    fill(page, {"company.name": "Lumen", "signer.name": "Ana Ruiz"})
    write(page)
    assert "two days late" in letter(page)
    page.locator("#tab-asked").click()
    expect(page.locator("#pane-asked li")).to_have_count(1)


def test_a_ticket_of_three_problems_takes_few_taps(page: Page) -> None:
    """Read, one tap for whose mistake each was, what was done typed once: Enter leads on, and the letter says it all."""
    fill(page, {"company.name": "Lumen", "signer.name": "Ana Ruiz"})
    page.locator("#ticket").fill(
        "I was charged twice. My lamp arrived broken. I was given the wrong date. I want a refund of $40.\n\nJoan Bell"
    )
    page.locator("[data-act=read]").click()
    expect(page.locator("#facts .problem")).to_have_count(3)
    taps = 0
    for at, done in enumerate(("I refunded the second charge", "I sent a new lamp", "I wrote the right date into the booking"), 1):
        proposal = page.locator(f"[data-act=use][data-path='problems.{at}.ours']")
        (proposal if proposal.count() else page.locator(f".pick:has([name='fact.problems.{at}.fault'][value=ours])")).click()
        taps += 1
        page.wait_for_function("at => document.activeElement.name.startsWith(`fact.problems.${at}.`)", arg=at)
        if page.evaluate("document.activeElement.name").endswith(".ours"):
            page.keyboard.type("we gave you the wrong date")
            page.keyboard.press("Enter")
        expect(page.locator(f"[name='fact.problems.{at}.fixes.1.text']")).to_be_focused()
        page.keyboard.type(done)
    page.keyboard.press("Enter")
    expect(page.locator("[name='fact.asks.1.answer']")).to_be_focused()
    page.keyboard.type("I sent the $40 today")
    write(page)
    assert taps == 3
    for said in ("charged you twice", "I refunded the second charge", "I sent a new lamp", "right date into the booking"):
        assert said in letter(page)


def test_what_was_not_put_in_words_is_taken_up_with_one_press(page: Page) -> None:
    """The words that are left stand in a list; pressed, they are a problem in the customer's own words, ready to be changed."""
    page.locator("#ticket").fill("I was charged twice. Your useless driver threw my parcel over the fence.")
    page.locator("[data-act=read]").click()
    page.locator("[data-act=take][data-kind=problem]").click()
    expect(page.locator("[name='fact.problems.2.what']")).to_have_value("you wrote “Your useless driver threw my parcel over the fence”")
    expect(page.locator("[data-act=take]")).to_have_count(0)


def test_a_clause_is_proposed_and_taken_with_one_press(page: Page) -> None:
    """What happened becomes what we did, in the words that were typed."""
    fill(page, {"problems.1.what": "your card was charged twice"})
    page.locator("input[type=radio][value=shared]").check(force=True)
    page.locator("input[type=radio][value=ours]").check(force=True)
    page.locator("[data-act=use]").click()
    expect(page.locator("[name='fact.problems.1.ours']")).to_have_value("we charged your card twice")


def test_wrong_facts_are_explained_beside_their_fields_and_nothing_typed_is_lost(page: Page) -> None:
    """Each complaint stands beside its field, which still holds what was typed."""
    typed = FACTS | {"problems.1.ours": "your bike was delayed"}
    fill(page, typed)
    add(page, "next", "I will call you")
    page.locator("[name='fact.next.1.on']").fill("February 30")
    page.locator("[data-act=write]").click()
    expect(page.locator("[id='wrong.problems.1.ours']")).to_contain_text("does not say that we did it")
    expect(page.locator("[id='wrong.next.1.on']")).to_contain_text("not a date that exists")
    for name, value in typed.items():
        expect(page.locator(f"[name='fact.{name}']")).to_have_value(value)
    expect(page.locator("[name='fact.next.1.on']")).to_have_value("February 30")
    page.locator("[name='fact.next.1.on']").fill("2099-03-02")
    expect(page.locator("[id='wrong.next.1.on']")).to_have_count(0)
    expect(page.locator("[name='fact.next.1.on']")).to_be_focused()
    expect(page.locator("[id='wrong.problems.1.ours']")).to_be_visible()


def test_an_empty_form_names_what_is_needed(page: Page) -> None:
    """Pressing the button at once says which fields to fill."""
    fill(page, dict.fromkeys(FACTS, ""))
    page.locator("[data-act=write]").click()
    for name in ("company.name", "signer.name", "problems.1.what"):
        expect(page.locator(f"[id='wrong.{name}']")).to_contain_text(W.facts.missing)


def test_flagged_words_are_marked_rewritten_and_passed_over(page: Page) -> None:
    """Words that deflect are marked in the letter; one press puts better ones in, another says that it is no problem here."""
    by_hand(page)
    append(page, " We're sorry for any inconvenience caused. Unfortunately, the chain came late.")
    expect(page.locator(".editor mark").first).to_be_attached()
    marked = "".join(page.locator(".editor mark").all_text_contents())
    assert "inconvenience" in marked
    count = page.locator(".finding:not(.passed)").count()
    page.locator(".finding:not(.passed) [data-act=rewrite]").first.click()
    expect(page.locator("#said")).to_contain_text(W.write.rewritten)
    append(page, " It was your fault.")
    expect(page.locator("#status")).to_contain_text(W.letter.status.blocked)
    last = page.locator(".finding.error").last
    last.locator("summary").click()
    last.locator("[data-act=pass]").first.click()
    expect(page.locator(".finding.passed")).to_be_visible()
    expect(page.locator("#status")).to_contain_text(W.letter.status.needs_review)
    page.locator(".finding.passed [data-act=unpass]").click()
    expect(page.locator("#status")).to_contain_text(W.letter.status.blocked)
    assert count


def test_a_blocked_letter_cannot_be_taken(page: Page) -> None:
    """Copy, mail and "sent" are shut while something blames; they open when it is gone."""
    by_hand(page)
    whole = letter(page)
    append(page, " You should have read the terms.")
    expect(page.locator("#status")).to_contain_text(W.letter.status.blocked)
    for button in page.locator(".take button").all():
        expect(button).to_have_attribute("aria-disabled", "true")
    page.locator("#letter").fill(whole)
    expect(page.locator("#status")).not_to_contain_text(W.letter.status.blocked)
    expect(page.locator(".take button").first).not_to_have_attribute("aria-disabled", "true")


def test_edit_undo_and_compare(page: Page) -> None:
    """A wish changes the letter, the change is shown word by word, and undo brings the old words back."""
    by_hand(page)
    before = letter(page)
    page.locator("[data-wish=warmer]").click()
    expect(page.locator("#said")).not_to_be_empty()
    page.wait_for_function("before => document.querySelector('#letter').value !== before", arg=before)
    page.locator("#tab-changes").click()
    expect(page.locator("#pane-changes ins").first).to_be_visible()
    page.locator("[data-act=undo]").click()
    expect(page.locator("#letter")).to_have_value(before)


def test_reload_and_back_keep_the_work(page: Page) -> None:
    """The facts and the letter as edited are there after a reload; "back" leads from a new reply to the one before."""
    by_hand(page)
    append(page, " See you on Friday")
    expect(page.locator(".finding").first).to_be_attached()
    edited, address = letter(page), page.url
    page.reload()
    expect(page.locator("#letter")).to_have_value(edited)
    expect(page.locator("[name='fact.problems.1.ours']")).to_have_value(FACTS["problems.1.ours"])
    page.locator("[data-act=new]").click()
    expect(page.locator("#letter")).to_have_value("")
    assert page.url != address
    page.go_back()
    expect(page.locator("#letter")).to_have_value(edited)


def test_what_is_typed_just_before_another_reply_is_kept(opened: Callable[..., Page]) -> None:
    """A press follows what was typed: "back" finds the last letter of it."""
    page = opened()
    fill(page, FACTS)
    page.locator("[data-act=new]").click()
    expect(page.locator("[name='fact.problems.1.what']")).to_have_value("")
    page.go_back()
    for name, value in FACTS.items():
        expect(page.locator(f"[name='fact.{name}']")).to_have_value(value)


def test_what_is_typed_while_a_reply_begins_is_kept(opened: Callable[..., Page]) -> None:
    """A visit has no address of its own; the first word gives it one, and what is typed until that is there goes with it."""
    page = opened()
    assert "work=" not in page.url

    def late(route: Route) -> None:
        if route.request.method == "POST":
            page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/*", late)
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator("[name='fact.customer.name']").fill("Ada Byron")
    page.locator("[name='fact.signer.name']").fill("Ellen Marsh")
    expect(page).to_have_url(re.compile("work="))
    page.wait_for_function("Number(document.querySelector('#write').dataset.acts) > 2")
    page.unroute("**/*")
    page.goto(page.url)
    expect(page.locator("[name='fact.customer.name']")).to_have_value("Ada Byron")
    expect(page.locator("[name='fact.signer.name']")).to_have_value("Ellen Marsh")


def test_nobody_types_into_a_reply_that_is_about_to_go(opened: Callable[..., Page]) -> None:
    """Until the new one stands there, the page takes no words: they would seem to be kept, and be nowhere."""
    page = opened()
    what = page.locator("[name='fact.problems.1.what']")
    fill(page, FACTS)

    def late(route: Route) -> None:
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/component_server/**", late)
    page.locator("[data-act=new]").click()
    what.focus()
    page.keyboard.type("lost words")
    expect(what).to_have_value("")
    expect(page.locator("#write")).not_to_have_attribute("inert", "")
    page.unroute("**/component_server/**")
    what.fill("your lamp arrived broken")
    expect(page.locator("#questions .questions")).to_be_visible()
    page.reload()
    expect(what).to_have_value("your lamp arrived broken")
    page.go_back()
    expect(what).to_have_value(FACTS["problems.1.what"])


def test_tab_and_wish_stay_while_one_types(opened: Callable[..., Page]) -> None:
    """Checking as one types changes neither the tab that was chosen nor a wish half typed; a marked word leads to its finding."""
    page = opened()
    by_hand(page)
    page.locator("#tab-owes").click()
    page.locator("#wish").fill("mention the")
    append(page, " You should have read the terms.")
    expect(page.locator("#status")).to_contain_text(W.letter.status.blocked)
    expect(page.locator("#pane-owes")).to_be_visible()
    expect(page.locator("#wish")).to_have_value("mention the")
    page.locator("#letter").focus()
    page.keyboard.press("Control+End")
    page.evaluate(
        "() => { const area = document.querySelector('#letter'), at = area.value.indexOf('should have');"
        " area.setSelectionRange(at, at); area.dispatchEvent(new MouseEvent('click')); }"
    )
    expect(page.locator(".finding.error.picked")).to_be_visible()


def test_two_windows_on_one_reply_keep_what_each_has_typed(opened: Callable[..., Page]) -> None:
    """What the one does not touch is left as the other has put it."""
    first = opened()
    fill(first, {"customer.name": "Ada"})
    expect(first).to_have_url(re.compile("work="))
    second = first.context.new_page()
    second.goto(first.url)
    expect(second.locator("[data-panel][data-usable]")).to_be_attached()
    acts = "Number(document.querySelector('#write').dataset.acts)"
    for page, name, value in ((first, "customer.name", "Ada Byron"), (second, "signer.name", "Ellen Marsh")):
        before = page.evaluate(acts)
        page.locator(f"[name='fact.{name}']").fill(value)
        page.wait_for_function(f"before => {acts} > before", arg=before)
    first.reload()
    expect(first.locator("[name='fact.customer.name']")).to_have_value("Ada Byron")
    expect(first.locator("[name='fact.signer.name']")).to_have_value("Ellen Marsh")


def test_a_service_that_is_away_loses_nothing(opened: Callable[..., Page]) -> None:
    """The page says so, keeps what is typed over a reload, and sends it on when the service is back; what was pressed is done then."""
    page = opened()
    fill(page, {"customer.name": "Ada"})
    expect(page).to_have_url(re.compile("work="))
    asks = page.locator("[name^='fact.asks.'][name$='.text']")
    page.locator("[data-act=add][data-path=asks]").dblclick()
    expect(asks).to_have_count(1)
    page.wait_for_timeout(600)  # until another press is meant
    page.context.set_offline(True)
    for _ in range(2):
        page.locator("[data-act=add][data-path=asks]").click()
        expect(page.locator("#said")).to_have_text(W.shell.away)
    page.locator("[name='fact.problems.1.what']").fill("your order never arrived")
    expect(page.locator(".panel.away")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.panel'), '::before').content").strip('"') == W.shell.away
    page.context.set_offline(False)
    expect(page.locator(".panel.away")).to_have_count(0)
    expect(asks).to_have_count(2)
    page.reload()
    expect(page.locator("[name='fact.problems.1.what']")).to_have_value("your order never arrived")


def test_a_thread_of_200_kb_is_pasted_and_read_beside_the_work(opened: Callable[..., Page]) -> None:
    """The page takes it at once, says that it reads, and can be used meanwhile."""
    page = opened()
    line = "I was charged twice for order 1042 and nobody has answered me since.\n"
    page.locator("#ticket").focus()
    took = page.evaluate(
        """text => { const data = new DataTransfer(), start = performance.now(); data.setData("text/plain", text);
        const area = document.querySelector("#ticket");
        area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        return [area.value.length, performance.now() - start]; }""",
        line * 2900,
    )
    assert took[0] == len(line) * 2900
    page.locator("[data-act=read]").click()
    expect(page.locator("#reading .strip.busy")).to_contain_text(W.letter.busy.reading)
    page.locator("[data-act=add][data-path=asks]").click()
    expect(page.locator("[name='fact.asks.1.text']")).to_be_focused()
    page.locator("#reading [data-act=cancel]").click()
    expect(page.locator("#reading .strip")).to_have_count(0)


def test_a_finding_leads_to_its_rule(opened: Callable[..., Page]) -> None:
    """The link opens the rule's own card on the page of rules."""
    page = opened()
    by_hand(page)
    append(page, " You should have read the terms.")
    link = page.locator(".finding.error .rule").first
    expect(link).to_be_visible()
    with page.context.expect_page() as opening:
        link.click()
    rules = opening.value
    expect(rules.locator(f"#rule-{link.inner_text()}[open]")).to_be_visible()


def test_two_people_do_not_see_each_others_work(opened: Callable[..., Page]) -> None:
    """Two browsers at once: each has its own reply, whatever the other types meanwhile."""
    one, other = opened(), opened()
    by_hand(one)
    fill(
        other, FACTS | {"customer.name": "Someone Else", "problems.1.ours": "we lost your saddle", "problems.1.what": "your saddle is gone"}
    )
    write(other)
    append(one, " Thank you, Ravi.")
    assert "saddle" in letter(other)
    assert "saddle" not in letter(one)
    assert "Ravi" not in letter(other)
    assert one.url != other.url


@pytest.mark.parametrize(
    "typed", ["<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">", "🔥👩‍👩‍👧‍👦🏳️‍🌈" * 300, "word " * 40_000]
)
def test_whatever_is_typed_does_no_harm(opened: Callable[..., Page], typed: str) -> None:
    """A script, a storm of emoji and 200 KB in every field: shown as text, complained about or cut, and the page goes on."""
    page = opened()
    for field in page.locator("#write input[type=text]:visible, #write textarea:visible").all():
        field.fill(typed)
    page.locator("[data-act=write]").click()
    expect(page.locator("#status .strip, .wrong").first).to_be_visible()
    page.locator("[data-act=new]").click()
    expect(page.locator("#write")).not_to_have_attribute("inert", "")
    by_hand(page)
    page.locator("#letter").fill(typed)
    page.wait_for_function("Number(document.querySelector('#write').dataset.acts) > 4")
    page.locator("#letter").fill("Hi Ravi, thank you.")
    expect(page.locator("#tab-owes .count")).to_be_visible()
    assert page.title() == W.shell.title


def test_marks_stay_on_their_words_beside_emoji(opened: Callable[..., Page]) -> None:
    """Browsers count some characters twice; the marked words are the flagged ones all the same."""
    page = opened()
    by_hand(page)
    append(page, " 👩‍👩‍👧‍👦🔥 You should have read the terms.")
    expect(page.locator(".finding.error").first).to_be_visible()
    quoted = page.locator(".finding.error q").first.inner_text()
    assert quoted.strip('“”"') in "".join(page.locator(".editor mark").all_text_contents())


def test_by_keyboard_alone(opened: Callable[..., Page]) -> None:
    """From the first field to a copied letter without a mouse."""
    page = opened()
    page.locator("#ticket").focus()
    typed = FACTS | {"problems.1.fixes.1.text": "I fitted the new chain"}
    for name in ("problems.1.what", "problems.1.ours", "problems.1.fixes.1.text", "customer.name", "company.name", "signer.name"):
        for _ in range(60):
            if page.evaluate("document.activeElement.name") == f"fact.{name}":
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type(typed[name])
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status .strip.ready, #status .strip.needs_review")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "letter"
    page.keyboard.press("Control+Alt+c")
    expect(page.locator("#said")).not_to_be_empty()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(opened: Callable[..., Page], dark: bool) -> None:
    """Empty, with complaints, and with a blocked letter."""
    page = opened(dark=dark)
    steps: tuple[Callable[[], object], ...] = (
        lambda: None,
        page.locator("[data-act=write]").click,
        lambda: by_hand(page),
        lambda: append(page, " You should have asked us."),
    )
    for step in steps:
        step()
        page.wait_for_timeout(400)
        found = axe.Axe().run(page).response["violations"]
        serious = [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")]
        assert not serious


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_fits_its_window_and_carries_no_footer(opened: Callable[..., Page], size: tuple[int, int]) -> None:
    """Nothing has to be scrolled sideways, the letter is in sight on a desk, and there is no advertising."""
    page = opened(size=size)
    by_hand(page)
    assert page.title() == W.shell.title
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.locator("footer")).to_be_hidden()
    expect(page.get_by_text("Home", exact=True)).to_be_hidden()
    assert "gradio" not in page.inner_text("body").lower()
    if size == DESKTOP:
        expect(page.locator("#letter")).to_be_in_viewport(ratio=1)


def test_a_mail_is_saved(opened: Callable[..., Page]) -> None:
    """The mail holds subject and letter, and mail programs open it for editing."""
    page = opened()
    page.locator("#from-file > summary").click()
    page.locator("#example").select_option("double_charge")
    page.locator("[data-act=example]").click()
    expect(page.locator("[name='fact.company.name']")).to_have_value("Northwind Coffee")
    write(page)
    with page.expect_download() as saved:
        page.locator("[data-act=eml]").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "X-Unsent: 1" in text
    assert "To: tom.becker@example.com" in text
    assert "we charged your card twice" in text.replace("=\n", "")
