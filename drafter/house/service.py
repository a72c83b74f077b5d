"""The tables of a settings file that are about the service: its jobs, and what its page shows."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class JobsTable(BaseModel):
    """The `[jobs]` table: how many drafts are written at once and how soon a job starts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_once: int = Field(default=4, ge=1, le=64)  # drafts that one process writes at the same time
    at_once_everywhere: int | None = Field(default=None, ge=1)  # drafts that all machines together write at the same time
    per_minute: int | None = Field(default=None, ge=1)  # drafts begun in any minute, on all machines together
    poll_seconds: float = Field(default=0.1, ge=0.01, le=10)  # between two looks for drafts to write; five times that for the rest
    stop_seconds: int = Field(default=20, ge=0, le=600)  # that running jobs have to end when the service stops
    round_seconds: float = Field(default=5, ge=0.1, le=60)  # between two looks for what others have left
    gone_seconds: float = Field(default=30, ge=1, le=3600)  # of silence, after which a worker elsewhere is taken to be gone


class InsightsTable(BaseModel):
    """The `[insights]` table: whether figures are also shown by person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by_person: bool = False
