"""The composition root: settings, then store, writer, helpdesks and jobs, then the API with the page beside it in one process."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import threading
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast

import uvicorn
from anyio.to_thread import run_sync
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.supervisors import Multiprocess

from drafter.accounts import Accounts
from drafter.api import SILENT, Service, create_api
from drafter.api.log import configure
from drafter.checks import check, rules_in_force
from drafter.errors import DrafterError, InputError, OutsideError
from drafter.helpdesk import helpdesks
from drafter.jobs import Jobs, keep
from drafter.settings import Settings, load_settings
from drafter.store import open_store
from drafter.writer import Writer

_LOG = logging.getLogger(__name__)
HOST, PORT = "127.0.0.1", 7860
_API = ("/v1", "/healthz", "/readyz", "/metrics", "/openapi.json", "/problems")
_BACKLOG = 2048


def application(settings: Settings, *, page: bool = True) -> ASGIApp:
    """The API and, unless it is left out, the page at "/", on what the settings name.

    Raises:
        InputError: the settings cannot be used.
        StoreError: the database is away, or cannot be written.
    """
    service = services(settings)
    desk = _page(service) if page else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await run_sync(service.start)
        except DrafterError as error:
            app.state.failure = error
            raise
        try:
            if desk is None:
                yield
            else:
                async with desk.router.lifespan_context(desk):
                    yield
        finally:
            await run_sync(service.stop)

    api = create_api(service, lifespan=lifespan)
    return api if desk is None else Both(api, _gated(desk, settings))


class Both:
    """The API under its own addresses, and the page at every other one."""

    def __init__(self, api: FastAPI, page: ASGIApp) -> None:
        self.api, self.page = api, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request with the one that it is for."""
        path = scope.get("path", "")
        scope["drafter.peer"] = scope.get("client")  # who is connected to us, whatever a header says of it later
        ours = scope["type"] == "lifespan" or any(path == root or path.startswith(f"{root}/") for root in _API)
        await (self.api if ours else self.page)(scope, receive, send)


def services(settings: Settings) -> Service:
    """What serves: the store opened, and nothing running yet; raises as `application` does."""
    trace_calls()
    desks = helpdesks(settings)
    if not settings.signing_secrets and (called := [name for name, desk in desks.items() if desk.desk.callback]):
        raise InputError(f"nothing signs what goes to the callback of '{called[0]}': set DRAFTER_WEBHOOK_SECRETS.", "environment")
    writer = Writer(_model(settings), house=settings.house)
    store = open_store(settings.database, keep_raw=settings.house.store.raw)
    jobs = Jobs(store, writer, url=store.queue_address(), helpdesks=desks, secrets=settings.signing_secrets)
    return Service(store, jobs, writer, desks, sends_webhooks=bool(settings.signing_secrets))


def serve(port: int = PORT, *, host: str = HOST, workers: int = 1, page: bool = True) -> None:
    """Serve until stopped; what runs then is ended or handed back within the time that `[jobs] stop_seconds` gives it.

    Raises:
        InputError: the settings cannot be used, or the page would be open without a login to others than this machine.
        OutsideError: the port is taken, or the database is away.
    """
    settings = load_settings()
    asks = page and _asks(settings)
    _guard(host, workers, page=page, asks=asks)
    rules_in_force("en", settings.house)  # a fault in them is told now, not to the first person who writes
    configure()
    with listening(port, host) as listener, suppress(KeyboardInterrupt):
        if workers > 1:
            services(settings).store.close()  # what is wrong with the settings is told here, once
            _told(listener, page)
            config = _config("drafter.serve:api_alone", settings, factory=True, workers=workers)
            Multiprocess(config, [listener]).run()
            return
        app = application(settings, page=page)
        _warm(settings)
        _told(listener, page)
        if page and not asks:
            _LOG.warning("the page has no login, and opens on this machine only; drafter users add NAME --role admin makes one")
        _run(app, settings, listener)


def worker() -> None:
    """Run jobs, and nothing else, until stopped: more of the same for a service on the same PostgreSQL.

    Raises:
        InputError: the settings cannot be used, or name no PostgreSQL.
        OutsideError: the database is away.
    """
    settings = load_settings()
    configure()
    service = services(settings)
    if service.store.is_file:
        raise InputError("a worker needs a PostgreSQL that a service is on too: DRAFTER_DATABASE_URL=postgresql://user:password@host/name.")
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    service.start()
    print("Drafter runs jobs (Ctrl-C stops it)", flush=True)
    stopped.wait()
    service.stop()


def api_alone() -> ASGIApp:
    """The API without the page, as each of several processes serves it."""
    configure()
    settings = load_settings()
    app = application(settings, page=False)
    _warm(settings)
    return app


def listening(port: int, host: str = HOST) -> socket.socket:
    """A socket that listens on a port; 0 is any that is free.

    Raises:
        OutsideError: the port is taken, or the host is no address of this machine.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)  # who comes while it starts waits, and is not refused
    except OSError as error:
        listener.close()
        raise OutsideError(
            f"{f'{host} ' if host != HOST else ''}port {port} cannot be used ({error.strerror}); drafter serve --port N takes another."
        ) from None
    return listener


def trace_calls() -> None:
    """Send spans of model calls where OTEL_EXPORTER_OTLP_ENDPOINT says; without it, none are made.

    Raises:
        InputError: it is set, and what sends them is not installed.
    """
    if not any(os.environ.get(name) for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise InputError("spans need what sends them: pip install 'drafter[otel]'.", "OTEL_EXPORTER_OTLP_ENDPOINT") from None
    from opentelemetry import trace
    from opentelemetry.sdk.resources import Resource

    provider = TracerProvider(resource=Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", "drafter")}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


def _asks(settings: Settings) -> bool:
    """Whether the page asks who comes: there are accounts, or a proxy says it."""
    accounts = Accounts(settings.accounts)
    if settings.proxy_user_header and not settings.proxies:
        raise InputError("it counts where DRAFTER_PROXY_ADDRESSES names the proxy, such as 127.0.0.1.", "DRAFTER_PROXY_USER_HEADER")
    if (settings.users_file or settings.house.login.users_file) and not accounts.are_kept:
        raise InputError(f"there are no accounts in '{accounts.file}'; drafter users add NAME --role admin makes one.")
    if accounts.are_kept:
        accounts.all(), accounts.session_key, accounts.left  # a fault in them is told now, not to the first person who logs in
    return accounts.are_kept or settings.proxy_user_header is not None


def _gated(desk: FastAPI, settings: Settings) -> ASGIApp:
    """The page behind its login; where a request came from and by which scheme is believed of trusted proxies alone."""
    from drafter.login import Gate, Proxy

    header = settings.proxy_user_header
    proxy = Proxy(settings.proxies, header, settings.proxy_role_header, settings.proxy_role) if header else None
    gate: Any = Gate(desk, Accounts(settings.accounts), proxy=proxy)
    passed: Any = ProxyHeadersMiddleware(gate, trusted_hosts=list(settings.proxies))
    return cast("ASGIApp", passed)


def _guard(host: str, workers: int, *, page: bool, asks: bool) -> None:
    try:
        away = not ip_address(host).is_loopback
    except ValueError:
        raise InputError(f"--host: '{host}' is not an address such as {HOST} or 0.0.0.0.") from None
    if page and away and not asks:
        raise InputError(
            f"--host {host}: the page has no login, and so it stays on this machine; "
            "drafter users add NAME --role admin makes one, and --no-page serves the API alone."
        )
    if page and workers > 1:
        raise InputError(f"--workers {workers}: the page lives in one process; --no-page serves the API alone.")


def _run(app: ASGIApp, settings: Settings, listener: socket.socket) -> None:
    server = uvicorn.Server(_config(app, settings))
    server.run(sockets=[listener])
    failure = getattr(getattr(getattr(app, "api", app), "state", None), "failure", None)
    if failure is not None:
        raise failure


def _config(app: ASGIApp | str, settings: Settings, **options: Any) -> uvicorn.Config:
    stop = settings.house.jobs.stop_seconds
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=stop,
        timeout_keep_alive=75,
        proxy_headers=False,
        **options,
    )


def _told(listener: socket.socket, page: bool) -> None:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"Drafter is at http://{shown}:{port}{'' if page else ', the API alone'} (Ctrl-C stops it)", flush=True)


def _warm(settings: Settings) -> None:
    """Check a text once: rules are compiled with the first, and nobody should wait for that.

    All that is there by now stays; to look through it for garbage would hold every caller up for a tenth of a second.
    """
    check("We're sorry for any inconvenience caused.", kind="apology", house=settings.house)
    gc.collect()
    gc.freeze()


def _model(settings: Settings) -> Any:
    """The model that the settings name, its answers kept with the jobs that ask; its client is loaded only where there is one."""
    if not settings.has_model:
        return None
    from drafter.model import Model

    return Model(settings, keep=keep)


def _page(service: Service) -> FastAPI:
    """The page; gradio is loaded only where it is served."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # read when gradio is imported
    import gradio as gr

    from drafter.ui.look import CSS, THEME
    from drafter.ui.site import site
    from drafter.ui.workbench import Desk

    app = FastAPI(title="Drafter", docs_url=None, redoc_url=None, openapi_url=None, telemetry=SILENT)
    options: dict[str, Any] = {"footer_links": [], "theme": THEME, "css": CSS, "ssr_mode": False, "run_history": False}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode", UserWarning)  # it warns that it is off, which it is told to be
        mounted: FastAPI = gr.mount_gradio_app(
            app, site(Desk(service.writer, service.store, service.jobs, _examples())), "/", server_name=HOST, **options
        )
    return mounted


def _examples() -> dict[str, Path]:
    """The incidents to start from, by name: in the wheel beside this file, in a checkout beside the package."""
    here = Path(__file__).parent
    folder = next((folder for folder in (here / "_examples", here.parent / "examples") if folder.is_dir()), None)
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))} if folder else {}
