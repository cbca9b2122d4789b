"""Webhooks, as the API says them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.domain.log import Happened


class WebhookIn(BaseModel):
    """Who is to be told, and of what; no events means of everything."""

    model_config = ConfigDict(extra="forbid")

    url: str
    events: list[Happened] = Field(default_factory=list)


class WebhookPatch(BaseModel):
    """Changes to a webhook; a field that is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    url: str | None = None
    events: list[Happened] | None = None
    enabled: bool | None = None


class WebhookOut(BaseModel):
    """A webhook. `reason` says why Tagwerk disabled it."""

    id: str
    url: str
    events: list[Happened]
    enabled: bool
    reason: str | None
    created_at: datetime
    created_by: str


class NewWebhookOut(WebhookOut):
    """A webhook and its secret, which is never shown again."""

    secret: str


class DeliveryOut(BaseModel):
    """A message, which has its `id` on every attempt. `next_attempt` is null when there will be none."""

    id: str
    event: str
    at: datetime
    attempts: int
    status: int | None
    error: str | None
    next_attempt: datetime | None
