"""What the page does, act by act, without a browser: no fact lost in the form, nobody's work mixed up, every refusal said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drafter.house.remedy import RemedyTable
from drafter.incident import Incident, incident_from, read_incident
from drafter.jobs import Jobs
from drafter.store import Store, open_store
from drafter.ui import facts as form
from drafter.ui.panel import Act, Answer
from drafter.ui.review import Reviewing
from drafter.ui.saying import words
from drafter.ui.workbench import Desk
from drafter.ui.working import Left, Working, take_up
from drafter.ui.write import Acts
from drafter.writer import Writer
from tests.scripted import Reply, endpoint, faithful

W = words()
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


class Page:
    """A page as one person has it in one tab: acts on the work in hand, and what came back."""

    def __init__(self, acts: Acts, who: str = "", *, work: str = "", tab: str = "") -> None:
        self._acts = acts
        self._who = who
        self._tab = tab
        self._seen = 0
        self.work = work
        self.do("open")

    def do(self, name: str, data: dict[str, str] | None = None, *, press: str = "", **fields: Any) -> Answer:
        """Act as the browser would."""
        named = {key.replace("__", "."): value for key, value in fields.items()}
        about = {"work": self.work, **(data or {})}
        answer = self._acts(Act(name, about, named, frozenset(named), self._who, "admin", press, self._tab, self._seen))
        self._seen = answer.seen or self._seen
        if answer.address is not None:
            self.work = answer.address.removeprefix("?work=")
        return answer

    def open_file(self, path: Path) -> Answer:
        """Open the facts of a file."""
        return self.do("file", file=path.read_text(encoding="utf-8"))

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as they are kept."""
        return self.kept.facts

    @property
    def kept(self) -> Working:
        """The work as it is kept."""
        found = take_up(self._acts.bench.desk.store, self.work, self._who)
        assert found is not None
        return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a file."""
    made = open_store(f"sqlite:///{tmp_path / 'drafter.db'}")
    yield made
    made.close()


@pytest.fixture
def acts(store: Store, tmp_path: Path) -> Acts:
    """The acts of the page for writing, without a model."""
    return acts_with(store, tmp_path, Writer())


def acts_with(store: Store, folder: Path, writer: Writer) -> Acts:
    """The acts of the page for writing, with this writer."""
    jobs = Jobs(store, writer, url=f"sqlite:///{folder / 'jobs.db'}")
    return Acts(Desk(writer, store, jobs, {}))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_form_keeps_every_fact(path: Path) -> None:
    """Opened into fields and closed again, an incident is the same one."""
    incident = read_incident(path)
    data = incident.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    assert incident_from(form.closed(form.opened(data))) == incident


@pytest.mark.parametrize("kind", ["fault", "remedies.kind", "remedies.decision", "channel", "tone", "severity", "kind"])
def test_every_choice_of_an_incident_has_words(kind: str) -> None:
    """What an incident can hold can be chosen on the page."""
    schema = Incident.model_json_schema()
    owner = {"fault": "Problem", "remedies.kind": "Remedy", "remedies.decision": "Remedy"}.get(kind)
    field = (schema["$defs"][owner] if owner else schema)["properties"][kind.rpartition(".")[2]]
    options = field.get("enum") or next(one["enum"] for one in field["anyOf"] if "enum" in one)
    name = "remedy" if kind == "remedies.kind" else kind.rpartition(".")[2]
    assert set(options) <= set(W.facts.choices[name])


@pytest.mark.parametrize(
    "name", ["customer", "problems", "problems.1", "problems.1.fixes", "problems.9.what", "asks.1.text", "problems.1.what.x"]
)
def test_a_field_never_replaces_what_holds_fields(name: str) -> None:
    """A name that leads to a list, or nowhere, changes nothing."""
    facts = form.opened({"customer": "Ada"})
    before = form.opened({"customer": "Ada"})
    form.put(facts, name, "x")
    assert facts == before


@pytest.mark.parametrize("path", ["problems", "customer", "problems.1", "problems.1.what", "signer.name"])
def test_only_causes_and_actions_can_be_unknown(path: str) -> None:
    """The rest has to be said, or left out."""
    facts, before = form.opened({}), form.opened({})
    form.settle(facts, path, known=False)
    assert facts == before


def test_unknown_is_final_until_it_is_taken_back(acts: Acts) -> None:
    """The page keeps "we don't know", and the letter goes by it."""
    page = Page(acts)
    page.do("unknown", {"path": "problems.1.cause"})
    assert page.facts["problems"][0]["cause"] == "unknown"
    page.do("known", {"path": "problems.1.cause"})
    assert page.facts["problems"][0]["cause"] == ""


def asked(answer: Answer) -> list[str]:
    """The keys of what the page asks."""
    part = answer.parts.get("questions") or answer.parts["facts"].split('id="questions"')[1].split("<legend>")[0]
    return re.findall(r'data-act="unknown" data-path="([^"]+)"', part)


def test_questions_stay_while_something_typed_is_wrong(acts: Acts) -> None:
    """A date, a clause and a sum that cannot be read are said beside their fields, and are no reason to stop asking."""
    page = Page(acts)
    before = asked(page.do("save", fact__problems__1__what="your lamp arrived broken"))
    assert before == ["problems.1.ours", "problems.1.fixes", "problems.1.remedies", "next"]
    page.do("add", {"path": "problems.1.impacts"})
    page.do("add", {"path": "next"})
    wrong = {"when": "asap", "impacts__1__text": "\x00", "fault": "shared", "customer_part": "you should have looked"}
    wrong_fields: dict[str, Any] = {f"fact__problems__1__{key}": value for key, value in wrong.items()}
    assert asked(page.do("save", fact__next__1__text="I will call", fact__next__1__on="Feb 30", **wrong_fields)) == before[:3]
    assert "next" not in asked(page.do("save", fact__problems__1__ours="we did not look", fact__problems__1__fault="ours"))


def test_what_is_not_known_is_not_asked_again(acts: Acts) -> None:
    """Whose mistake it was, what we did, what is done, what is given, what they asked and what is next: one press each, and final."""
    page = Page(acts)
    answer = page.do("read", ticket="My lamp arrived broken. Could you send me a new lid?")
    assert page.facts["problems"][0]["fault"] == ""
    seen: list[str] = []
    while keys := asked(answer):
        assert not set(keys) & set(seen)
        seen.append(keys[0])
        answer = page.do("unknown", {"path": keys[0]})
    assert {"problems.1.fault", "problems.1.fixes", "problems.1.remedies", "asks.1", "next"} <= set(seen)
    incident = incident_from(form.closed(page.facts | {"company": {"name": "Lumen"}, "signer": {"name": "Ana"}}))
    assert incident.problems[0].fault == "unknown"
    page.do("new")
    assert "problems.1.ours" in asked(page.do("save", fact__problems__1__what="your lamp arrived broken"))
    assert "problems.1.fault" not in asked(page.do("unknown", {"path": "problems.1.ours"}))
    assert page.facts["problems"][0]["fault"] == "unknown"


def test_questions_lead_to_the_entries_they_are_about(acts: Acts) -> None:
    """Entries in which nothing is written count in the form, and nothing is asked about them."""
    page = Page(acts)
    page.do("add", {"path": "problems"})
    page.do("add", {"path": "asks"})
    page.do("add", {"path": "asks"})
    page.do("save", fact__problems__2__what="your lamp arrived broken", fact__asks__2__text="for a refund")
    keys = asked(page.do("unknown", {"path": "problems.2.ours"}))
    assert keys == ["problems.2.fixes", "asks.2", "next"]
    assert "asks.2" not in asked(page.do("unknown", {"path": "asks.2"}))


def test_a_complaint_goes_as_soon_as_its_field_is_mended(acts: Acts) -> None:
    """Without a press; others stay, nothing new is complained about meanwhile, and the letter from before stays from before."""
    page = Page(acts)
    page.do("file", file=OWNED.replace("}]", ", owner: Bea}]"))
    page.do("write")
    answer = page.do("write", fact__next__1__on="asap", fact__problems__1__ours="your lamp was broken")
    assert {"wrong.next.1.on", "wrong.problems.1.ours"} <= set(re.findall(r'id="(wrong[^"]*)"', answer.parts["facts"]))
    assert "facts" not in page.do("save", fact__customer__name="Bo Li").parts
    answer = page.do("save", fact__next__1__on="2026-12-04", fact__company__name="")
    assert re.findall(r'id="(wrong[^"]*)"', answer.parts["facts"]) == ["wrong.problems.1.ours"]
    answer = page.do("save", fact__problems__1__ours="we packed your lamp badly")
    assert 'class="wrong"' not in answer.parts["facts"]
    assert W.letter.outdated in page.do("open").parts["status"]


def test_undo_brings_back_what_was_typed_before_another_letter(acts: Acts) -> None:
    """Back from a new letter to the edited one, and to the first; and all the way forward again."""
    page = Page(acts)
    page.do("file", file=OWNED)
    first = page.do("write").values["letter"]
    for typed in ("T", "Th", "Thanks"):
        page.do("typed", letter=f"{first}\n\n{typed}")
    edited = f"{first}\n\nThanks"
    second = page.do("write", fact__customer__name="Bo Li").values["letter"]
    assert second != first
    page.do("typed", letter=f"{second}\n\nBye")
    back = [page.do("undo").values["letter"] for _ in range(3)]
    assert back == [second, edited, first]
    assert page.do("undo").say == W.write.nothing_before
    forward = [page.do("redo").values["letter"] for _ in range(3)]
    assert forward == [edited, second, f"{second}\n\nBye"]
    assert page.do("redo").say == W.write.nothing_after
    page.do("undo")
    page.do("typed", letter=first)
    assert page.do("redo").say == W.write.nothing_after
    assert page.do("undo").values["letter"] == second


def test_a_visit_is_not_kept(acts: Acts, store: Store) -> None:
    """Nothing is kept until something is typed or pressed, and then it is, at an address of its own."""
    page = Page(acts)
    page.do("new")
    page.do("save")
    page.do("open", {"work": "wrk_gone"})
    assert store.workings.recent("") == ()
    assert page.work == ""
    page.do("save", fact__customer__name="Ravi")
    assert page.facts["customer"]["name"] == "Ravi"
    assert [record.id for record in store.workings.recent("")] == [page.work]


def test_a_complaint_without_a_field_is_said_above_the_form(acts: Acts) -> None:
    """An earlier message has no field here; what is wrong with it is said all the same."""
    page = Page(acts)
    path = next(path for path in EXAMPLES if path.stem == "label_follow_up")
    page.open_file(path)
    facts = page.facts
    facts["thread"] = [{"by": "us", "text": ""}]
    work = take_up(acts.bench.desk.store, page.work, "")
    assert work is not None
    acts.bench.desk.store.workings.save(page.work, "", work.model_copy(update={"facts": facts}).model_dump(mode="json"), draft_id=None)
    part = page.do("write").parts["facts"]
    alert = part.split('role="alert">')[1].split("</p>")[0]
    assert "thread.1" in alert


def test_nobody_takes_up_anothers_work(acts: Acts) -> None:
    """A link to somebody else's reply opens a new one, and says so."""
    ada, bob = Page(acts, "ada"), Page(acts, "bob")
    ada.do("save", fact__customer__name="Ravi")
    answer = bob.do("open", {"work": ada.work})
    assert answer.say == W.write.gone
    assert bob.work != ada.work
    assert "Ravi" not in answer.parts["facts"]
    bob.do("save", {"work": ada.work}, fact__customer__name="Mallory")
    assert ada.facts["customer"]["name"] == "Ravi"


OWNED = """
as_of: 2026-11-26
company: Lumen
signer: Ana Ruiz
customer: Ravi Anand
problems:
  - what: your lamp arrived broken
    ours: we packed your lamp badly
    impacts: [you sat in the dark for two evenings]
    fixes: [{will: we will send you a new lamp, on: 2026-12-02}]
next: [{will: we will call you about the old one, on: 2026-12-03}]
"""


def test_a_dated_promise_of_the_house_needs_an_owner(acts: Acts) -> None:
    """The letter is not ready until somebody is named, wherever the promise stands; the link leads to its field."""
    page = Page(acts)
    page.do("file", file=OWNED)
    answer = page.do("write")
    for path in ("problems.1.fixes.1", "next.1"):
        assert f'data-go="fact.{path}.owner"' in answer.parts["notes"]
    assert W.letter.status.needs_review in answer.parts["status"]
    answer = page.do("typed", fact__problems__1__fixes__1__owner="Bea", fact__next__1__owner="Carl")
    assert "data-go" not in answer.parts["notes"]
    assert W.letter.status.ready in answer.parts["status"]


def test_who_keeps_a_promise_is_kept_with_the_facts(acts: Acts, store: Store) -> None:
    """A name given on the page after the letter was written, and one taken back, stand in the facts that the store has."""

    def owners() -> dict[str, str | None]:
        (record,) = store.incidents.page()
        return {fact.id: fact.owner for fact in record.incident.facts if fact.state == "will"}

    page = Page(acts)
    page.do("file", file=OWNED)
    page.do("write")
    (before,) = store.incidents.page()
    page.do("save", fact__problems__1__fixes__1__owner="Bea", fact__next__1__owner="Carl")
    page.do("copy")
    assert owners() == {"p1.fix1": "Bea", "next1": "Carl"}
    page.do("typed", fact__next__1__owner="")
    assert owners() == {"p1.fix1": "Bea", "next1": None}
    page.do("typed", fact__problems__1__fixes__1__owner="")
    assert store.incidents.page() == (before,)
    assert [event.kind for event in store.events.of(before.id)] == ["incident.owned"] * 3


@pytest.mark.parametrize(
    ("will", "asks"), [("we will call you", True), ("the van will come", True), ("Tomás comes to you", False), ("I will call", False)]
)
def test_only_a_plan_of_nobody_in_particular_asks_for_its_owner(acts: Acts, will: str, asks: bool) -> None:
    """Who is named in the plan itself has not to be named again."""
    page = Page(acts)
    page.do(
        "file",
        file=OWNED.replace("we will call you about the old one", will).replace(
            "{will: we will send you a new lamp, on: 2026-12-02}", "{done: I sent a new lamp}"
        ),
    )
    assert (f"“{will}”" in page.do("write").parts["status"]) is asks


def test_a_plan_for_a_day_that_is_over_is_said_beside_its_field(acts: Acts) -> None:
    """The form is told as of now; what was done then is written as done."""
    page = Page(acts)
    page.do("file", file=OWNED.replace("as_of: 2026-11-26\n", "").replace("2026-12-02", "2019-01-05"))
    part = page.do("write").parts["facts"]
    assert W.facts.past in part.split('id="wrong.problems.1.fixes.1.on"')[1].split("</p>")[0]


def test_a_day_as_one_says_it_is_written_out_with_the_letter(acts: Acts) -> None:
    """What is tomorrow today is not tomorrow tomorrow; what can mean two days is said beside its field."""
    page = Page(acts)
    page.do("file", file=OWNED)
    page.do("write", fact__problems__1__when="yesterday", fact__problems__1__fixes__1__on="Monday at 5 pm", fact__next__1__on="in 9 days")
    problem, (plan,) = page.facts["problems"][0], page.facts["next"]
    assert (problem["when"], problem["fixes"][0]["on"], plan["on"]) == ("2026-11-25", "2026-11-30 17:00", "2026-12-05")
    part = page.do("write", fact__next__1__on="next Friday").parts["facts"]
    assert "2026-11-27 or 2026-12-04" in part.split('id="wrong.next.1.on"')[1].split("</p>")[0]


def test_a_letter_from_before_is_not_ready_beside_facts_that_cannot_be_used(acts: Acts) -> None:
    """Where the next letter cannot be written, the last one says that it is from before; mended facts make it new."""
    page = Page(acts)
    page.do("file", file=OWNED.replace("}]", ", owner: Bea}]"))
    assert W.letter.status.ready in page.do("write").parts["status"]
    answer = page.do("write", fact__next__1__on="asap")
    assert W.letter.outdated in answer.parts["status"]
    assert W.letter.status.ready not in answer.parts["status"]
    assert page.do("copy").copy is None
    assert W.letter.status.ready in page.do("write", fact__next__1__on="2026-12-04").parts["status"]


def test_what_a_model_left_out_stays_a_reason_to_look(double_charge: Incident) -> None:
    """A model's letter that does not seem to say a fact is not ready because a blank was added elsewhere."""
    said = faithful(double_charge, cause="It took us a while to find out why.")
    with endpoint(Reply(said)) as running:
        draft = Writer(running.model(time_budget_seconds=60)).draft(double_charge)
    assert draft.status == "needs_review"
    doubts = [reason for reason in draft.reasons if "does not seem to say" in reason]
    assert doubts
    again = Writer().edited(draft, f"{draft.text} ", double_charge)
    assert again.status == "needs_review"
    assert doubts == [reason for reason in again.reasons if "does not seem to say" in reason]


def test_an_error_that_was_passed_over_is_for_a_second_person(acts: Acts) -> None:
    """It is no longer blocked, and not ready either; after other words, it has to be passed over again."""
    page = Page(acts)
    page.do("file", file=OWNED.replace("}]", ", owner: Bea}]"))
    page.do("write")
    work = take_up(acts.bench.desk.store, page.work, "")
    assert work is not None
    answer = page.do("typed", letter=f"{work.text}\n\nIt was your fault.")
    assert W.letter.status.blocked in answer.parts["status"]
    number = answer.marks["letter"][-1]["number"]
    answer = page.do("pass", {"number": str(number), "reason": W.letter.reasons[0]})
    assert W.letter.status.needs_review in answer.parts["status"]
    refused = page.do("copy")
    assert refused.copy is None
    assert refused.say == W.write.look_first
    assert page.do("copy", looked=True).copy


def test_reading_with_a_model_can_be_stopped(store: Store, tmp_path: Path) -> None:
    """A model that says nothing keeps nobody: stopped, the ticket is there, and what comes later is not taken."""
    with endpoint(Reply(hangs=True)) as running:
        page = Page(acts_with(store, tmp_path, Writer(running.model())))
        answer = page.do("read", ticket="You charged me twice.")
        assert answer.again == "poll"
        assert W.letter.busy.reading in answer.parts["reading"]
        answer = page.do("cancel")
        assert answer.say == W.write.read_stopped
        assert answer.again is None
        assert answer.values == {"letter": ""}
        assert page.do("open").values["ticket"] == "You charged me twice."


def test_a_reading_that_a_restart_cut_off_says_so(store: Store, tmp_path: Path) -> None:
    """The next process does not know of it; the ticket can be read again."""
    with endpoint(Reply(hangs=True)) as running:
        writer = Writer(running.model())
        page = Page(acts_with(store, tmp_path, writer))
        page.do("read", ticket="You charged me twice.")
        later: Callable[..., Answer] = acts_with(store, tmp_path, writer)
        answer = later(Act("poll", {"work": page.work}, {}, frozenset(), "", "admin"))
        assert answer.say == W.write.read_cut


def test_nothing_that_a_ticket_says_is_lost(store: Store, tmp_path: Path) -> None:
    """What was not put in words is listed and can be taken up; who wrote is filled in; another language is said to be unread."""
    page = Page(acts_with(store, tmp_path, Writer()))
    ticket = (
        "I was charged twice. Your useless driver threw my parcel over the fence. Das ist doch nicht normal.\n"
        "Order NB-20931\n\nKind regards,\nJoan Bell"
    )
    answer = page.do("read", ticket=ticket)
    assert W.write.unread_one in answer.parts["facts"]
    assert "Das ist doch nicht normal" in answer.parts["facts"]
    assert [problem["what"] for problem in page.facts["problems"]] == ["you were charged twice"]
    assert (page.facts["customer"]["name"], page.facts["reference"]) == ("Joan Bell", "NB-20931")
    left = "Your useless driver threw my parcel over the fence"
    assert W.write.left.format(count=2) in answer.parts["facts"]
    assert left in answer.parts["facts"]
    answer = page.do("take", {"text": left})
    assert W.write.left.format(count=1) in answer.parts["facts"]
    assert [problem["what"] for problem in page.facts["problems"]][1] == f"you wrote “{left}”"
    assert answer.focus == "fact.problems.2.what"
    assert W.write.left.format(count=1) in page.do("read").parts["facts"]  # read again, it is not listed twice


def test_a_name_that_a_person_entered_stays(store: Store, tmp_path: Path) -> None:
    """The ticket's signature fills an empty field only, and one of ours is no customer."""
    page = Page(acts_with(store, tmp_path, Writer()))
    page.do("read", ticket="I was charged twice.\n\nKind regards,\nJoan Bell", fact__customer__name="Dr Bell")
    assert page.facts["customer"]["name"] == "Dr Bell"
    page = Page(acts_with(store, tmp_path, Writer()))
    page.do("read", ticket="I was charged twice.\n\nKind regards,\nJoan Bell", fact__signer__name="Joan Bell")
    assert not page.facts["customer"].get("name")


TWICE = "I was charged twice. Your driver lost my parcel. I want a refund of $40."


def test_a_question_leads_to_a_field_and_spoils_none(acts: Acts) -> None:
    """Whose mistake it was and what we did have fields; adding an entry there is refused, and a spoiled field takes words again."""
    page = Page(acts)
    part = page.do("read", ticket=TWICE).parts["facts"]
    assert 'data-go="fact.problems.1.fault"' in part
    assert 'data-go="fact.problems.1.fixes.1.text"' in part
    page.do("add", {"path": "problems.1.fault"})
    assert page.facts["problems"][0]["fault"] == ""
    spoiled = page.facts | {"problems": [{"what": "it broke", "fault": []}]}
    form.put(spoiled, "problems.1.fault", "ours")
    assert spoiled["problems"][0]["fault"] == "ours"
    keys = asked(page.do("save", fact__problems__1__fault="not_ours"))
    assert "problems.1.fixes" not in keys
    assert "problems.2.fixes" in keys
    assert len(keys) > 3


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("I refunded the second $85.00", "done"),
        ("I will call you on Friday", "will"),
        ("Our Leeds crew will bring them", "will"),
        ("we're tracing the boxes", "doing"),
        ("we are going to repair it", "will"),
        ("I booked a van that is coming on Friday", "done"),
    ],
)
def test_what_is_done_is_typed_once(acts: Acts, typed: str, state: str) -> None:
    """Its entry begins with its words, which say how far it is; what was chosen against them stays."""
    page = Page(acts)
    page.do("read", ticket=TWICE)
    page.do("save", fact__problems__2__fixes__1__text=typed)
    (fix,) = page.facts["problems"][1]["fixes"]
    assert (fix["text"], fix["state"]) == (typed, state)
    page.do("again", fact__problems__2__fixes__1__state="doing")
    page.do("save", fact__problems__2__fixes__1__text=f"{typed}, as I said")
    assert page.facts["problems"][1]["fixes"][0]["state"] == "doing"


def test_another_reading_keeps_what_was_typed(acts: Acts) -> None:
    """What nobody touched is read anew; what was changed, added or taken out stays so, and what was taken out can be had back."""
    page = Page(acts)
    page.do("read", ticket=f"{TWICE} The lamp arrived broken. The lamp arrived broken!")
    read = [problem["what"] for problem in page.facts["problems"]]
    assert len(read) == len(set(read)) == 3
    page.do("read")
    assert [problem["what"] for problem in page.facts["problems"]] == read
    page.do("save", fact__problems__1__what="your card was charged twice")
    page.do("remove", {"path": "problems.3"})
    answer = page.do("read")
    assert [problem["what"] for problem in page.facts["problems"]] == ["your card was charged twice", read[1]]
    assert W.write.read_again in answer.say
    assert "lamp arrived broken" in answer.parts["facts"].split('id="left"')[1].split("</details>")[0]
    page.do("read", ticket="My lamp never came.")
    kept = [problem["what"] for problem in page.facts["problems"]]
    assert kept[0] == "your card was charged twice"
    assert read[1] not in kept
    assert page.facts["asks"] == []


def test_more_problems_than_a_reply_takes_are_listed(acts: Acts) -> None:
    """Twenty have cards, a sentence says so, and the others stand in the list, more with each press."""
    page = Page(acts)
    things = [
        f"{one} {what}"
        for one in ("lamp", "chair", "table", "desk", "shelf", "sofa")
        for what in ("leg", "top", "screw", "box", "lid", "bag")
    ]
    ticket = " ".join(f"The {thing} arrived broken." for thing in things)
    answer = page.do("read", ticket=ticket)
    assert len(page.facts["problems"]) == form.MOST_PROBLEMS
    left = len(things) - form.MOST_PROBLEMS
    assert W.write.too_many.format(most=20, count=left) in answer.parts["facts"]
    assert len(page.kept.left) == left
    assert answer.parts["facts"].count('data-kind="problem"') == left


def test_left_words_become_what_they_are(acts: Acts) -> None:
    """One press each: a problem of which nobody has said whose it was, a request, or what a problem meant."""
    page = Page(acts)
    page.do("read", ticket=TWICE)
    work = page.kept
    work.left = [Left(kind="problem", quote=quote) for quote in ("the girl was rude", "get me a manager", "he cried the whole way")]
    acts.bench.desk.store.workings.save(page.work, "", work.model_dump(mode="json"))
    for kind, left in zip(("problem", "ask", "impact"), work.left, strict=True):
        page.do("take", {"text": left.quote, "kind": kind})
    assert page.kept.left == []
    assert (page.facts["problems"][-1]["what"], page.facts["problems"][-1]["fault"]) == ("you wrote “the girl was rude”", "")
    assert page.facts["asks"][-1]["text"] == "“get me a manager”"
    assert "he cried the whole way" in page.facts["problems"][0]["impacts"][-1]["text"]
    page.do("move", {"path": "problems.3"})
    assert page.facts["problems"][1]["what"] == "you wrote “the girl was rude”"


def test_a_press_that_comes_again_is_done_once(acts: Acts) -> None:
    """Its answer was lost on the way; sent again, it adds nothing."""
    page = Page(acts)
    page.do("save", fact__customer__name="Ravi")
    for _ in range(2):
        page.do("add", {"path": "asks"}, press="p1")
    assert len(page.facts["asks"]) == 1
    page.do("add", {"path": "asks"}, press="p2")
    assert len(page.facts["asks"]) == 2


def test_two_tabs_on_one_reply_lose_nothing(acts: Acts) -> None:
    """The second is told; where both typed, the later words stand and the others are kept; a letter is one "undo" away."""
    one = Page(acts, tab="one")
    one.do("file", file=OWNED)
    first = one.do("write").values["letter"]
    two = Page(acts, work=one.work, tab="two")
    two.do("typed", letter=f"{first}\n\nFrom the second.")
    told = one.do("typed", letter=f"{first}\n\nFrom the first.")
    assert told.say == W.shell.clash_letter
    assert one.kept.text.endswith("From the first.")
    assert one.do("undo").values["letter"].endswith("From the second.")
    one.do("save", fact__customer__name="Ada")
    told = two.do("save", fact__customer__name="Bea", fact__signer__role="Lead")
    assert told.say == W.shell.clash
    assert (two.facts["customer"]["name"], two.facts["signer"]["role"]) == ("Bea", "Lead")
    assert 'data-path="customer.name" data-text="Ada"' in told.parts["facts"]
    two.do("use", {"path": "customer.name", "text": "Ada"})
    assert (two.facts["customer"]["name"], two.kept.clashes) == ("Ada", [])
    told = one.do("save")
    assert told.say == W.shell.elsewhere
    assert 'value="Ada"' in told.parts["facts"]
    two.do("add", {"path": "problems"})
    two.do("remove", {"path": "problems.1"})
    one.do("save", fact__problems__1__ours="we dropped it")
    assert "we dropped it" not in str(one.facts)
    assert [clash.text for clash in one.kept.clashes] == ["we dropped it"]
    assert one.do("save").say == ""


def test_a_new_letter_over_an_edited_one_says_so(acts: Acts) -> None:
    """And "undo" brings the edited one back."""
    page = Page(acts)
    page.do("file", file=OWNED)
    first = page.do("write").values["letter"]
    assert page.do("write").say == ""
    page.do("typed", letter=f"{first} Bye")
    assert page.do("write").say == W.write.edit_kept
    assert page.do("undo").values["letter"] == f"{first} Bye"


LEAK = """
company: Lumen
signer: Ana Ruiz
customer: {name: Ravi Anand, email: ravi@example.com}
problems:
  - what: your medical records were sent to another customer
    ours: we sent your medical records to another customer
    fixes: [{done: I had them deleted}]
"""


def test_what_makes_a_matter_sensitive_is_shown_and_can_be_denied(acts: Acts, store: Store) -> None:
    """The words stand beside it; "not so" needs a reason, writes it all out, leaves it to a second person, and can be taken back."""
    page = Page(acts)
    page.do("file", file=LEAK)
    answer = page.do("write")
    assert W.letter.sensitive_words in answer.parts["status"]
    assert 'data-go="withheld"' in answer.parts["status"]
    assert "we sent your medical records" not in answer.values["letter"].lower()
    reason = W.letter.spare_reasons[0]
    answer = page.do("spare", {"reason": reason})
    assert "we sent your medical records" in answer.values["letter"].lower()
    assert W.letter.status.needs_review in answer.parts["status"]
    assert reason in answer.parts["status"]
    assert [item.status for item in store.queue.page("waiting")] == ["needs_review", "needs_review"]
    assert store.dismissals.counts() == {"sensitive": 1}
    text = answer.values["letter"]
    assert W.letter.status.needs_review in page.do("typed", letter=f"{text} ").parts["status"]
    assert page.do("copy").copy is None
    assert "we sent your medical records" not in page.do("unspare").values["letter"].lower()


def test_nobody_alone_says_that_no_life_is_in_danger(acts: Acts) -> None:
    """Where a ticket may be one of somebody who thinks of dying, there is no such button."""
    page = Page(acts)
    page.do("file", file=LEAK.replace("your medical records were sent to another customer", "you wrote that you feel suicidal"))
    part = page.do("write").parts["status"]
    assert "suicidal" in part
    assert 'data-act="spare"' not in part
    page.do("spare")
    assert (page.kept.spared, page.facts.get("sensitive")) == ("", None)
    page.do("file", file=f"{LEAK}sensitive: true\n")
    assert 'data-act="spare"' not in page.do("write").parts["status"]


@pytest.mark.parametrize(
    ("amount", "ticket", "locale", "becomes"),
    [
        ("96", "my $85 back", "", "$96"),
        ("96", "I paid £40", "en-US", "£96"),
        ("96", "", "en-GB", "96 GBP"),
        ("96", "$5 or £4", "en-GB", "96"),
        ("96", "", "", "96"),
        ("€96", "$5", "", "€96"),
    ],
)
def test_an_amount_takes_the_only_currency_it_can_have(acts: Acts, amount: str, ticket: str, locale: str, becomes: str) -> None:
    """That of the ticket, or of the place that was set; else it is asked for with a press for each."""
    page = Page(acts)
    page.do("file", file=OWNED)
    page.do("add", {"path": "problems.1.remedies"})
    page.do("save", fact__locale=locale)
    part = page.do("write", fact__problems__1__remedies__1__amount=amount, ticket=ticket).parts["facts"]
    assert page.facts["problems"][0]["remedies"][0]["amount"] == becomes
    assert ('data-text="£96"' in part) is (becomes == "96")


def test_a_look_holds_until_the_letter_changes(acts: Acts, store: Store) -> None:
    """It is ticked once for copy, mail and "sent"; the mail goes to who wrote; a sent letter says so and waits for nobody."""
    page = Page(acts)
    page.do("read", ticket=f"From: Ravi Anand <ravi@example.com>\nTo: help@lumen.example\nSubject: lamp\n\n{TWICE}")
    assert page.facts["customer"] == {"name": "Ravi Anand", "email": "ravi@example.com"}
    page.do("file", file=LEAK)
    page.do("write")
    assert "checked" in page.do("looked", looked=True).parts["tools"]
    assert page.do("copy").copy
    mail = page.do("eml").file
    assert mail is not None
    assert "To: ravi@example.com" in mail["text"]
    assert [item.sent for item in store.queue.page("waiting")] == [False]
    assert W.letter.is_sent in page.do("sent").parts["status"]
    assert store.queue.page("waiting") == ()
    assert [item.sent for item in store.queue.page("sent")] == [True]
    answer = page.do("typed", letter=f"{page.kept.text} Bye")
    assert "checked" not in answer.parts["tools"]
    assert page.do("copy").copy is None


@pytest.mark.parametrize(
    ("will", "owner", "asks"),
    [
        ("our privacy team will write", "", False),
        ("our van will come", "", True),
        ("we will call", "We", True),
        ("we will call", "our privacy team", False),
    ],
)
def test_a_team_is_a_fair_owner_and_we_is_told_why_not(acts: Acts, will: str, owner: str, asks: bool) -> None:
    """Whoever can be asked about a promise may own it."""
    page = Page(acts)
    page.do(
        "file", file=OWNED.replace("we will call you about the old one", will).replace("we will send you a new lamp", "I will send a lamp")
    )
    status = page.do("write", fact__next__1__owner=owner).parts["status"]
    assert (will in status) is asks
    assert (W.letter.owner_we.format(owner=owner, promise=will) in status) is (owner == "We")


def test_what_promises_a_remedy_that_was_refused_since_is_not_approved(store: Store, tmp_path: Path) -> None:
    """A letter that was ready before anybody decided is looked at again when it is approved."""
    desk = Desk(Writer(), store, Jobs(store, Writer(), url=f"sqlite:///{tmp_path / 'jobs.db'}"), {})
    problem = {"what": "the chain slips", "ours": "we fitted the wrong chain", "fixes": [{"done": "I fitted the right one"}]}
    remedies = [{"kind": "credit", "amount": "$15"}]
    facts = incident_from({"company": "Harrow & Finch", "signer": "Ellen Marsh", "problems": [{**problem, "remedies": remedies}]})
    course = store.courses.open(facts)
    made = store.drafts.accept(facts, draft=Writer().draft(facts), incident_id=course.id)
    remedy = store.remedies.suggest(course.id, RemedyTable())
    store.remedies.refuse(remedy.id, by="Ana", because="it was paid back in the shop")
    act = Act("approve", {"draft": made.id}, {"version": "1"}, frozenset({"version"}), "lena", "reviewer", "", "", 0)
    assert Reviewing(desk)(act).say == W.review.blocked
    assert store.reviews.of(made.id) == ()


def test_what_the_ticket_holds_is_true_in_the_letter(acts: Acts, store: Store) -> None:
    """A date that the customer named is no invention when the agent names it too; a card number goes no further."""
    page = Page(acts)
    ticket = "Your letter of 3 March says the lamp left on 5 March. It never came. My card is 4111 1111 1111 1111."
    page.do("save", ticket=ticket)
    stated: dict[str, Any] = {
        "fact.company.name": "Fen Lamps",
        "fact.signer.name": "Ada Fenn",
        "fact.as_of": "2026-03-20",
        "fact.locale": "en-GB",
        "fact.problems.1.what": "your lamp has not come",
        "fact.problems.1.ours": "we did not send your lamp",
        "fact.problems.1.fixes.1.text": "I sent your lamp today",
    }
    page.do("write", **stated)
    page.do("typed", letter=page.kept.text.replace("We did not", "Our letter of 3 March was wrong: we did not", 1))
    draft, incident = acts.bench.letter(page.kept)
    assert draft is not None
    assert incident is not None
    assert "3 March" in draft.text
    assert not [finding for finding in draft.findings if finding.rule == "ungrounded-date"]
    assert "4111" not in incident.thread[0].text


def test_a_moment_typed_in_words_is_said_back(acts: Acts) -> None:
    """Whoever types "2 December by 5 pm" reads what was understood; a date of digits, or none, needs no word."""
    page = Page(acts)
    page.do("save", fact__locale="en-GB", fact__next__1__text="I will call you")
    page.do("add", {"path": "next"})
    answer = page.do("save", fact__next__1__on="in 3 days")
    assert (answer.say or "").startswith("Understood: ")
    assert not page.do("save", fact__next__1__on="2026-12-02").say
    assert not page.do("save", fact__next__1__on="whenever").say
