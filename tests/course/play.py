"""Plays incidents from first word to follow-up: run `python -m tests.course.play` to write their letters anew, and read the difference."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from tests.api.server import Server
from tests.shell import run

PLAYED = Path(__file__).parent / "played"
Sent = list[tuple[str, str, str]]  # when, what kind, the words


def played(name: str) -> dict[str, Any]:
    """A script: the first facts, and what happens when; `problem` changes facts, `send` is the kind of message that is due."""
    yaml = YAML(typ="safe")
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))  # moments as they were typed
    found: dict[str, Any] = yaml.load(PLAYED / f"{name}.yaml")
    return found


def names() -> list[str]:
    """The scripts that there are."""
    return sorted(path.stem for path in PLAYED.glob("*.yaml"))


def golden(sent: Sent) -> str:
    """The messages of a course as their file holds them."""
    return "\n".join(f"=== {when}: {kind}\n\n{text}\n" for when, kind, text in sent)


def next_facts(facts: dict[str, Any], step: dict[str, Any]) -> dict[str, Any]:
    """The facts after a step."""
    first, *rest = facts["problems"]
    return {**facts, "as_of": step["at"], **step.get("facts", {}), "problems": [{**first, **step["problem"]}, *rest]}


def by_command(name: str, folder: Path) -> Sent:
    """The messages of a script that is played with the commands, each sent as it was written."""
    script, sent = played(name), Sent()
    facts, version = script["facts"], 1
    opened = _command("open", _file(folder, facts), "--title", script["title"], "--noticed", script["noticed"])
    incident = opened["id"]
    for step in script["steps"]:
        at = ("--at", step["at"], "--by", "ellen")
        if "problem" in step:
            facts = next_facts(facts, step)
            version = _command("update", incident, _file(folder, facts), "--version", str(version), "--no-draft", *at)["version"]
        elif "send" in step:
            made = _command("update", incident, "--model", "none", *at)
            flags = [one["message"] for one in made["draft"]["findings"] if one["severity"] != "suggestion"]
            assert flags == [], f"{step}: {flags}"
            _command("sent", made["draft_id"], *at)
            sent.append((step["at"], step["send"], made["draft"]["text"]))
        elif "kept" in step:
            promise = next(one["id"] for one in _command("show", incident)["promises"] if one["words"].lower().startswith(step["kept"]))
            assert run("incident", "promise", "kept", promise, step["how"], *at).exit_code == 0
            version += 1
        elif "note" in step:
            assert run("incident", "note", incident, step["note"], "--as", step["as"], *at).exit_code == 0
        else:
            _command("move", incident, step["state"], *at)
    kinds = [message["kind"] for message in _command("show", incident)["sent"]]
    assert kinds == [step["send"] for step in script["steps"] if "send" in step], kinds
    return sent


def by_http(name: str, server: Server) -> Sent:
    """The messages of a script that is played over HTTP, each sent as it was written."""
    script, sent = played(name), Sent()
    facts = script["facts"]
    zone = ZoneInfo(facts["timezone"])
    body = {"incident": facts, "title": script["title"], "noticed": _moment(script["noticed"], zone)}
    opened = _call(server, "POST", "/v1/incidents", body)
    place, version = f"/v1/incidents/{opened['id']}", 1
    for step in script["steps"]:
        at = {"at": _moment(step["at"], zone)}
        if "problem" in step:
            facts = next_facts(facts, step)
            version = _call(server, "PUT", f"{place}/facts", {"incident": facts, "version": version, **at})["version"]
        elif "send" in step:
            made = _call(server, "POST", f"{place}/drafts", at)
            _call(server, "POST", f"/v1/drafts/{made['id']}/sent", {"text": made["text"], **at})
            sent.append((step["at"], step["send"], made["text"]))
        elif "kept" in step:
            promises = _call(server, "GET", f"{place}/timeline")["promises"]
            promise = next(one["id"] for one in promises if one["words"].lower().startswith(step["kept"]))
            _call(server, "POST", f"/v1/promises/{promise}/kept", {"how": step["how"], **at})
            version += 1
        elif "note" in step:
            _call(server, "POST", f"{place}/entries", {"text": step["note"], "kind": step["as"], **at})
        else:
            _call(server, "POST", f"{place}/state", {"state": step["state"], **at})
    return sent


def _call(server: Server, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = server.call(method, path, body)
    assert answer.status_code < 300, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _moment(typed: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(typed).replace(tzinfo=zone).isoformat()


def _command(name: str, *arguments: str | Path) -> dict[str, Any]:
    done = run("incident", name, *arguments, "--format", "json")
    assert done.exit_code in (0, 1), f"{arguments}: {done.stderr or done.stdout}"
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _file(folder: Path, facts: dict[str, Any]) -> Path:
    path = folder / "facts.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    return path


def main() -> None:
    """Writes the messages of every script anew."""
    for name in names():
        with tempfile.TemporaryDirectory() as folder:
            os.environ["DRAFTER_DATABASE_URL"] = f"sqlite:///{folder}/drafter.db"
            (PLAYED / f"{name}.txt").write_text(golden(by_command(name, Path(folder))), encoding="utf-8")
    print(f"{len(names())} courses written to {PLAYED.name}")


if __name__ == "__main__":
    main()
