"""A file of facts to start from: what a ticket gave, with the open questions as comments."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from drafter.incident import Incident
    from drafter.ticket import Question


def starter(incident: Incident, asked: Sequence[Question]) -> str:
    """The incident as YAML that a person completes: company and signer are theirs to write, questions stand on top."""
    facts = incident.model_dump(mode="json", exclude_defaults=True, exclude={"as_of", "kind", "company", "signer", "thread"})
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    out.write("# Read from a ticket. Write who answers and who signs, and answer what you can of these:\n")
    out.writelines(f"#   {question.key}: {question.text}\n" for question in asked)
    out.write("# company: who answers\n# signer: who signs\n")
    yaml.dump({key: _bare(value) for key, value in facts.items()}, out)
    return out.getvalue()


def _bare(value: Any) -> Any:
    """The value without the ids that are made from its place."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key != "id"}
    return [_bare(item) for item in value] if isinstance(value, list) else value
