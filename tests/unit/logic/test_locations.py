"""Where a file says an image lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.logic.locations import paths

FORMS = [
    ("photos/a.jpg", "photos/a.jpg"),
    ("./photos/a.jpg", "photos/a.jpg"),
    ("/photos/a.jpg", "photos/a.jpg"),
    ("photos\\a.jpg", "photos/a.jpg"),
    ("AmlDatastore://workspaceblobstore/photos/a.jpg", "photos/a.jpg"),
    ("azureml://datastores/store/paths/photos/a.jpg", "photos/a.jpg"),
    (
        "azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/store/paths/photos/a.jpg",
        "photos/a.jpg",
    ),
    ("https://acct.blob.core.windows.net/pictures/photos/a%20b.jpg?sv=1&sig=x%2F", "photos/a b.jpg"),
    ("https://acct.blob.core.usgovcloudapi.net/pictures/news.csv#12", "news.csv#12"),
    ("http://127.0.0.1:10000/devstoreaccount1/pictures/photos/a.jpg", "photos/a.jpg"),
    ("s3://bucket/photos/a.jpg", "photos/a.jpg"),
    ("gs://bucket/photos/a.jpg", "photos/a.jpg"),
    ("azure-blob://pictures/photos/a.jpg", "photos/a.jpg"),
    ("wasbs://pictures@acct.blob.core.windows.net/photos/a.jpg", "photos/a.jpg"),
    ("abfss://pictures@acct.dfs.core.windows.net/photos/a.jpg", "photos/a.jpg"),
    ("file:///home/ana/a.jpg", "home/ana/a.jpg"),
    ("https://example.org/photos/a.jpg?w=1", "photos/a.jpg"),
    ("/data/local-files/?d=photos/a%20b.jpg", "photos/a b.jpg"),
    ("/data/upload/7/1f2e3d4c-a.jpg", "a.jpg"),
    ("http://localhost:8080/data/upload/1f2e3d4c-a.jpg", "a.jpg"),
]


@pytest.mark.parametrize(("location", "path"), FORMS)
def test_every_form_ends_in_its_path(location: str, path: str) -> None:
    assert paths(location)[-1] == path


def test_what_is_written_comes_before_what_it_may_stand_for() -> None:
    assert paths("x/a%2Fb.jpg") == ("x/a%2Fb.jpg", "x/a/b.jpg")
    assert paths("/data/upload/7/1f2e3d4c-a%20b.jpg")[1:] == (
        "1f2e3d4c-a%20b.jpg",
        "a%20b.jpg",
        "1f2e3d4c-a b.jpg",
        "a b.jpg",
    )


def test_a_question_mark_belongs_to_a_path_that_is_no_address() -> None:
    assert paths("who?.jpg") == ("who?.jpg",)


def test_only_label_studios_own_mark_is_taken_off() -> None:
    assert paths("s3://b/1f2e3d4c-a.jpg")[-1] == "1f2e3d4c-a.jpg"
    assert paths("/data/upload/7/1F2E3D4C-a.jpg")[-1] == "1F2E3D4C-a.jpg"


@given(st.text(st.sampled_from("a%2F/.\\:?#d=😀'\" "), max_size=30))
def test_paths_differ_and_the_location_comes_first(location: str) -> None:
    found = paths(location)
    assert found[0] == location
    assert len(set(found)) == len(found)
    assert not any(path.startswith(("/", "./")) for path in found[1:])
