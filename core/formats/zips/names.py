"""Names in an archive become files on somebody's disk, so a blob's path is made harmless first.

What could leave the folder, or means something else there, is percent-encoded.
"""

import re

_DANGEROUS = re.compile(
    r"[\x00-\x1f\x7f\\:]"  # control characters, folders and drives of Windows
    r"|^/|(?<=/)/|/\Z"  # slashes that separate nothing
    r"|(?:^|(?<=/))\.{1,2}(?=/|\Z)"  # this folder, the folder above
    r"|%(?=[0-9A-Fa-f]{2})"  # what `original` would take for one of these
)
_ENCODED = re.compile(r"%(?:[01][0-9A-F]|7F|5C|3A|2F|2E|25(?=[0-9A-Fa-f]{2}))")


def safe_name(path: str) -> str:
    """The path as a name in an archive: relative, inside its folder, another for every other path."""
    return _DANGEROUS.sub(lambda found: "".join(f"%{ord(character):02X}" for character in found[0]), path)


def original(name: str) -> str:
    """The path of which `safe_name` made this name."""
    return _ENCODED.sub(lambda found: chr(int(found[0][1:], 16)), name)
