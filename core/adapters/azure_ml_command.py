"""A job in Azure ML's words: its command line, where its files are, and how listed blobs get to their paths.

Azure ML mounts folders of datastores; it does not place single blobs. For a list of blobs the job therefore
gets their common folder, mounted whatever was asked for (downloading would fetch everything in it), and a
JSON list of paths; a line of Python in front of the program makes a folder of links from both.
"""

import json
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from core.domain.errors import Invalid, Unsupported
from core.domain.jobs import BlobFiles, BlobFolder, JobSpec, split_argument

IMAGE_PROGRAMS = "/opt/tagwerk/aml_jobs"
"""Where an image that holds the jobs' programs has them."""
LINKS = "listed"
"""The folder of links, in the job's working folder."""

_PLAIN = re.compile(r"[A-Za-z0-9._~-]+")
_LINK = (
    "import json,os,sys;"
    "listed,root,to=sys.argv[1:];"
    "places=[(os.path.join(to,path),os.path.join(root,name))"
    " for path,name in json.load(open(listed)).items()];"
    "[(os.makedirs(os.path.dirname(new),exist_ok=True),os.path.lexists(new) or os.symlink(old,new))"
    " for new,old in places]"
)


@dataclass(frozen=True, slots=True)
class Container:
    """A container of a storage account in Azure, and the datastore that Azure ML knows it by."""

    account: str
    endpoint: str
    name: str

    @classmethod
    def at(cls, address: str) -> "Container":
        """From the container's address. Raises Unsupported for storage that is not in Azure."""
        parts = urlsplit(address)
        account, blob, endpoint = (parts.hostname or "").partition(".blob.")
        name = parts.path.strip("/")
        if parts.scheme != "https" or not blob or not name or "/" in name:
            raise Unsupported(f"Azure ML reads blob storage in Azure only, not '{address}'.")
        return cls(account, endpoint, name)

    @property
    def datastore(self) -> str:
        """The datastore's name: letters, digits and underscores, the same for everybody."""
        return "tagwerk_" + re.sub(r"[^a-z0-9]", "_", f"{self.account}_{self.name}".lower())

    def path(self, name: str) -> str:
        """The address of a blob or folder in the datastore."""
        return f"azureml://datastores/{self.datastore}/paths/{name}"


def split_address(uri: str) -> tuple[str, str]:
    """The address of a blob or folder in two: its container's, and its name there."""
    parts = urlsplit(uri)
    container, _, name = parts.path.lstrip("/").partition("/")
    return f"{parts.scheme}://{parts.netloc}/{container}", unquote(name)


def folder_of(files: BlobFiles) -> BlobFolder:
    """The innermost folder that holds every listed blob, among those whose names are plain in an address."""
    parents = [PurePosixPath(name).parent.parts for name in files.names.values()]
    shared: list[str] = []
    for level in zip(*parents, strict=False):
        if len(set(level)) > 1 or not _PLAIN.fullmatch(level[0]):
            break
        shared.append(level[0])
    return BlobFolder(files.container, "".join(f"{part}/" for part in shared))


def listing(files: BlobFiles) -> bytes:
    """The list that the job reads: names below the common folder, by path. Raises Invalid."""
    prefix = folder_of(files).prefix
    for path in files.names:
        if ".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute():
            raise Invalid(f"'{path}' is no path for a job's file: it leads out of the job's folder.")
    names = {path: name.removeprefix(prefix) for path, name in files.names.items()}
    return json.dumps(names, ensure_ascii=False).encode()


def list_name(name: str) -> str:
    """What the list of an input's blobs is called among the job's inputs."""
    return f"{name}_list"


def command_line(spec: JobSpec, programs: str) -> str:
    """For a shell. Names of inputs and outputs, which Azure ML fills in, stand outside quotes."""
    listed = [name for name, each in spec.inputs.items() if isinstance(each.source, BlobFiles)]
    program = shlex.quote(f"{programs}/{spec.program}" if programs else spec.program)
    words = ["python", program, *(_word(argument, listed) for argument in spec.arguments)]
    return " && ".join([*(_link(name) for name in listed), " ".join(words)])


def _word(argument: str, listed: Iterable[str]) -> str:
    if not argument:
        return "''"
    return "".join(
        f"{LINKS}/{text}"
        if side == "inputs" and text in listed
        else f"${{{{{side}.{text}}}}}"
        if side
        else shlex.quote(text)
        for side, text in split_argument(argument)
    )


def _link(name: str) -> str:
    places = f"${{{{inputs.{list_name(name)}}}}} ${{{{inputs.{name}}}}} {LINKS}/{name}"
    return f"mkdir -p {LINKS}/{name} && python -c {shlex.quote(_LINK)} {places}"
