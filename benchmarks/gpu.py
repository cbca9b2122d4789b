"""Images a second on a GPU: reading, training, predicting and embedding, by models of the size of real bases.

    .venv-assist/bin/python benchmarks/gpu.py [--images 512] [--steps 60] > gpu.json

The models are a ViT as large as dinov2-small for classes, and RT-DETRv2 with an R18 for boxes, with random
weights: speed does not ask what they know. Images are made on the spot. It needs torch with CUDA, and is no
part of `make bench`.
"""

import argparse
import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "aml_jobs"))

import torch
import transformers as hub
from learning.items import Item
from learning.learners import canvas_of, learner_for
from learning.material import read
from learning.settings import Settings
from learning.task import Task
from PIL import Image, ImageDraw

SIZE = (640, 480)
LABELS = tuple("abcdefghij")
WARM_STEPS = 10
"""Not measured: kernels are chosen in them, and memory is taken."""
READERS = 8


class Watch:
    """The Steps of a training that keeps nothing but the time at which each was done."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def at(self, _step: int, _steps: int, _loss: float) -> None:
        """See Steps; the loss is on the CPU by now, so the GPU is done with the step."""
        self.times.append(time.perf_counter())

    def keep(self, state: dict[str, Any]) -> None:
        """See Steps."""

    def kept(self) -> dict[str, Any] | None:
        """See Steps."""
        return None


def main() -> None:
    """Print the figures as JSON; exits with 2 and a sentence where there is no GPU."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--images", type=int, default=512)
    parser.add_argument("--steps", type=int, default=60)
    asked = parser.parse_args()
    if not torch.cuda.is_available():
        print("gpu.py: torch finds no GPU with CUDA here, and this measures nothing else.", file=sys.stderr)
        sys.exit(2)
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Path(folder), asked.images, asked.steps)
    device = {"device": torch.cuda.get_device_name(), "torch": torch.__version__, "precision": "bf16"}
    print(json.dumps(device | figures, indent=2))


def measured(folder: Path, images: int, steps: int) -> dict[str, Any]:
    """Figures by kind."""
    vit = hub.Dinov2Model(
        hub.Dinov2Config(hidden_size=384, num_hidden_layers=12, num_attention_heads=6, image_size=224)
    )
    r18 = hub.RTDetrResNetConfig(
        embedding_size=64,
        hidden_sizes=[64, 128, 256, 512],
        depths=[2, 2, 2, 2],
        layer_type="basic",
        out_features=["stage2", "stage3", "stage4"],
    )
    detr = hub.RTDetrV2ForObjectDetection(
        hub.RTDetrV2Config(backbone_config=r18, encoder_in_channels=[128, 256, 512], decoder_layers=3)
    )
    found = {}
    for kind, base in (("image_multiclass", vit), ("object_detection", detr)):
        base.save_pretrained(folder / kind)
        found[kind] = speeds(kind, folder, images, steps)
    return found


def speeds(kind: str, folder: Path, images: int, steps: int) -> dict[str, Any]:
    """Images a second of one kind; the base lies in a folder of its name."""
    task = Task(kind, LABELS)
    settings = Settings(base=str(folder / kind), steps=steps, workers=READERS)
    items = [made(kind, number, folder) for number in range(images)]
    canvas = canvas_of(task, settings, items)
    learner: Any = learner_for(task, settings, canvas)
    began = time.perf_counter()
    material = read(items, task, canvas, READERS)
    reading = images / (time.perf_counter() - began)
    watch = Watch()
    model = learner.fit(material, 0, watch)
    warm = min(WARM_STEPS, steps // 2)
    trained = learner.planned().batch * (steps - warm) / (watch.times[-1] - watch.times[warm - 1])
    figures = {"read": reading, "train": trained}
    looks: dict[str, Callable[[], Any]] = {
        "predict": lambda: learner.predict([model], material),
        "embed": lambda: learner.embed(model, material),
    }
    for name, look in looks.items():
        look()
        began = time.perf_counter()
        look()
        figures[name] = images / (time.perf_counter() - began)
    weights = sum(one.numel() for one in model.parameters())
    return {"canvas": list(canvas), "million_weights": round(weights / 1e6, 1)} | {
        name: round(value, 1) for name, value in figures.items()
    }


def made(kind: str, number: int, folder: Path) -> Item:
    """A picture of a few rectangles, as a JPEG, and its answer."""
    dice = random.Random(number)  # noqa: S311  pictures, not secrets
    picture = Image.effect_noise(SIZE, 40).convert("RGB")
    boxes = []
    for _ in range(5):
        x, y = dice.randrange(SIZE[0] - 120), dice.randrange(SIZE[1] - 120)
        width, height = dice.randrange(40, 120), dice.randrange(40, 120)
        ImageDraw.Draw(picture).rectangle((x, y, x + width, y + height), fill=dice.randrange(1 << 24))
        boxes.append({"label": dice.choice(LABELS), "x": x, "y": y, "width": width, "height": height})
    data = io.BytesIO()
    picture.save(data, "JPEG")
    file = folder / f"{number}.jpg"
    file.write_bytes(data.getvalue())
    answer = {"labels": [LABELS[number % 10]]} if kind == "image_multiclass" else {"boxes": boxes}
    return Item(str(number), file, answer=answer)


if __name__ == "__main__":
    main()
