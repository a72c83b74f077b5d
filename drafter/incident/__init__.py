"""The facts of a mistake: Incident and its parts, read from YAML, JSON or keyword arguments."""

from drafter.incident.approved import Approved, unapproved
from drafter.incident.correction import Correction
from drafter.incident.facts import Role, State, Stated
from drafter.incident.incident import ACCEPTED, KIND_FAULTS, Incident, derived_kind
from drafter.incident.money import Money
from drafter.incident.parts import (
    PUBLIC,
    Action,
    Ask,
    Channel,
    Company,
    Customer,
    Decision,
    Fault,
    Impact,
    Kind,
    Locked,
    Message,
    Person,
    Problem,
    Remedy,
    RemedyKind,
    RemedyReason,
    Severity,
    Tone,
)
from drafter.incident.read import incident_from, parse_incident, plain_facts, read_incident, stored_incident

__all__ = [
    "ACCEPTED",
    "KIND_FAULTS",
    "PUBLIC",
    "Action",
    "Approved",
    "Ask",
    "Channel",
    "Company",
    "Correction",
    "Customer",
    "Decision",
    "Fault",
    "Impact",
    "Incident",
    "Kind",
    "Locked",
    "Message",
    "Money",
    "Person",
    "Problem",
    "Remedy",
    "RemedyKind",
    "RemedyReason",
    "Role",
    "Severity",
    "State",
    "Stated",
    "Tone",
    "derived_kind",
    "incident_from",
    "parse_incident",
    "plain_facts",
    "read_incident",
    "stored_incident",
    "unapproved",
]
