"""The composition root: settings, then Writer, then one FastAPI application with the page mounted in it."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when gradio is imported
import gradio as gr
import uvicorn
from fastapi import FastAPI

from drafter.checks import rules_in_force
from drafter.errors import OutsideError
from drafter.model import Model
from drafter.settings import Settings, load_settings
from drafter.ui.look import CSS, THEME
from drafter.ui.write import page
from drafter.writer import Writer

HOST, PORT = "127.0.0.1", 7860


def application(settings: Settings) -> FastAPI:
    """The application: the page at "/", on whatever writer the settings name."""
    writer = Writer(Model(settings) if settings.has_model else None, house=settings.house)
    app = FastAPI(title="Drafter", docs_url=None, redoc_url=None)
    blocks = page(writer.draft, _examples())
    options: dict[str, Any] = {"footer_links": [], "theme": THEME, "css": CSS, "ssr_mode": False, "run_history": False}
    mounted: FastAPI = gr.mount_gradio_app(app, blocks, "/", server_name=HOST, **options)
    return mounted


def serve(port: int = PORT) -> None:
    """Serve the application on 127.0.0.1 until it is stopped.

    Raises:
        InputError: the settings cannot be used.
        OutsideError: the port is taken.
    """
    settings = load_settings()
    rules_in_force("en", settings.house)  # a fault in them is told now, not to the first person who writes
    with listening(port) as listener, suppress(KeyboardInterrupt):
        app = application(settings)
        print(f"Drafter is at http://{HOST}:{port} (Ctrl-C stops it)", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


def listening(port: int) -> socket.socket:
    """A socket bound to a port of 127.0.0.1; 0 is any that is free.

    Raises:
        OutsideError: the port is taken.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise OutsideError(f"port {port} cannot be used ({error.strerror}); drafter serve --port N takes another.") from None
    return listener


def _examples() -> Path | None:
    """The incidents to start from: in the wheel beside this file, in a checkout beside the package."""
    here = Path(__file__).parent
    return next((folder for folder in (here / "_examples", here.parent / "examples") if folder.is_dir()), None)
