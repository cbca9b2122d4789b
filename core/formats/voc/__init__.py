"""Pascal VOC (host.robots.ox.ac.uk/pascal/VOC), with polygons as Roboflow and supervision have added them.

Pixels are counted from 1, and a box's last pixel is inside: `xmin` 1 and `xmax` 1 are the first column alone.
Points of polygons are places, and shifted by 1 likewise.
"""

from core.formats.voc.reader import read
from core.formats.voc.writer import write

__all__ = ["read", "write"]
