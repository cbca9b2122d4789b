"""Polygons of fewer corners that pass close to all the corners they had."""

from dataclasses import replace

from core.domain.answers import Polygon
from core.logic.geometry.polygons import contains, ring_area

Ring = tuple[float, ...]


def simplified(polygon: Polygon, corners: int, tolerance: float) -> Polygon:
    """The polygon, its rings of more than so many corners simplified to within `tolerance` pixels.

    It stays as it is where a hole would not be inside a part any more.
    """
    parts = tuple(_ring(ring, corners, tolerance) for ring in polygon.parts)
    holes = tuple(_ring(ring, corners, tolerance) for ring in polygon.holes)
    if all(any(contains(part, hole) for part in parts) for hole in holes):
        return replace(polygon, parts=parts, holes=holes)
    return polygon


def simplified_ring(ring: Ring, tolerance: float) -> Ring:
    """Some of a ring's corners, so that its edges pass within `tolerance` of the others.

    The ring is cut at its first corner and at the one furthest from that; in each half the corner furthest
    from the chord is kept, if it is further than `tolerance`, and the two sides of it are treated likewise
    (Ramer, 1972; Douglas & Peucker, 1973).
    """
    import numpy as np  # here, for the cold start's sake

    points = np.array([*ring, *ring[:2]], float).reshape(-1, 2)
    furthest = int(np.hypot(*(points - points[0]).T).argmax())
    kept = {0, furthest}
    sides = [(0, furthest), (furthest, len(points) - 1)]
    while sides:
        first, last = sides.pop()
        if last - first < 2:
            continue
        chord, offsets = points[last] - points[first], points[first + 1 : last] - points[first]
        along = np.clip(offsets @ chord / max(chord @ chord, np.finfo(float).tiny), 0, 1)
        distances = np.hypot(*(offsets - along[:, np.newaxis] * chord).T)
        middle = first + 1 + int(distances.argmax())
        if distances.max() > tolerance:
            kept.add(middle)
            sides += [(first, middle), (middle, last)]
    return tuple(float(value) for corner in sorted(kept) for value in points[corner])


def _ring(ring: Ring, corners: int, tolerance: float) -> Ring:
    if len(ring) <= 2 * corners:
        return ring
    fewer = simplified_ring(ring, tolerance)
    return fewer if len(fewer) >= 2 * 3 and ring_area(fewer) else ring
