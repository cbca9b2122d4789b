"""Projects of every kind and state: one set for all tests that walk through the screens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from local.stack import Stack
from tests.browser.test_images import dicom
from tests.browser.test_models import colour, label_most, train
from tests.browser.test_prelabels import BOXES, suggest
from tests.browser.test_regions import LABELS, smear
from tests.browser.workbench import ANIMALS, Json, Workbench, picture

PLENTY = 20
"""Items of a project to label: each visit holds some until its lease ends."""

TREE = [{"name": "Hand", "children": [{"name": "open", "key": "o"}, {"name": "closed"}]}, {"name": "Foot"}]
TOPICS = [{"name": "World"}, {"name": "Sports"}, {"name": "Business"}]
ENTITIES = [{"name": "person"}, {"name": "location"}, {"name": "group"}]
NEWS = "title,body\n" + "".join(
    f'"Rates, again ({number})","The bank raised its rate by a quarter, and said it was the last time."\n'
    for number in range(4 * PLENTY)
)
POST = "Ada Lovelace went from London to Łódź with Grace Hopper of the Navy. " * 4
TEAM = {"consensus": True, "min_labelers": 2, "max_labelers": 3, "gold_rate": 0}
MODELS: Json = {"enabled": True, "target": 0.8, "training": {"growth": 10}, "base": "stand-in/frank"}
COLOURS = [{"name": name} for name in ("rose", "fern", "lake")]
INSTRUCTIONS = "# What counts\n\n- **Whole** animals only.\n- Skip what you cannot tell.\n"


@dataclass(frozen=True)
class Gallery:
    """The ids of projects, by what they show."""

    projects: Mapping[str, str]
    item: str
    """An item of `team` that two people answered and a third approved."""

    run: str
    """A run of `models` that is done."""

    def __getitem__(self, name: str) -> str:
        return self.projects[name]


def hang(ana: Workbench, stack: Stack) -> Gallery:
    """Make them all; the slow ones are asked for first."""
    asked = {name: ask(ana) for name, ask in ASKED.items()}
    nothing = ana.ask(_pictures(1), "*.jpg", name=f"Nothing there {uuid4().hex[:4]}")
    for project in asked.values():
        ana.until(project, "running")
    ana.until(nothing, "failed")
    _suggested(ana, asked["boxes"])
    ana.send("POST", f"/projects/{asked['paused']}/pause")
    ana.answer(asked["done"], ["ant"])
    ana.instruct(asked["explained"], INSTRUCTIONS)
    item = _discussed(ana, stack, asked["team"])
    label_most(ana, asked["models"])
    run = train(ana, asked["models"])
    return Gallery({**asked, "failed": nothing}, item, run["id"])


def _pictures(count: int, content: Callable[[int], bytes] = picture) -> dict[str, bytes]:
    return {f"{number:03}.png": content(number) for number in range(count)}


def _asking(files: Mapping[str, bytes], name: str, kind: str, **more: Any) -> Callable[[Workbench], str]:
    return lambda ana: ana.ask(files, name=f"{name} {uuid4().hex[:4]}", kind=kind, **more)


ROWS: Json = {"type": "tabular", "columns": ["title", "body"]}
ASKED: Mapping[str, Callable[[Workbench], str]] = {
    "models": _asking(
        _pictures(30, colour),
        "Garden",
        "image_multiclass",
        labels=COLOURS,
        quality={"gold_rate": 0},
        assist=MODELS,
    ),
    "team": _asking(_pictures(6), "Animals of two labelers", "image_multiclass", quality=TEAM),
    "grid": _asking(_pictures(4 * PLENTY), "Animals", "image_multiclass"),
    "tree": _asking(_pictures(4 * PLENTY), "Hands and feet", "image_multilabel", labels=TREE),
    "boxes": _asking(_pictures(PLENTY, smear), "Blood cells", "object_detection", labels=LABELS),
    "polygons": _asking(_pictures(PLENTY, smear), "Cell outlines", "instance_segmentation", labels=LABELS),
    "masks": _asking(_pictures(PLENTY, smear), "Cell masks", "semantic_segmentation", labels=LABELS),
    "dicom": _asking(
        {f"{number:03}.dcm": dicom("CT_small.dcm") for number in range(PLENTY)},
        "Scans",
        "object_detection",
        labels=LABELS,
    ),
    "texts": _asking({"news.csv": NEWS.encode()}, "News", "text_multiclass", labels=TOPICS, data=ROWS),
    "entities": _asking(
        {f"{number:03}.txt": POST.encode() for number in range(PLENTY)}, "Posts", "text_ner", labels=ENTITIES
    ),
    "explained": _asking(_pictures(PLENTY), "Explained", "image_multiclass"),
    "done": _asking(_pictures(1), "All of it", "image_multiclass"),
    "paused": _asking(_pictures(1), "Paused", "image_multiclass"),
}


def _suggested(ana: Workbench, project: str) -> None:
    boxes = {"label": BOXES, "label_confidence": [0.9, 0.6]}
    suggest(ana, project, [{"image_url": f"{number:03}.png", **boxes} for number in range(PLENTY)])


def _discussed(ana: Workbench, stack: Stack, project: str) -> str:
    """Two people answer six images and differ on two; the first is approved, and agreement measured."""
    items: list[str] = []
    for user, said in {"ben": ANIMALS[:6], "cleo": (*ANIMALS[:4], "hen", "ibis")}.items():
        ana.send("PUT", f"/projects/{project}/members/{user}", {"role": "labeler"})
        person = Workbench(stack, user)
        items = person.answer(project, said)
        person.close()
    ana.send("POST", f"/projects/{project}/items/review", {"action": "approve", "items": items[:1]})
    ana.send("POST", f"/projects/{project}/agreement")
    return items[0]
