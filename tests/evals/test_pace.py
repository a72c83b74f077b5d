"""What a run takes: answers that are kept, calls that are counted, capped and spaced, and the estimate before anything is asked."""

from __future__ import annotations

import io
import os
import time
from dataclasses import replace
from pathlib import Path

import anyio
import pytest
from langchain_core.messages import HumanMessage
from langchain_core.prompt_values import ChatPromptValue
from rich.console import Console

from drafter.errors import ModelError
from drafter.model import Form
from drafter.settings import House, ModelTable, Settings
from evals.asked import Asked, Terms
from evals.estimate import Estimate, Taken, estimate, page
from evals.kept import Kept
from evals.meter import CapError, Meter
from evals.progress import progress
from evals.sitting import SITTING, Sitting
from tests.scripted import Endpoint, Reply, endpoint

FORM = Form("letter", {"type": "object", "properties": {"fix": {"type": "string"}}}, "Answer in JSON.", "Answer under headings.")


def asked(model: Endpoint, place: Path, *, name: str = "scripted", most: int = 4000) -> tuple[Asked, Terms]:
    """The product's model as a run asks it."""
    house = House(model=ModelTable(time_budget_seconds=20, max_output_tokens=most))
    terms = Terms(Meter(), Kept(place))
    return Asked(Settings.model_validate({"DRAFTER_BASE_URL": model.url, "DRAFTER_MODEL": name, "house": house}), terms), terms


def ask(model: Asked, words: str = "Write.", *, epoch: int = 1, form: Form = FORM) -> tuple[str, Sitting, int]:
    """The answer, what the sitting tells of it, and the tokens that the draft's own budget counts."""
    sitting, budget = Sitting(epoch), model.budget()
    token = SITTING.set(sitting)
    try:
        answer = model.ask(ChatPromptValue(messages=[HumanMessage(words)]), form, budget=budget)
    finally:
        SITTING.reset(token)
    return answer.text, sitting, budget.input_tokens + budget.output_tokens


def test_the_same_question_is_asked_once_and_any_other_anew(tmp_path: Path) -> None:
    """The epoch, the words, the form, the limit, the model and the endpoint each make another question of it."""
    answers = [Reply(f"answer {i}") for i in range(1, 20)]
    with endpoint(*answers) as one, endpoint(Reply("elsewhere")) as other:
        model, terms = asked(one, tmp_path)
        first = ask(model)
        assert (first[0], first[1].asked, first[1].kept, first[2]) == ("answer 1", 1, 0, 1100)
        text, sitting, counted = ask(asked(one, tmp_path)[0])
        assert (text, sitting.kept, counted, len(one.requests)) == ("answer 1", 1, 1100, 1)
        assert first[1].saved == 0 < sitting.saved == sitting.seconds(0)  # what it took then
        assert (terms.meter.calls, terms.meter.tokens) == (1, 1100)
        assert ask(model, epoch=2)[0] == "answer 2"
        assert ask(model, epoch=2)[0] == "answer 2"
        assert ask(model, "Write again.")[0] == "answer 3"
        assert ask(model, form=replace(FORM, structured="Answer in XML."))[0] == "answer 4"
        assert ask(asked(one, tmp_path, most=500)[0])[0] == "answer 5"
        assert ask(asked(one, tmp_path, name="another")[0])[0] == "answer 6"
        assert ask(asked(other, tmp_path)[0])[0] == "elsewhere"
        assert len(one.requests) == 6
        assert ask(asked(one, tmp_path / "empty")[0])[0] == "answer 7"


def test_neither_a_failure_nor_an_old_or_broken_file_is_an_answer(tmp_path: Path) -> None:
    """What failed is asked again, and so is what was kept for more than a week or cannot be read."""
    with endpoint(Reply("no such model", status=404), Reply("first"), Reply("second"), Reply("third")) as one:
        model, terms = asked(one, tmp_path)
        with pytest.raises(ModelError, match="knows no model"):
            ask(model)
        assert ask(model)[0] == "first"
        assert terms.meter.calls == 1
        kept = next(tmp_path.rglob("*.json"))
        os.utime(kept, (time.time() - 8 * 24 * 3600,) * 2)
        assert ask(model)[0] == "second"
        kept.write_text('{"reply": {"te', "utf-8")
        assert ask(model)[0] == "third"
        assert ask(model)[0] == "third"


@pytest.mark.parametrize(
    ("meter", "said"),
    [
        (Meter(cap_tokens=250), "the cap of 250 tokens is reached: 200 tokens were used"),
        (Meter(ModelTable(price_in=1e4, price_out=0), cap_cost=2.5), "the cap of 2.5 is reached: 200 tokens were used, 2.0000"),
    ],
)
def test_no_letter_is_begun_that_could_pass_the_cap_and_those_in_hand_are_written(meter: Meter, said: str) -> None:
    """The third letter is refused, but only once the second, which was in hand, has ended."""
    ended: list[str] = []

    async def write(name: str, seconds: float) -> None:
        async with meter.letter():
            await anyio.sleep(seconds)
            meter.spend(100, 0)
            ended.append(name)

    async def run() -> None:
        await write("first", 0)
        async with anyio.create_task_group() as group:
            group.start_soon(write, "second", 0.2)
            await anyio.sleep(0.05)
            with pytest.raises(CapError, match=said):
                await write("third", 0)
            assert ended == ["first", "second"]

    anyio.run(run)
    assert meter.calls == 2


def test_calls_stand_in_a_row_of_so_many_a_minute() -> None:
    """A call takes the next free place: at once where the row is empty, else after those before it."""
    now = [100.0]
    meter = Meter(per_minute=30, clock=lambda: now[0])
    assert [meter.wait() for _ in range(3)] == [0.0, 2.0, 4.0]
    now[0] = 200.0
    assert meter.wait() == 0.0
    assert Meter().wait() == 0.0


def test_the_wait_for_its_turn_is_none_of_the_time_a_draft_may_take(tmp_path: Path) -> None:
    """Else a run with few calls a minute would measure drafts that ran out of time."""
    with endpoint(Reply("well")) as one:
        settings = Settings.model_validate({"DRAFTER_BASE_URL": one.url, "DRAFTER_MODEL": "m", "house": House()})
        model = Asked(settings, Terms(Meter(per_minute=1200, clock=lambda: 5.0)))
        budget = model.budget()
        started = budget.started
        for _ in range(2):
            model.ask(ChatPromptValue(messages=[HumanMessage("Write.")]), FORM, budget=budget)
    assert budget.started - started == pytest.approx(0.05)
    assert len(one.requests) == 2  # without a place to keep answers the same is asked again


def test_an_estimate_asks_nothing_and_has_a_price_where_one_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases by epochs, with no draft corrected and with all; without a price it says so and gives tokens."""
    for name in ("DRAFTER_BASE_URL", "OPENAI_BASE_URL", "DRAFTER_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)  # nothing says where a model would be
    once, thrice = (estimate("brevity", model="gpt-4o", epochs=epochs, limit=2) for epochs in (1, 3))
    assert thrice == Estimate(once.letters * 3, once.plain.times(3), once.chain.times(3), once.corrections.times(3))
    assert once.plain.calls == once.letters == 2
    assert once.chain.input_tokens > once.plain.input_tokens > once.plain.output_tokens > 0
    assert once.most.input_tokens > 2 * once.least.input_tokens - once.plain.input_tokens
    assert "No price is known" in "\n".join(page(once, ModelTable()))
    some = Estimate(1, Taken(1, 1_000_000, 0), Taken(1, 0, 1_000_000), Taken(1, 1_000_000, 1_000_000))
    assert "estimate: 2000000 tokens (6.00) to 4000000 tokens (12.00)" in "\n".join(page(some, ModelTable(price_in=2, price_out=4)))
    assert estimate("brevity", model="none", limit=2) == Estimate(2)
    alone, beside = (estimate("brevity", model=model, judge="j", limit=2).judge for model in ("none", "gpt-4o"))
    assert beside == alone.times(3)
    assert alone.calls >= 2
    assert alone.input_tokens > 2000


def test_the_line_shows_what_is_written_and_what_it_took() -> None:
    """In a terminal; elsewhere only what was taken stands there at the end."""
    meter, seen, piped = Meter(ModelTable(price_in=1, price_out=1)), io.StringIO(), io.StringIO()
    with progress(4, 1, meter, Console(file=seen, force_terminal=True, width=100)) as step:
        meter.spend(1000, 500)
        step()
    assert "2/4" in seen.getvalue()
    assert "1500 tokens, 0.0015" in seen.getvalue()
    with progress(4, 0, meter, Console(file=piped)) as step:
        step()
    assert piped.getvalue() == "asked models 1 times: 1500 tokens, 0.0015\n"
