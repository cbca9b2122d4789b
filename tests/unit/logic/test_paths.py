import pytest

from core.domain.errors import Invalid
from core.logic.paths import check_path, is_image, literal_prefix, matches


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("photos/**", "photos/a.jpg", True),
        ("photos/**", "photos/2026/a.jpg", True),
        ("photos/**", "photos2/a.jpg", False),
        ("photos/", "photos/2026/a.jpg", True),
        ("photos/*", "photos/a.jpg", True),
        ("photos/*", "photos/2026/a.jpg", False),
        ("photos/*.jpg", "photos/a.png", False),
        ("**/*.*", "a.jpg", True),
        ("**/*.*", "x/y/a.jpg", True),
        ("**/*.*", "x/y/noextension", False),
        ("*", "a.jpg", True),
        ("*", "x/a.jpg", False),
        ("", "x/y.jpg", True),
        ("a/**/b/*.png", "a/b/c.png", True),
        ("a/**/b/*.png", "a/x/y/b/c.png", True),
        ("a/**/b/*.png", "ab/c.png", False),
        ("photos/[1]?.jpg", "photos/[1]?.jpg", True),
        ("photos/[1].jpg", "photos/1.jpg", False),
        ("line\n*", "line\nfeed", True),
    ],
)
def test_patterns(path: str, name: str, expected: bool) -> None:
    assert matches(path, name) is expected


@pytest.mark.parametrize(
    ("path", "prefix"), [("photos/**", "photos/"), ("**/*.*", ""), ("a/b", "a/b"), ("", ""), ("x/y*", "x/y")]
)
def test_listings_are_narrowed_by_the_literal_prefix(path: str, prefix: str) -> None:
    assert literal_prefix(path) == prefix


@pytest.mark.parametrize(
    "extension", ["jpg", "jpeg", "png", "jpe", "jfif", "bmp", "tif", "tiff", "dcm", "dicom", "JPG"]
)
def test_ten_extensions_are_images(extension: str) -> None:
    assert is_image(f"photos.old/a.b.{extension}")


@pytest.mark.parametrize("name", ["a.txt", "jpg", "photos.jpg/readme", "a.jpg.zip", ".gitignore"])
def test_anything_else_is_not(name: str) -> None:
    assert not is_image(name)


@pytest.mark.parametrize("path", ["/a", "a\\b", "../a", "a/./b", "a/.."])
def test_paths_that_lead_elsewhere_are_refused(path: str) -> None:
    with pytest.raises(Invalid):
        check_path(path)
