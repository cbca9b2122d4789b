import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Box, Boxes, Polygon, Polygons
from core.domain.errors import InvalidFile
from core.domain.kinds import Kind
from core.domain.transfers import Refusal
from core.formats import voc
from core.formats.import_records import Record
from core.formats.voc.reader import MAX_BYTES
from tests.unit.formats.rows import read_all

DETECTION, INSTANCES = Kind.OBJECT_DETECTION, Kind.INSTANCE_SEGMENTATION
SIZE = "<size><width>640</width><height>480</height><depth>3</depth></size>"
BOX = "<bndbox><ymin>3</ymin><xmin>2</xmin><ymax>50</ymax><xmax>40</xmax></bndbox>"
RING = "<polygon><x1>1</x1><y1>2</y1><x2>31</x2><y2>2.5</y2><x3>31</x3><y3>42</y3></polygon>"


def _object(inside: str, name: str = "Rose") -> str:
    return f"<object><name>{name}</name><difficult>1</difficult>{inside}</object>"


def _xml(*objects: str, named: str = "<filename>a.jpg</filename>") -> str:
    return f"<annotation><folder>f</folder>{named}{SIZE}{''.join(objects)}</annotation>"


def _read(text: str, kind: Kind = DETECTION) -> Record | Refusal:
    records, refusals = read_all(voc.read, text.encode("utf-8", "surrogatepass"), kind, "p/a.xml")
    return records[0] if records else refusals[0]


def _zip(files: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_boxes_count_from_zero_and_end_behind_their_last_pixel() -> None:
    one_pixel = "<bndbox><xmin>7</xmin><ymin>8</ymin><xmax>7</xmax><ymax>8</ymax></bndbox>"
    found = _read(_xml(_object(BOX), _object(one_pixel, " Animal/Cat ")))
    answer = Boxes((Box("Rose", 1, 2, 39, 48), Box("Animal/Cat", 6, 7, 1, 1)))
    assert found == Record("p/a.xml", answer, "a.jpg", size=(640, 480))


def test_parts_of_objects_are_left_aside() -> None:
    part = "<part><name>head</name><bndbox><xmin>9</xmin></bndbox></part>"
    assert _read(_xml(_object(part + BOX))) == _read(_xml(_object(BOX)))


def test_polygons_become_polygons() -> None:
    found = _read(_xml(_object(BOX + RING + RING)), INSTANCES)
    assert isinstance(found, Record)
    ring = (0, 1, 30, 1.5, 30, 41)
    assert found.answer == Polygons((Polygon("Rose", (ring, ring)),))


def test_polygons_without_a_box_have_bounds() -> None:
    found = _read(_xml(_object(RING)))
    assert isinstance(found, Record)
    assert found.answer == Boxes((Box("Rose", 0, 1, 30, 40),))


def test_a_file_without_objects_is_a_true_negative() -> None:
    found = _read(_xml())
    assert isinstance(found, Record)
    assert found.answer == Boxes(())


@pytest.mark.parametrize(
    ("named", "location"),
    [
        ("<filename>a b/%2F.jpg</filename><path>/home/a.jpg</path>", "a b/%2F.jpg"),
        ("<filename>\n  a.jpg\n  </filename>", "a.jpg"),
        ("<filename> </filename><path>/home/pi/é.jpg</path>", "/home/pi/é.jpg"),
        ("", "p/a"),
    ],
)
def test_a_file_names_its_image(named: str, location: str) -> None:
    found = _read(_xml(named=named))
    assert isinstance(found, Record)
    assert found.location == location


def test_an_archive_has_many_files() -> None:
    nameless, bad = _xml(named=""), _xml(_object(BOX), _object(""))
    files = {"voc/Annotations/p/%2E%2E/a.xml": nameless, "b.xml": bad, "c.xml": "", "d.jpg": ""}
    records, refusals = read_all(voc.read, _zip(files), DETECTION)
    assert [(record.where, record.location) for record in records] == [
        ("voc/Annotations/p/%2E%2E/a.xml", "p/../a")
    ]
    assert [refusal.where for refusal in refusals] == ["b.xml object 2", "c.xml"]


def _corners(*values: str) -> str:
    names = ("xmin", "ymin", "xmax", "ymax")
    return f"<bndbox>{''.join(f'<{n}>{v}</{n}>' for n, v in zip(names, values, strict=True))}</bndbox>"


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (_object(_corners("5", "6", "4", "9")), "it ends at 4, 9, before it begins at 5, 6."),
        (_object(_corners("5", "nan", "7", "9")), "its ymin is nan, which is no number of pixels."),
        (_object(_corners("5", "6", "inf", "9")), "its xmax is inf, which is no number of pixels."),
        (_object(_corners("5", "", "7", "9")), "its ymin is '', which is no number."),
        (_object("<bndbox><xmin>5</xmin></bndbox>"), "its ymin is '', which is no number."),
        (_object(""), "it has no polygon, so its outline is not known."),
        (_object(BOX, " "), "it has no name."),
    ],
)
def test_a_bad_object_refuses_its_file(found: str, why: str) -> None:
    assert _read(_xml(_object(BOX), found)) == Refusal("p/a.xml object 2", why)


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (BOX, "it has no polygon, so its outline is not known."),
        ("<polygon/>", "its polygon has fewer than 3 points."),
        (RING.replace("<y2>2.5</y2>", ""), "its polygon has points with only one coordinate."),
        (RING.replace("2.5", "x"), "y2 of its polygon is 'x', which is no number."),
    ],
)
def test_a_bad_polygon_refuses_its_file(inside: str, why: str) -> None:
    assert _read(_xml(_object(inside)), INSTANCES) == Refusal("p/a.xml object 1", why)


BOMB = f"""<!DOCTYPE b [<!ENTITY a "{"x" * 99}">{"".join(f'<!ENTITY a{n} "&a;&a;">' for n in range(9))}]>"""
STOLEN = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no XML"),
        ("<annotation>", "no XML"),
        ('<?xml version="1.0" encoding="none"?><annotation/>', "no XML"),
        ("<annotation>\ud800</annotation>", "no XML"),
        (f"{BOMB}<annotation>&a8;</annotation>", "no XML"),
        (f"{STOLEN}<annotation><filename>&a;</filename></annotation>", "no XML"),
        ("<kml/>", "not `annotation`"),
        (f"<annotation>{' ' * MAX_BYTES}</annotation>", "more than 8,388,608 bytes"),
    ],
    ids=range(8),
)
def test_what_is_no_voc_is_refused(text: str, why: str) -> None:
    found = _read(text)
    assert isinstance(found, Refusal)
    assert (found.where, why in found.why) == ("p/a.xml", True)


def test_an_archive_without_xml_is_refused() -> None:
    with pytest.raises(InvalidFile, match=r"no \.xml files"):
        read_all(voc.read, _zip({"a.txt": ""}), DETECTION)


def test_other_kinds_are_not_in_voc_files() -> None:
    with pytest.raises(InvalidFile, match="semantic_segmentation"):
        read_all(voc.read, b"", Kind.SEMANTIC_SEGMENTATION)


TAGS = st.sampled_from(["object", "name", "bndbox", "xmin", "xmax", "polygon", "x1", "y1", "size", "width"])
ELEMENTS = st.recursive(
    st.sampled_from(["", "1", "nan", "Rose", "-7.5", "1e999"]),
    lambda inner: st.builds(lambda tag, texts: f"<{tag}>{''.join(texts)}</{tag}>", TAGS, st.lists(inner)),
)


@given(ELEMENTS, st.sampled_from([DETECTION, INSTANCES]))
def test_nothing_in_a_file_makes_the_reader_fail(element: str, kind: Kind) -> None:
    assert isinstance(_read(f"<annotation>{element}</annotation>", kind), Record | Refusal)
