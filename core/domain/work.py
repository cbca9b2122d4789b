"""What is being worked on right now: so that logs, traces, metrics and bills can say whose it was.

A call of the app (a request, a message, a timer) opens a work, and whoever finds out more about it says so.
It follows the call into the tasks that it starts, and decides nothing: without it, everything works the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

PROJECT, TASK, RUN = "tagwerk.project", "tagwerk.task", "tagwerk.run"

_present: ContextVar["Work | None"] = ContextVar("work", default=None)


@dataclass(slots=True)
class Work:
    """A call of the app, by the function or route that was called, and the ids of what it is about.

    `trace` is the W3C traceparent of the step that is under way, for whatever goes on elsewhere.
    """

    name: str
    project: str | None = None
    task: str | None = None
    run: str | None = None
    trace: str | None = None

    def ids(self) -> dict[str, str]:
        """What it is about, as far as that is known, by the names that logs and traces have for it."""
        known = {PROJECT: self.project, TASK: self.task, RUN: self.run}
        return {name: value for name, value in known.items() if value is not None}


@contextmanager
def working(name: str) -> Iterator[Work]:
    """A new work until the end of the block."""
    work = Work(name)
    token = _present.set(work)
    try:
        yield work
    finally:
        _present.reset(token)


@contextmanager
def working_in(project: str, *, run: str | None = None, trace: str | None = None) -> Iterator[None]:
    """The same work, as far as it is about one of several projects, or a run of it, until the end of the
    block. Whatever follows from that belongs to `trace`, if there is one."""
    known = _present.get()
    inner = replace(known, project=project, run=run, trace=trace or known.trace) if known else None
    token = _present.set(inner)
    try:
        yield
    finally:
        _present.reset(token)


def about(*, project: str | None = None, task: str | None = None, run: str | None = None) -> None:
    """Say what the present work is about. What is None stays as it is known."""
    work = _present.get()
    if work is not None:
        work.project = project or work.project
        work.task = task or work.task
        work.run = run or work.run


def present() -> Work | None:
    """The present work, if anybody opened one."""
    return _present.get()


def present_trace() -> str | None:
    """The traceparent of the present work."""
    work = _present.get()
    return work.trace if work else None
