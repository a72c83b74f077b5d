"""The three writers side by side: what tells quality, apart from what replacement makes true, and what each letter took."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean, median, quantiles

from evals.counts import Figure, mean_figure
from evals.outcomes import Outcome, by_case, kept
from evals.report.evaluation import CALLED
from evals.report.tables import NONE, Cell, Table, bars, number, share
from evals.samples import is_first

Outcomes = Mapping[str, Sequence[Outcome]]
Measure = Callable[[Sequence[Outcome]], Figure | None]
FIRST = {
    "facts told": "Owed facts that it told",
    "nothing invented": "Letters that invented nothing",
    "nothing flagged": "Letters with no wording flagged",
    "nothing missing": "Letters that left nothing out",
}


def quality(outcomes: Outcomes) -> Table:
    """What tells how good a writer is: everything is measured before anything was replaced."""
    measures: dict[str, Measure] = {"Sections of the model that were kept": kept}
    others = dict.fromkeys(
        name for found in outcomes.values() for one in found for name in one.figures if name not in FIRST and is_first(name)
    )
    measures |= {said: _of_figure(name) for name, said in FIRST.items()} | {name.capitalize(): _of_figure(name) for name in others}
    rows = [[Cell(said), *(share(measure(found)) for found in outcomes.values())] for said, measure in measures.items()]
    rows.append([Cell("Inventions in a letter, on average"), *(_inventions(found) for found in outcomes.values())])
    rows.append([Cell("Words that changed between first and sent"), *(share(distance(found)) for found in outcomes.values())])
    figures = {CALLED.get(writer, writer): [measure(found) for measure in measures.values()] for writer, found in outcomes.items()}
    return Table(
        "What tells quality: as it was written, before anything was replaced",
        ["", *_names(outcomes)],
        rows,
        "Of a composed letter, and of the single prompt's, that is the letter itself: nothing is replaced in them. "
        "The composer and the checks come from the same hands, so that its row says that they agree, not how its letters read.",
        bars(list(measures), figures),
        "the shares of the table",
        list(figures),
    )


def by_construction(outcomes: Outcomes) -> Table:
    """What the chain makes true by replacing what fails, and the composer by being what replaces it."""
    measures: dict[str, Measure] = {
        "No error in the finished letter": _no_error,
        "Everything owed is told": _whole,
        "Ready to send": _ready,
        "Blocked, and not sent": _blocked,
        "All that its case expects": as_expected,
    }
    rows = [[Cell(said), *(share(measure(found)) for found in outcomes.values())] for said, measure in measures.items()]
    return Table(
        "What replacement makes true: the finished letter",
        ["", *_names(outcomes)],
        rows,
        "In the chain, a section that fails a check is replaced by composed words, whatever the model. High figures say that the "
        "product keeps its promises; they say nothing about a model or a prompt. Nothing replaces what the single prompt got.",
    )


def cost(outcomes: Outcomes) -> Table:
    """What a letter took, by writer."""
    lines: dict[str, Callable[[Sequence[Outcome]], Cell]] = {
        "Calls of the model, each letter": _calls,
        "Tokens in, each letter": _tokens_in,
        "Tokens out, each letter": _tokens_out,
        "Tokens in all": _tokens,
        "Cost, each letter": _cost,
        "Cost in all": _whole_cost,
        "Seconds, the middle letter": _middle,
        "Seconds, 9 letters in 10 within": _most,
    }
    rows = [[Cell(said), *(line(found) for found in outcomes.values())] for said, line in lines.items()]
    return Table(
        "Cost, tokens and time",
        ["", *_names(outcomes)],
        rows,
        "In the currency of the prices in the settings. Several letters are written at once and wait for each other; an answer that was "
        "kept from an earlier run is there at once.",
    )


def distance(found: Sequence[Outcome]) -> Figure | None:
    """How far what went out is from what the model wrote."""
    far = [one.distance for one in found if one.distance is not None]
    return mean_figure(far) if far else None


def as_expected(found: Sequence[Outcome]) -> Figure | None:
    """The share of letters that are all that their cases expect."""
    return _of_figure("as expected")(found)


def told(found: Sequence[Outcome]) -> Figure | None:
    """The share of the owed facts that were told before anything was replaced."""
    return _of_figure("facts told")(found)


def _of_figure(name: str) -> Measure:
    def measure(found: Sequence[Outcome]) -> Figure | None:
        values = by_case(found, name)
        return mean_figure(values) if values else None

    return measure


def _no_error(found: Sequence[Outcome]) -> Figure | None:
    return _share([not one.has_error for one in found])


def _whole(found: Sequence[Outcome]) -> Figure | None:
    return _share([one.is_whole for one in found])


def _ready(found: Sequence[Outcome]) -> Figure | None:
    return _share([one.status == "ready" for one in found]) if any(one.status for one in found) else None


def _blocked(found: Sequence[Outcome]) -> Figure | None:
    return _share([one.status == "blocked" for one in found]) if any(one.status for one in found) else None


def _share(held: Sequence[bool]) -> Figure | None:
    return Figure.of(sum(held), len(held)) if held else None


def _inventions(found: Sequence[Outcome]) -> Cell:
    return Cell(f"{fmean(one.inventions for one in found):.2f}", f"{sum(one.inventions for one in found)} in all") if found else Cell(NONE)


def _names(outcomes: Outcomes) -> list[str]:
    return [CALLED.get(writer, writer) for writer in outcomes]


def _asked(found: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in found if one.usage.calls]


def _mean(found: Sequence[Outcome], values: Sequence[float]) -> Cell:
    return Cell(f"{fmean(values):,.1f}" if fmean(values) < 10 else number(fmean(values))) if _asked(found) else Cell(NONE)


def _calls(found: Sequence[Outcome]) -> Cell:
    return _mean(found, [one.usage.calls for one in found])


def _tokens_in(found: Sequence[Outcome]) -> Cell:
    return _mean(found, [one.usage.input_tokens for one in found])


def _tokens_out(found: Sequence[Outcome]) -> Cell:
    return _mean(found, [one.usage.output_tokens for one in found])


def _tokens(found: Sequence[Outcome]) -> Cell:
    return Cell(number(sum(one.usage.input_tokens + one.usage.output_tokens for one in found))) if _asked(found) else Cell(NONE)


def _costs(found: Sequence[Outcome]) -> list[float]:
    return [one.usage.cost for one in found if one.usage.cost is not None]


def _cost(found: Sequence[Outcome]) -> Cell:
    return Cell(f"{fmean(_costs(found)):.4f}") if _costs(found) else _no_price(found)


def _whole_cost(found: Sequence[Outcome]) -> Cell:
    return Cell(f"{sum(_costs(found)):.2f}") if _costs(found) else _no_price(found)


def _no_price(found: Sequence[Outcome]) -> Cell:
    return Cell("no price" if _asked(found) else NONE)


def _seconds(found: Sequence[Outcome]) -> list[float]:
    return [one.usage.seconds for one in found if one.usage.seconds is not None]


def _middle(found: Sequence[Outcome]) -> Cell:
    return Cell(f"{median(_seconds(found)):.2f}") if _seconds(found) else Cell(NONE)


def _most(found: Sequence[Outcome]) -> Cell:
    took = _seconds(found)
    return Cell(f"{quantiles(took, n=10, method='inclusive')[-1]:.2f}") if len(took) > 1 else Cell(NONE)
