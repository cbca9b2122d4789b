"""Images by their own pixels, made small: embeddings before any model exists.

On sign digits, pages of nine that are alike are two parts in three of one class, and random ones less than a
third. Each channel is taken as it differs from its mean over the image, and from what all images share.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from learning.files import write_array
from learning.items import Item
from learning.learner import Array
from learning.material import Material, read_images
from learning.pictures import squeezed
from learning.predicting import Sight


def sight_of_pixels(side: int, workers: int) -> Sight:
    """Embeddings of `side` x `side` pixels: shape (items, side * side * 3)."""

    def look(items: Sequence[Item]) -> Material:
        return read_images(items, side, lambda picture: (squeezed(picture, side), 1.0), workers)

    return Sight(look, embed=vectors)


def vectors(material: Material) -> Array:
    """Pixels without each image's own mean by channel, -1..1."""
    pixels = material.pixels.astype(np.float32) / 255
    centred = pixels - pixels.mean((1, 2), keepdims=True)
    return np.asarray(centred.reshape(len(centred), centred[0].size if len(centred) else 0))


def stand_out(file: Path) -> None:
    """Take from the embeddings of a file what they share in the mean, and bring them to length 1."""
    found = np.load(file).astype(np.float32)
    found -= found.mean(0)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
    write_array(file, found.astype(np.float16))
