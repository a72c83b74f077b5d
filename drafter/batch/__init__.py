"""Many customers, one incident: shared facts and a table of customers become one checked letter each."""

from drafter.batch.folder import STATUSES, Folder, Outcome, Shape, Status
from drafter.batch.merge import Merge
from drafter.batch.run import Batch, run
from drafter.batch.same import Same
from drafter.batch.table import ENCODINGS, Row, Table

__all__ = ["ENCODINGS", "STATUSES", "Batch", "Folder", "Merge", "Outcome", "Row", "Same", "Shape", "Status", "Table", "run"]
