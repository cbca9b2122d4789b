"""What a terminal shows of a log record."""

import logging
import re

from local.host.log_lines import LogLines


def _line(fields: dict[str, str], level: int = logging.INFO) -> str:
    record = logging.LogRecord("app", level, "app.py", 1, "It %s.", ("works",), None)
    vars(record).update(fields)
    return re.sub(r"^[\d:]{8}", "TIME", LogLines().format(record))


def test_an_apps_own_fields_stand_behind_the_text() -> None:
    assert _line({}) == "TIME INFO    It works."
    line = _line({"tagwerk.project": "p1", "tagwerk.run": "r2", "other": "x"}, logging.ERROR)
    assert line == "TIME ERROR   It works. [project=p1 run=r2]"


def test_what_an_exception_left_stands_below() -> None:
    trail = "KeyError\n  app.py:3 in main"
    line = _line({"exc_text": trail, "exception.type": "KeyError", "exception.stacktrace": trail})
    assert line == f"TIME INFO    It works. [type=KeyError]\n{trail}"
