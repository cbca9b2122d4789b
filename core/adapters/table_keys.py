"""Any text as a table key: Azure Tables forbid `/`, `\\`, `#`, `?` and control characters in keys."""

from urllib.parse import quote, unquote

_SAFE = "!$&'()*+,;=:@ "


def safe_key(text: str) -> str:
    """The text with what a key cannot hold percent-encoded, `%` itself as `=25` so that URLs stay simple."""
    return quote(text, safe=_SAFE.replace("=", "")).replace("%", "=")


def unsafe_key(key: str) -> str:
    """The text of which `safe_key` made this."""
    return unquote(key.replace("=", "%"))
