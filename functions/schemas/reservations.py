"""Reservations, as the API says them."""

from pydantic import BaseModel, ConfigDict, Field


class ReservationIn(BaseModel):
    """A part of the project: what is under a path pattern, or prelabeled with one of these labels."""

    model_config = ConfigDict(extra="forbid")

    labelers: list[str] = Field(min_length=1)
    path: str | None = None
    labels: list[str] = Field(default_factory=list)


class ReservationsIn(BaseModel):
    """All reservations that are to be."""

    model_config = ConfigDict(extra="forbid")

    reservations: list[ReservationIn]


class ReservationOut(ReservationIn):
    """A reservation."""

    id: str
