"""Where in the app's container blobs are that can be made anew: Azure deletes them when they are old.

A lifecycle rule cannot name a folder in the middle of a path, so these are beside their projects' folders.
infra/names.json tells the rules.
"""

EXPORTS = "exports/"
RENDITIONS = "renditions/"


def export_prefix(project: str) -> str:
    """The folder of a project's exported files, but for those that are data assets: these stay."""
    return f"{EXPORTS}{project}/"


def rendition_prefix(project: str) -> str:
    """The folder of what browsers can show of a project's images."""
    return f"{RENDITIONS}{project}/"
