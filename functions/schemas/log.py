"""The log, as the API says it."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from core.domain.log import Detail, Happened


class LogEntryOut(BaseModel):
    """One thing that happened. `user` is empty for what Tagwerk did by itself; `name` is theirs today."""

    id: str
    at: datetime
    user: str
    name: str | None
    what: Happened
    details: Mapping[str, Detail]
