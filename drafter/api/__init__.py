"""The HTTP API under /v1: everything that a helpdesk or a script can ask of Drafter."""

from drafter.api.app import SILENT, create_api
from drafter.api.service import Service

__all__ = ["SILENT", "Service", "create_api"]
