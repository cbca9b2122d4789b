"""Texts in any language, of any length, in one column or several: with a base and without."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from learning.errors import Unusable
from learning.items import item_of
from learning.task import Task

from tests.jobs.assist.running import FOLDER, PYTHON, Work, environment, lines, succeed

LANGUAGES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "Chinese": {
        "place": ("我们昨天去了{}旅游", "他住在{}的市中心", "{}的天气今天很好", "火车晚上到达{}"),
        "fruit": ("我早饭吃了一个{}", "市场上的{}很便宜", "{}的味道又甜又酸", "奶奶做了{}蛋糕"),
        "names": ("北京", "上海", "成都"),
        "fruits": ("苹果", "葡萄", "草莓"),
    },
    "Japanese": {
        "place": (
            "昨日{}へ旅行しました",
            "彼は{}の中心に住んでいる",
            "{}の天気は良いです",
            "電車は夜{}に着く",
        ),
        "fruit": ("朝ごはんに{}を食べた", "市場の{}は安いです", "{}の味は甘い", "祖母が{}のケーキを焼いた"),
        "names": ("東京", "京都", "さっぽろ"),
        "fruits": ("りんご", "ぶどう", "いちご"),
    },
    "Thai": {
        "place": ("เมื่อวานเราไปเที่ยว{}", "เขาอาศัยอยู่ใจกลาง{}", "อากาศที่{}วันนี้ดี", "รถไฟถึง{}ตอนค่ำ"),
        "fruit": ("ฉันกิน{}ตอนเช้า", "ราคา{}ที่ตลาดถูก", "รสชาติ{}หวานมาก", "คุณย่าทำเค้ก{}"),
        "names": ("กรุงเทพ", "เชียงใหม่", "ภูเก็ต"),
        "fruits": ("แอปเปิล", "องุ่น", "มะม่วง"),
    },
    "Arabic": {
        "place": ("سافرنا أمس إلى {}", "يسكن في وسط {}", "الطقس في {} جميل", "يصل القطار إلى {} ليلا"),
        "fruit": ("أكلت {} في الصباح", "سعر {} في السوق رخيص", "طعم {} حلو جدا", "خبزت جدتي كعكة {}"),
        "names": ("القاهرة", "بغداد", "دمشق"),
        "fruits": ("تفاحة", "عنب", "فراولة"),
    },
}
HELD = 3
"""Every third pair of a sentence and a name is not learned from; each of both is, elsewhere."""


def sentences(language: str) -> Iterator[tuple[str, str, str]]:
    """What it is about, the text, and the name in it; those held back come last."""
    words = LANGUAGES[language]
    pairs = [
        (about, frame.format(name), name)
        for about, names in (("place", "names"), ("fruit", "fruits"))
        for frame, name in product(words[about], words[names])
    ]
    yield from (pair for at, pair in enumerate(pairs) if at % 4 != HELD)
    yield from (pair for at, pair in enumerate(pairs) if at % 4 == HELD)


def work_of(folder: Path, language: str, kind: str) -> tuple[Work, list[dict[str, Any]]]:
    """18 texts to learn from and 6 that are held back, and the answers of these."""
    rows: list[dict[str, Any]] = []
    for number, (about, text, name) in enumerate(sentences(language)):
        answer: dict[str, Any] = {"labels": [about]}
        if kind == "text_ner":
            start = text.index(name)
            answer = {"spans": [{"label": about, "start": start, "end": start + len(name)}]}
        rows.append({"id": f"t{number}", "text": text, "answer": answer})
    held = [row["answer"] for row in rows[18:]]
    for row in rows[18:]:
        row["answer"] = None
    return Work(folder, kind, ("place", "fruit"), rows), held


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_text_is_about(language: str, tmp_path: Path) -> None:
    work, held = work_of(tmp_path / "work", language, "text_multiclass")
    succeed("run", *work.arguments())
    assert [row["answer"] for row in lines(work.out / "predictions.jsonl")[18:]] == held


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_in_it(language: str, tmp_path: Path) -> None:
    work, held = work_of(tmp_path / "work", language, "text_ner")
    succeed("run", *work.arguments())
    found = [row["answer"] for row in lines(work.out / "predictions.jsonl")[18:]]
    assert sum(one == other for one, other in zip(found, held, strict=True)) >= 5


@pytest.mark.parametrize("kind", ["text_multiclass", "text_ner"])
def test_what_counts_may_come_last(kind: str, tmp_path: Path) -> None:
    """After 400 words that say nothing."""
    dull = "and then it went on " * 80
    rows = []
    for number in range(24):
        about, name = (("place", "Köln"), ("fruit", "plum"))[number % 2]
        answer: dict[str, Any] = {"labels": [about]}
        if kind == "text_ner":
            answer = {"spans": [{"label": about, "start": len(dull), "end": len(dull) + 4}]}
        rows.append({"id": f"t{number}", "text": dull + name, "answer": answer if number < 18 else None})
    work = Work(tmp_path / "work", kind, ("place", "fruit"), rows)
    succeed("run", *work.arguments())
    found = [row["answer"] for row in lines(work.out / "predictions.jsonl")]
    assert found == found[:2] * 12
    assert found[:2] == [row["answer"] for row in rows[:2]]


def test_columns_in_their_order(tmp_path: Path) -> None:
    """A row is its cells after the names of their columns; what a task does not name is not read."""
    task = Task("text_multiclass", ("a", "b"), ("title", "body"))
    row: dict[str, Any] = {"body": "rain in 東京", "title": "Weather", "author": "x"}
    assert item_of({"id": "1", "text": row}, task, tmp_path).text == "title: Weather\nbody: rain in 東京"
    row = {"body": 5, "title": None}
    assert item_of({"id": "1", "text": row}, task, tmp_path).text == "body: 5"
    with pytest.raises(Unusable, match="no row of cells"):
        item_of({"id": "1", "text": ["rain"]}, task, tmp_path)


WINDOWS = """
import json, sys
sys.path.insert(0, sys.argv[1])
from learning.encoders import TokenEncoder
from learning.settings import Settings
from learning.task import Task
network = TokenEncoder(Task("text_ner", ("a",)), Settings(base=sys.argv[2]))
network.build(None)
batch, places = network.windows(["short", "東京 lemon" * 60])
print(json.dumps([batch["owner"].tolist(), places, list(batch["input_ids"].shape)]))
"""


def test_windows_of_tokens_cover_a_long_text(bases: Path) -> None:
    """This tokenizer takes 200 tokens at a time, two of them its own, and letters are tokens."""
    done = subprocess.run(  # noqa: S603  our own code
        [PYTHON, "-c", WINDOWS, FOLDER, bases / "bert"],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert done.returncode == 0, done.stderr
    owner, places, shape = json.loads(done.stdout)
    assert (owner, shape) == ([0, 1, 1, 1], [4, 200])
    shown = [[tuple(place) for place in row if place[0] < place[1]] for row in places]
    assert shown[0] == [(at, at + 1) for at in range(5)]
    assert [(row[0][0], row[-1][1]) for row in shown[1:]] == [(0, 198), (148, 346), (296, 480)]
