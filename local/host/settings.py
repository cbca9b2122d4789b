"""App settings: `%NAME%` in bindings, and connections by name."""

from collections.abc import Mapping

from local.host.errors import AppError, MissingSettingError


def resolve(text: str, settings: Mapping[str, str], where: str) -> str:
    """Replace each `%NAME%` in `text` by the app setting of that name, once: values are not searched again.

    Raises MissingSettingError for an unknown name and AppError for a `%` without its partner.
    """
    parts = text.split("%")
    if len(parts) % 2 == 0:
        raise AppError(f"{where} has an unclosed % in {text!r}.")
    return "".join(_value(part, settings, where) if i % 2 else part for i, part in enumerate(parts))


def connection(name: str, settings: Mapping[str, str], where: str) -> str:
    """The connection string that a binding's `connection` names: `<name>` or `AzureWebJobs<name>`."""
    value = settings.get(name) or settings.get(f"AzureWebJobs{name}")
    if not value:
        raise MissingSettingError(where, name)
    return value


def _value(name: str, settings: Mapping[str, str], where: str) -> str:
    if name not in settings:
        raise MissingSettingError(where, name)
    return settings[name]
