"""`drafter serve`: the API and the page; `drafter worker`: jobs alone."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 7860,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen on; any but this machine's own needs accounts, or --no-page.")
    ] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes serve; more than one needs --no-page.")] = 1,
    page: Annotated[bool, typer.Option("--page/--no-page", help="Whether the page is served beside the API.")] = True,
) -> None:
    """Serve the API and the page until stopped; without accounts (drafter users), the page is for this machine only."""
    from drafter.serve import serve as run

    run(port, host=host, workers=workers, page=page)


def worker() -> None:
    """Run the jobs of a service on PostgreSQL, and nothing else, until stopped."""
    from drafter.serve import worker as run

    run()
