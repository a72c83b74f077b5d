"""The course of an incident, from the first notice to the debrief: what it is at, what is due, and what may be said next.

Knows no database and no clock of its own.
"""

from drafter.course.alert import QUESTIONS, alerts
from drafter.course.changes import Change, differences, editable
from drafter.course.due import Due, Step, due, promised, unmet
from drafter.course.kept import Decision, broken, dropped, handed, is_next_word, kept
from drafter.course.merge import Merged, merge
from drafter.course.message import kind_of, prepared
from drafter.course.states import STATES, missing, require
from drafter.course.values import Course, Entry, EntryKind, Exposed, Promise, PromiseState, SentMessage, State

__all__ = [
    "QUESTIONS",
    "STATES",
    "Change",
    "Course",
    "Decision",
    "Due",
    "Entry",
    "EntryKind",
    "Exposed",
    "Merged",
    "Promise",
    "PromiseState",
    "SentMessage",
    "State",
    "Step",
    "alerts",
    "broken",
    "differences",
    "dropped",
    "due",
    "editable",
    "handed",
    "is_next_word",
    "kept",
    "kind_of",
    "merge",
    "missing",
    "prepared",
    "promised",
    "require",
    "unmet",
]
