"""What schemathesis is told of formats that it does not know, so that it sends values of them."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.format("sf-string", st.from_regex(r'"[ !#-\[\]-~]{1,255}"', fullmatch=True))  # a string of RFC 8941
