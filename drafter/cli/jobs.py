"""`drafter jobs`: what failed or was given up, tried again; and drafts that nobody wants any more, stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drafter.cli.display import printable
from drafter.cli.formats import encodable
from drafter.cli.inputs import one_of
from drafter.cli.store import opened

if TYPE_CHECKING:
    from drafter.jobs import Jobs
    from drafter.store import Store

FORMATS = ("text", "json")
app = typer.Typer(no_args_is_help=True, help="Drafts, notes and webhooks that failed, tried again or stopped.", rich_markup_mode=None)
_Id = Annotated[str, typer.Argument(metavar="ID", help="As drafter jobs list shows it.")]


@app.command("list")
def list_jobs(
    shape: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="How it is written.")] = "text",
) -> None:
    """List drafts and jobs that failed, and notes and webhooks that were given up."""
    one_of("--format", shape, FORMATS)
    with _attached() as (store, jobs):
        found = [*_drafts(store), *_jobs(jobs), *_deliveries(store)]
    for item in found:
        typer.echo(encodable(json.dumps(item)) if shape == "json" else printable(f"{item['id']}  {item['what']}: {item['why']}"))
    if not found and shape == "text":
        typer.echo("Nothing has failed and nothing was given up.")


@app.command()
def replay(job_id: _Id) -> None:
    """Try it again: a draft or job from where it failed, a note or webhook from its first wait on. A running service does it."""
    with _attached() as (_, jobs):
        jobs.again(job_id.strip())
    typer.echo(printable(f"{job_id.strip()} is tried again, by the service as soon as it runs."))


@app.command()
def cancel(draft_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a draft, dr_….")]) -> None:
    """Stop a draft that is not written yet; its model call in flight is the last."""
    with _attached() as (_, jobs):
        record = jobs.cancel(draft_id.strip())
    if record.state != "cancelled":
        typer.echo(printable(f"{record.id} is {record.state} already, and stays as it is."), err=True)
        raise typer.Exit(1)
    typer.echo(printable(f"{record.id} is cancelled."))


@contextmanager
def _attached() -> Iterator[tuple[Store, Jobs]]:
    """The store, and its queues to look into and to hand jobs in for a service; nothing is worked on here."""
    from drafter.jobs import Jobs
    from drafter.writer import Writer

    with opened() as store:
        jobs = Jobs(store, Writer(None), url=store.queue_address())
        jobs.launch(listen=False)
        try:
            yield store, jobs
        finally:
            jobs.stop()


def _drafts(store: Store) -> Iterator[dict[str, Any]]:
    after: str | None = None
    while page := store.drafts.page("failed", after=after):
        for record in page:
            yield {"id": record.id, "what": "draft", "why": (record.error or {}).get("detail", "it failed")}
        after = page[-1].id


def _jobs(jobs: Jobs) -> Iterator[dict[str, Any]]:
    for job in jobs.failed():
        yield {"id": job.id, "what": f"{job.name} job", "why": "it ended in a fault, which the log of the service names"}


def _deliveries(store: Store) -> Iterator[dict[str, Any]]:
    after: str | None = None
    while page := store.deliveries.page("failed", after=after):
        for record in page:
            yield {"id": record.id, "what": f"{record.kind} for {record.draft_id}", "why": record.error or "it was given up"}
        after = page[-1].id
