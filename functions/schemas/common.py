"""What every part of the API says: pages of a list, and problems."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """Part of a list, and the cursor of the rest."""

    items: list[T]
    next: str | None = None


class Problem(BaseModel):
    """RFC 9457. Other fields say what the problem is about."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str


PROBLEMS: dict[int | str, dict[str, Any]] = {"default": {"model": Problem, "description": "What went wrong"}}
