"""Put back what is in the file of a backup."""

from collections.abc import AsyncIterable, AsyncIterator

from core.domain.backups import Belongings
from core.domain.errors import InvalidFile
from core.domain.people import User
from core.formats.backup_files import PackedBlob, PackedRows, Part
from core.logic.backing_up import is_project_id, is_within
from core.ports import Ports
from core.usecases.back_up_project import SMALL_BYTES, backed_up_folders
from core.usecases.crew import Crew

HANDS = 8
"""A thousand rows, or a small blob, in each."""


def check_belongings(belongings: Belongings, project: str) -> None:
    """Raises InvalidFile for those of another project, or of none that could be restored."""
    found = belongings.project
    owners = {found.id, *(member.project for member in belongings.members)}
    owners |= {invitation.project for invitation in belongings.invitations}
    if owners != {project} or not is_project_id(project) or not found.under_way:
        raise InvalidFile("The backup is not of the project that it says, or was changed.")


async def put_parts_back(ports: Ports, project: str, parts: AsyncIterable[Part]) -> None:
    """Store the rows and blobs among the parts. Raises InvalidFile for a blob that is not the project's."""
    async with Crew(HANDS) as crew:
        async for part in parts:
            if isinstance(part, PackedRows):
                await crew.begin(ports.rows.put(project, part.rows))
            elif isinstance(part, PackedBlob):
                check_blob(part, project)
                await _put_blob(ports, crew, part)


def check_blob(blob: PackedBlob, project: str) -> None:
    """Raises InvalidFile for a blob that is not in the project's folders."""
    if not is_within(blob.name, backed_up_folders(project)):
        raise InvalidFile(f"The backup has a blob '{blob.name}', which is none of its project's.")


async def put_belongings_back(ports: Ports, belongings: Belongings) -> None:
    """Store who belongs to the project, and where its data are, unless this deployment knows better."""
    known = {datastore.name for datastore in await ports.datastores.all()}
    if belongings.datastore.name not in known:
        await ports.datastores.put(belongings.datastore)
    there = await ports.people.find(belongings.people)
    for user, person in belongings.people.items():
        if user not in there:
            await ports.people.remember(User(user, person.name, person.email, administrator=False))
    for member in belongings.members:
        await ports.members.put(member)
    for invitation in belongings.invitations:
        await ports.invitations.put(invitation)


async def _put_blob(ports: Ports, crew: Crew, blob: PackedBlob) -> None:
    """A small one goes beside others; a large one is passed on as it comes."""
    container, chunks = ports.limits.app_container, aiter(blob.chunks)
    begun = bytearray()
    async for chunk in chunks:
        begun += chunk
        if len(begun) > SMALL_BYTES:
            break
    data = bytes(begun)
    if len(data) <= SMALL_BYTES and blob.filename is None:
        await crew.begin(_write(ports, blob, data))
        return
    whole = _chained(data, chunks)
    await ports.blobs.upload(container, blob.name, whole, blob.content_type, blob.filename)


async def _write(ports: Ports, blob: PackedBlob, data: bytes) -> None:
    await ports.blobs.write(ports.limits.app_container, blob.name, data, content_type=blob.content_type)


async def _chained(begun: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield begun
    async for chunk in rest:
        yield chunk
