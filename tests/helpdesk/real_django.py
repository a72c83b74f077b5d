"""A real django-helpdesk on this machine: `make helpdesk` installs it once, a test starts a fresh one in a second or two.

`python -m tests.helpdesk.real_django` does what `make helpdesk` does.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

HOME = ROOT / ".cache" / "helpdesk"
PYTHON = HOME / "venv" / "bin" / "python"
SITE = HOME / "site-2.6.1"
USER = "bot:helpdeskpass"
_SETTINGS = """
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles", "django.contrib.sites", "django.contrib.admin", "django.contrib.humanize",
    "rest_framework", "django_cleanup.apps.CleanupConfig", "helpdesk",
]
SITE_ID = 1
HELPDESK_TEAMS_MODE_ENABLED = False
LOGIN_URL = "helpdesk:login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "helpdesk:home"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(BASE_DIR / "mail")
MEDIA_ROOT = str(BASE_DIR / "media")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real ones are slow on purpose, on every request
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.BasicAuthentication"]}
"""
_URLS = """
from django.contrib import admin
from django.urls import include, path
urlpatterns = [path("admin/", admin.site.urls), path("", include("helpdesk.urls", namespace="helpdesk"))]
"""
_QUEUE = """
from helpdesk.models import Queue
Queue.objects.create(title="Support", slug="support", allow_public_submission=True, email_address="support@desk.example")
"""


@dataclass(frozen=True)
class RealDesk:
    """A running one: its address and folder."""

    url: str
    folder: Path

    @property
    def mails(self) -> list[str]:
        """Every mail that it sent."""
        return [path.read_text(encoding="utf-8") for path in sorted((self.folder / "mail").glob("*"))]

    def call(self, path: str, data: dict[str, Any] | None = None) -> Any:
        """What its API answers, to the staff user."""
        headers = {"Authorization": f"Basic {b64encode(USER.encode()).decode()}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, json.dumps(data).encode() if data else None, headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def page(self, path: str) -> str:
        """What a visitor who is not signed in sees."""
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return str(answer.read().decode())

    def open_ticket(self, title: str, text: str) -> str:
        """The number of a new ticket of Ana's."""
        data = {"queue": 1, "title": title, "description": text, "submitter_email": "ana@customer.example", "priority": 2}
        return str(self.call("/api/tickets/", data)["id"])

    def title(self, ticket: str) -> str:
        """The title of a ticket."""
        return str(self.call(f"/api/tickets/{ticket}/")["title"])

    def reply(self, ticket: str, text: str) -> None:
        """Answer the customer as an agent."""
        self.call("/api/followups/", {"ticket": int(ticket), "comment": text, "public": True})

    def drafts(self, ticket: str) -> list[bool]:
        """For each follow-up of a ticket that holds a draft, whether the customer sees it."""
        rows = self.call(f"/api/tickets/{ticket}/")["followup_set"]
        return [row["public"] for row in rows if "drafter:dr_" in (row["comment"] or "")]


def install() -> None:
    """Install it with its own packages, and lay out a site with a queue and a staff user."""
    if not PYTHON.exists():
        venv.create(HOME / "venv", with_pip=True)
    run = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "django-helpdesk==2.6.1", "Django==5.2.19"]
    subprocess.run(run, check=True)
    if SITE.exists():
        return
    made = SITE.with_suffix(".part")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    subprocess.run([str(PYTHON), "-m", "django", "startproject", "desk", str(made)], check=True)
    with (made / "desk" / "settings.py").open("a", encoding="utf-8") as file:
        file.write(_SETTINGS)
    (made / "desk" / "urls.py").write_text(_URLS, encoding="utf-8")
    manage = [str(PYTHON), "manage.py"]
    for command in (
        ["migrate", "-v0"],
        ["loaddata", "-v0", "emailtemplate.json"],
        ["createsuperuser", "--noinput", "--username", "bot", "--email", "bot@desk.example"],
        ["shell", "-v0", "-c", _QUEUE],
    ):
        subprocess.run([*manage, *command], cwd=made, check=True, env={**os.environ, "DJANGO_SUPERUSER_PASSWORD": USER.split(":")[1]})
    made.rename(SITE)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(folder: Path, webhook: str = "", *, port: int | None = None) -> Iterator[RealDesk]:
    """One in a folder, which calls `webhook` for each new ticket and follow-up: a fresh one, or the one that ran there before.

    `install` was run once.
    """
    if not folder.exists():
        shutil.copytree(SITE, folder)
    port = port or free_port()
    hooks = {f"HELPDESK_{name}_WEBHOOK_URLS": webhook for name in ("NEW_TICKET", "FOLLOWUP")} if webhook else {}
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [str(PYTHON), "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=folder,
            env={**os.environ, **hooks},
            stdout=log,
            stderr=log,
        )
    try:
        desk = RealDesk(f"http://127.0.0.1:{port}", folder)
        _wait(desk, process)
        yield desk
    finally:
        process.terminate()
        process.wait(20)


def _wait(desk: RealDesk, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert process.poll() is None, (desk.folder / "run.log").read_text(encoding="utf-8")
        try:
            desk.page("/login/")
            return
        except urllib.error.URLError:
            time.sleep(0.25)
    raise AssertionError("django-helpdesk did not start: " + (desk.folder / "run.log").read_text(encoding="utf-8"))


if __name__ == "__main__":
    try:
        install()
    except subprocess.CalledProcessError as error:
        sys.exit(f"django-helpdesk could not be installed: {error}")
