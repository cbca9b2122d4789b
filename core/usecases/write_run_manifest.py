"""Write what the jobs of a run read: what is to be learned, every item, and the answers that stand."""

from collections.abc import AsyncIterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from core.domain.errors import NotFound, Unreadable
from core.domain.items import Item, ItemStatus, item_id
from core.domain.jobs import BlobFiles
from core.domain.labels import label_paths
from core.domain.projects import Project
from core.domain.records import ItemRecord
from core.domain.runs import Run
from core.domain.shards import Control
from core.formats.run_task import encode_task
from core.formats.tables.json_lines import write_lines
from core.logic.assist.job_spec import file_of
from core.logic.assist.teaching import LEFT_OUT, answer_to_learn
from core.logic.records.relabeling import brought_up
from core.logic.records.settling import Terms
from core.ports import Ports
from core.usecases.batches import batches
from core.usecases.in_parallel import in_parallel
from core.usecases.look_at_item import read_text
from core.usecases.read_ahead import read_ahead
from core.usecases.run_files import items_name, task_name

PARALLEL_READS = 16
JSON, JSON_LINES = "application/json", "application/x-ndjson"
_UNTOUCHED = ItemRecord()


async def write_run_manifest(ports: Ports, project: Project, run: Run) -> Run:
    """Write task.json and items.jsonl in bounded memory; the run with what it has to learn from and predict.

    Items come in the order of shards and indexes; which answers stand with them, `answer_to_learn` says.
    """
    container, labels = ports.limits.app_container, tuple(label_paths(project.labels))
    task, items = task_name(project.id, run.id), items_name(project.id, run.id)
    await ports.blobs.write(container, task, encode_task(project.kind, labels), content_type=JSON)
    manifest = _Manifest(ports, project, set(labels))
    await ports.blobs.upload(container, items, write_lines(manifest.lines()), JSON_LINES, "items.jsonl")
    found = replace(run, labeled=manifest.labeled, items=manifest.items)
    return replace(found, label_version=project.label_version)


async def list_images(ports: Ports, project: Project) -> BlobFiles | None:
    """The images of a project by the paths at which its jobs find them; None where its items are texts."""
    if not project.kind.is_image:
        return None

    async def read(shard: int) -> dict[str, str]:
        control = (await ports.shards.read(project.id, shard, fresh=True)).value
        items = await ports.manifests.read(control.manifest)
        return {
            file_of(item_id(shard, index), item.path): item.path
            for index, item in enumerate(items[: len(control.states)])
            if control.status(index) not in LEFT_OUT
        }

    names: dict[str, str] = {}
    async for _, some in read_ahead(project.shards, read):
        names |= some
    container = (await ports.datastores.get(project.data.datastore)).address
    return BlobFiles(container, names)


@dataclass(frozen=True, slots=True)
class _Shard:
    control: Control
    items: Sequence[Item]
    records: Mapping[int, ItemRecord]


@dataclass
class _Manifest:
    """The lines of items.jsonl, counted as they are made."""

    ports: Ports
    project: Project
    labels: Set[str]
    labeled: int = 0
    items: int = 0

    async def lines(self) -> AsyncIterator[Mapping[str, object]]:
        """A line an item, as items.schema.json has it."""
        container = (await self.ports.datastores.get(self.project.data.datastore)).address
        async for _, shard in read_ahead(self.project.shards, self._read):
            for indexes in batches(range(len(shard.items)), PARALLEL_READS):
                for line in await self._lines(container, shard, indexes):
                    self.items += 1
                    self.labeled += line["answer"] is not None
                    yield line

    async def _read(self, shard: int) -> _Shard:
        control = (await self.ports.shards.read(self.project.id, shard, fresh=True)).value
        items = await self.ports.manifests.read(control.manifest)
        terms = Terms.of(self.project)
        records = await self.ports.shards.records(self.project.id, shard)
        known = {index: brought_up(record, control.labels, terms) for index, record in records.items()}
        return _Shard(control, items[: len(control.states)], known)

    async def _lines(
        self, container: str, shard: _Shard, indexes: Sequence[int]
    ) -> Sequence[Mapping[str, object]]:
        asked = [index for index in indexes if _status(shard, index) not in LEFT_OUT]
        if self.project.kind.is_image:
            return [self._image(shard, index) for index in asked]
        items = [shard.items[index] for index in asked]
        texts = await in_parallel(PARALLEL_READS, lambda item: self._text(container, item), items)
        return [
            {
                "id": item_id(shard.control.shard, index),
                "text": text,
                "answer": answer_to_learn(shard.records.get(index, _UNTOUCHED), self.labels),
            }
            for index, text in zip(asked, texts, strict=True)
            if text is not None
        ]

    def _image(self, shard: _Shard, index: int) -> Mapping[str, object]:
        item, record = shard.items[index], shard.records.get(index, _UNTOUCHED)
        size = item.image or record.annotation
        name = item_id(shard.control.shard, index)
        return {
            "id": name,
            "path": file_of(name, item.path),
            "answer": answer_to_learn(record, self.labels),
            "width": size.width if size else None,
            "height": size.height if size else None,
        }

    async def _text(self, container: str, item: Item) -> str | None:
        """As labelers read it; None where that is not possible any more."""
        try:
            return await read_text(self.ports, self.project, container, item)
        except (Unreadable, NotFound):
            return None


def _status(shard: _Shard, index: int) -> ItemStatus:
    """By its record, which is what its answer comes from."""
    record = shard.records.get(index)
    return shard.control.status(index) if record is None else record.status
