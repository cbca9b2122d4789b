from pathlib import Path

import pytest

from local.blob_log import CreatedBlob, created_blob
from local.eventgrid import event_for, read_lines, shorten_log


def line(request: str, status: int = 201) -> str:
    return f'127.0.0.1 - - [20/Nov/2026:20:14:30 +0000] "{request} HTTP/1.1" {status} -'


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("a.txt", "a.txt"),
        ("dir/b%20c.txt", "dir/b c.txt"),
        ("q%27uo%22te%252F.txt", "q'uo\"te%2F.txt"),
        ("emoji%F0%9F%98%80%20%C3%A9.png", "emoji😀 é.png"),
        ("with%3Fq%23h.txt?sv=2024&sig=a%2Fb%3D", "with?q#h.txt"),
        ("-plus%2B%26amp.txt", "-plus+&amp.txt"),
        ("plain+plus.txt", "plain+plus.txt"),
        ("HTTP/1.1%22%20201%20x.txt", 'HTTP/1.1" 201 x.txt'),
        ('raw"quote HTTP/1.1" 404 x', 'raw"quote HTTP/1.1" 404 x'),
        ("line%0Abreak.txt", "line\nbreak.txt"),
        ("a//b.txt", "a//b.txt"),
        ("dir%2Fslash.txt", "dir/slash.txt"),
        ("blocks.bin?comp=blocklist&sv=1", "blocks.bin"),
    ],
)
def test_a_written_blob_is_found_whatever_its_name(target: str, name: str) -> None:
    found = created_blob(line(f"PUT /devstoreaccount1/data/{target}"))
    assert found == CreatedBlob("data", name)


def test_a_copy_creates_a_blob() -> None:
    assert created_blob(line("PUT /devstoreaccount1/data/copy.bin", 202)) == CreatedBlob("data", "copy.bin")


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        ("PUT /devstoreaccount1/data?restype=container", 201),
        ("PUT /devstoreaccount1/data/a?comp=block&blockid=QUFB", 201),
        ("PUT /devstoreaccount1/data/a?comp=appendblock", 201),
        ("PUT /devstoreaccount1/data/a?comp=snapshot", 201),
        ("PUT /devstoreaccount1/data/a?comp=lease", 201),
        ("PUT /devstoreaccount1/data/a?comp=metadata", 200),
        ("PUT /devstoreaccount1/data/a", 409),
        ("PUT /devstoreaccount1/data/a", 403),
        ("PUT /devstoreaccount1/?restype=service&comp=properties", 202),
        ("GET /devstoreaccount1/data/a", 200),
        ("DELETE /devstoreaccount1/data/a", 202),
    ],
)
def test_other_requests_create_nothing(request_line: str, status: int) -> None:
    assert created_blob(line(request_line, status)) is None


def test_other_lines_are_passed_over() -> None:
    assert created_blob("Azurite Blob service is starting on 127.0.0.1:10000") is None
    assert created_blob("") is None


def test_a_line_being_written_waits_until_it_is_whole(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("one\ntw")
    assert read_lines(log, 0) == (["one", ""], 4)
    assert read_lines(log, 4) == ([""], 4)
    log.write_text("one\ntwo\n")
    assert read_lines(log, 4) == (["two", ""], 8)


def test_a_short_log_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "azurite-blob.log"
    log.write_text("one\n")
    log.with_suffix(".position").write_text("4")
    shorten_log(log)
    assert log.read_text() == "one\n"


def test_an_event_names_the_blob_unescaped() -> None:
    event = event_for(CreatedBlob("data", "a b/ü.png"))
    assert event["subject"] == "/blobServices/default/containers/data/blobs/a b/ü.png"
    assert event["eventType"] == "Microsoft.Storage.BlobCreated"
