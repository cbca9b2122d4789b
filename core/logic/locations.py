"""Where a file says an image or text lies, read as paths that an item may have.

Understood are plain paths, and the addresses of Azure ML (`AmlDatastore://`, `azureml://`), Azure Storage
(`https://`, `wasbs://`, `abfss://`; Azurite), S3, Google Cloud Storage, Label Studio, and local files. Which
datastore, bucket or container an address names is left aside: data is copied, and what counts is the path.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

_FORMS = tuple(
    re.compile(form, re.DOTALL | re.IGNORECASE)
    for form in (
        r"(?:https?://[^/]+)?/data/upload/(?:\d+/)?(?P<uploaded>[^?]*)",
        r"(?:https?://[^/]+)?/data/local-files/\?d=(?P<path>.*)",
        r"AmlDatastore://[^/]*/(?P<path>.*)",
        r"azureml://(?:.*?/)?datastores/[^/]*/paths/(?P<path>.*)",
        r"https?://[^/]+\.(?:blob|dfs)\.core\.[^/]+/[^/]+/(?P<path>[^?]*)",
        r"https?://[^/]+:\d+/devstoreaccount\d+/[^/]+/(?P<path>[^?]*)",
        r"file://[^/]*/(?P<path>.*)",
        r"[a-z][a-z0-9+.-]+://[^/]*/(?P<path>[^?]*)",
    )
)
"""The first that fits counts; `uploaded` are files that Label Studio has given a name of its own."""

_UPLOAD_MARK = re.compile(r"[0-9a-f]{8}-")


def paths(location: str) -> tuple[str, ...]:
    """The paths that a location may stand for, likeliest first: as it is, its path, its path percent-decoded.

    So a file that is really named `a%2Fb.jpg` comes before `a/b.jpg`. There is one path at least, and no
    path twice; none but the first begins with `/` or `./`.
    """
    return tuple(dict.fromkeys(_read(location)))


def blob_path(location: str) -> str:
    """The one path in a container that an address means, or the plain path itself.

    Web addresses are percent-encoded; those of Azure ML and S3 name blobs as they are.
    """
    fit = _fit(location)
    if fit is None:
        return _relative(location)
    path = fit[fit.lastindex or 0]
    return _relative(unquote(path) if location[:4].lower() == "http" else path)


def _read(location: str) -> Iterator[str]:
    yield location
    fit = _fit(location)
    if fit is None:
        given, uploaded = location, False
    else:
        given, uploaded = fit[fit.lastindex or 0], "uploaded" in fit.groupdict()
    for path in (given, unquote(given)):
        plain = _relative(path.replace("\\", "/"))
        yield from (_relative(path), plain)
        if uploaded and _UPLOAD_MARK.match(plain):
            yield _UPLOAD_MARK.sub("", plain, count=1)


def _fit(location: str) -> re.Match[str] | None:
    for form in _FORMS:
        if found := form.match(location):
            return found
    return None


def _relative(path: str) -> str:
    while path.startswith(("/", "./")):
        path = path.partition("/")[2]
    return path
