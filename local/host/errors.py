"""What stops a function app from starting, and how an invocation ends badly."""

from local.errors import LocalError


class AppError(LocalError):
    """The function app cannot run as it is: the base of what is found while loading it."""


class MissingSettingError(AppError):
    """A function names an app setting that the environment lacks."""

    def __init__(self, where: str, setting: str) -> None:
        super().__init__(f"{where} needs the app setting {setting!r}, which is not set.")


class UnsupportedError(AppError):
    """A function uses something that this host does not do."""

    def __init__(self, function: str, what: str) -> None:
        super().__init__(f"Function {function!r} uses {what}, which the development host does not support.")


class InvocationError(Exception):
    """A function raised or timed out; it has been logged already."""
