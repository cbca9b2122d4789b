"""Sample data that comes inside scikit-learn, and the projects that it is good for."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from PIL import Image, ImageOps
from sklearn.datasets import load_digits, load_sample_images

Files = Callable[[], Iterator[tuple[str, bytes]]]

SIDE = 96
MARGIN = 2  # of the eight by eight: a digit needs paper around it
INK, PAPER = (27, 42, 73), (251, 250, 247)
CROPS = 4  # of each photograph, beside the whole
FIRST_DIGITS = 60  # answers until a model learns: a few minutes of labeling, not an hour
PASSAGE_CHARACTERS = range(120, 900)
MARKUP = set("`*|")


@dataclass(frozen=True)
class Sample:
    """A project's body for `POST /api/projects`, and the files that it labels, by path."""

    project: dict[str, Any]
    files: Files

    @property
    def name(self) -> str:
        """The project's name."""
        return str(self.project["name"])


def digit_images() -> Iterator[tuple[str, bytes]]:
    """Every digit of scikit-learn's set as a PNG: its file name and its bytes."""
    shades = [p + (i - p) * shade // 255 for shade in range(256) for p, i in zip(PAPER, INK, strict=True)]
    for number, pixels in enumerate(load_digits().images):
        small = ImageOps.expand(Image.fromarray((pixels * (255 / 16)).astype("uint8")), MARGIN)
        large = small.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
        large.putpalette(shades)
        yield f"digits/{number:04}.png", _encoded(large, "PNG")


def photographs() -> Iterator[tuple[str, bytes]]:
    """A Chinese temple and a flower with bees, whole and in quarters that overlap."""
    for name, pixels in zip(("temple", "flower"), load_sample_images().images, strict=True):
        whole = Image.fromarray(pixels)
        yield f"photographs/{name}.jpg", _encoded(whole, "JPEG")
        width, height = (side * 3 // 5 for side in whole.size)
        for number in range(CROPS):
            left = (whole.width - width) * (number % 2)
            top = (whole.height - height) * (number // 2)
            crop = whole.crop((left, top, left + width, top + height))
            yield f"photographs/{name}-{number + 1}.jpg", _encoded(crop, "JPEG")


def passages() -> Iterator[tuple[str, bytes]]:
    """A CSV file of what scikit-learn's documentation says of data sets, a paragraph a row."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["source", "passage"])
    for file in sorted(files("sklearn.datasets.descr").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".rst"):
            for paragraph in file.read_text(encoding="utf-8").split("\n\n"):
                text = " ".join(paragraph.split())
                if len(text) in PASSAGE_CHARACTERS and text[0].isalpha() and not MARKUP & set(text):
                    writer.writerow([file.name.removesuffix(".rst"), text])
    yield "passages/passages.csv", table.getvalue().encode()


def _encoded(image: Image.Image, form: str) -> bytes:
    data = io.BytesIO()
    image.save(data, form)
    return data.getvalue()


def _project(name: str, kind: str, data: dict[str, Any], labels: list[str], text: str) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "data": {"datastore": "data", "type": "files", **data},
        "labels": [{"name": label} for label in labels],
        "instructions": {"text": text, "url": None},
        "refresh": {"enabled": True},
        "lease_minutes": 30,
    }


DIGITS = Sample(
    _project(
        "Handwritten digits",
        "image_multiclass",
        {"path": "digits/**"},
        [str(digit) for digit in range(10)],
        "# Which digit is it?\n\n"
        "Choose the digit that the person **meant** to write.\n\n"
        "- A seven may have a bar, a one may have a foot.\n"
        "- Skip an image if two digits are equally likely.\n",
    )
    | {"assist": {"enabled": True, "training": {"first": FIRST_DIGITS}}},
    digit_images,
)
PHOTOGRAPHS = Sample(
    _project(
        "Temple and flowers",
        "object_detection",
        {"path": "photographs/**"},
        ["Roof", "Window", "Person", "Flower", "Insect"],
        "# Draw a box around each\n\n"
        "- As tight as you can, round what can be **seen** of it.\n"
        "- Nothing there? Submit without a box.\n",
    ),
    photographs,
)
PASSAGES = Sample(
    _project(
        "Passages about data",
        "text_ner",
        {"path": "passages/*.csv", "type": "tabular", "columns": ["passage"]},
        ["Person", "Place", "Organization", "Year", "Quantity"],
        "# Mark names and numbers\n\n"
        "- A quantity goes with its unit: `150 instances`.\n"
        "- Titles of papers are nobody's name.\n",
    ),
    passages,
)
SAMPLES = (DIGITS, PHOTOGRAPHS, PASSAGES)
