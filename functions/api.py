"""The HTTP API: every router, and how errors are told."""

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp

from functions.http import (
    agreement,
    backups,
    cost,
    dashboard,
    data,
    exports,
    imports,
    instructions,
    items,
    labels,
    log,
    members,
    meta,
    operations,
    page,
    people,
    projects,
    reservations,
    runs,
    tasks,
    webhooks,
)
from functions.problems import add_problem_handlers
from functions.schemas.common import PROBLEMS
from functions.services import Services
from functions.version import VERSION
from functions.working import Working

ROUTERS = (
    meta,
    projects,
    members,
    people,
    instructions,
    labels,
    operations,
    agreement,
    reservations,
    data,
    tasks,
    items,
    runs,
    cost,
    dashboard,
    exports,
    imports,
    log,
    webhooks,
    backups,
    page,
)

BODY_BYTES_MAX = 16 * 1024 * 1024


UNTOLD = TelemetryConfig(
    tracing=False, metrics=False, logs=False, operation_spans=False, auto_configure=False
)
"""FastAPI tells query strings and what exceptions say. `Working` tells what operators need."""


class _Api(FastAPI):
    """An app whose errors, too, are handled while it is known what was worked on."""

    def build_middleware_stack(self) -> ASGIApp:
        """Everything that FastAPI puts around the routes, and a work around that."""
        return Working(super().build_middleware_stack(), lambda: self.state.services)


def create_api(services: Services) -> FastAPI:
    """The API over these services."""
    app = _Api(
        telemetry=UNTOLD,
        title="Tagwerk",
        version=VERSION,
        summary="The data labeling platform that runs in your own Azure subscription.",
        openapi_url="/api/openapi.json",
        docs_url="/api/docs",
        redoc_url=None,
        responses=PROBLEMS,
        max_body_size=BODY_BYTES_MAX,
    )
    app.state.services = services
    add_problem_handlers(app)
    for resource in ROUTERS:
        app.include_router(resource.router)
    return app
