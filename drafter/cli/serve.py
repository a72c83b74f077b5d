"""`drafter serve`: the page on this machine."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on 127.0.0.1.")] = 7860,
) -> None:
    """Open the page on 127.0.0.1."""
    from drafter.serve import serve as run

    run(port=port)
