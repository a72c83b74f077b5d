"""Jobs: durable work. A process that is killed repeats at most the call in flight; more machines share the same queues."""

from drafter.jobs.durable import keep
from drafter.jobs.jobs import Jobs

__all__ = ["Jobs", "keep"]
