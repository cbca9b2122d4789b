"""Every log record of the process says what was being worked on, and none what people wrote.

An exception's text may quote whatever was at hand: a label, a line of a file, an address that opens a blob.
So a record tells where an exception came from, its types and numbers, but not its text. This holds for the
records of libraries too, whoever handles them.
"""

import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any

from core.domain.work import present

QUIET = ("azure", "aiohttp", "httpx", "msal", "opentelemetry", "urllib3")
"""Libraries that log each request and reply, of which only warnings are of use."""

_ASGI = "_http_asgi"  # azure.functions logs, at DEBUG and as nobody, every reply with its body
_FACTS = ("status_code", "error_code", "errno")
_PACKAGES = f"{os.sep}site-packages{os.sep}"

_Exception = tuple[type[BaseException], BaseException, TracebackType | None]
_Factory = Callable[..., logging.LogRecord]


def tell_work() -> None:
    """Have all log records made from now on so. Doing it twice does no harm."""
    known = logging.getLogRecordFactory()
    if not isinstance(known, _Records):
        logging.setLogRecordFactory(_Records(known))
        logging.getLogger().addFilter(_no_bodies)
        for library in QUIET:
            logging.getLogger(library).setLevel(logging.WARNING)


class _Records:
    """Makes records by another factory."""

    def __init__(self, make: _Factory) -> None:
        self._make = make

    def __call__(
        self,
        name: str,
        level: int,
        path: str,
        line: int,
        message: object,
        args: Any,
        exception: Any = None,
        *rest: Any,
        **more: Any,
    ) -> logging.LogRecord:
        if name == "asyncio" and not args:  # below it prints tasks, with their results and exceptions
            message = str(message).partition("\n")[0]
        record = self._make(name, level, path, line, message, args, None, *rest, **more)
        fields = vars(record)
        work = present()
        if work is not None:
            fields.update(work.ids())
        error = _found(exception)
        if error is not None:
            fields.update(described(error))
            record.exc_text = str(fields["exception.stacktrace"])
        return record


def described(error: BaseException) -> Mapping[str, str]:
    """An exception by its type and where it came from, as OpenTelemetry calls that."""
    trail = "\n".join(_trail(error))
    return {"exception.type": type(error).__name__, "exception.stacktrace": trail}


def _found(exception: Any) -> BaseException | None:
    """Of what a logger hands over: an exception, three things, or nothing."""
    if isinstance(exception, BaseException):
        return exception
    given: _Exception | tuple[None, None, None] = exception or (None, None, None)
    return given[1]


def _trail(error: BaseException | None) -> Iterator[str]:
    """The exception and those before it, the last first, each with its frames from the innermost out."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        facts = [
            f"{name}={getattr(error, name)}"
            for name in _FACTS
            if isinstance(getattr(error, name, None), int | str)
        ]
        yield " ".join([type(error).__name__, *facts])
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            yield f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(path: str) -> str:
    """A file by its place below whatever it was found in."""
    if _PACKAGES in path:
        return path.partition(_PACKAGES)[2]
    roots = (each for each in sys.path if each and path.startswith(each + os.sep))
    return path.removeprefix(max(roots, key=len, default="")).lstrip(os.sep)


def _no_bodies(record: logging.LogRecord) -> bool:
    return record.module != _ASGI
