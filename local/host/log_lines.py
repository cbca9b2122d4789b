"""Log lines for a terminal: the time, the level when it is not INFO, the text, and an app's own fields."""

import logging

FIELD_MAX = 100


class LogLines(logging.Formatter):
    """A formatter that prints an app's own fields, those with dotted names, behind the text."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's name
        """The line without what follows about an exception."""
        fields = {name: str(value) for name, value in vars(record).items() if "." in name}
        told = [
            f"{name.rpartition('.')[2]}={value}"
            for name, value in fields.items()
            if len(value) <= FIELD_MAX and "\n" not in value
        ]
        return " ".join([super().formatMessage(record), *([f"[{' '.join(told)}]"] if told else [])])
