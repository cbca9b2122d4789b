"""A deleted project leaves nothing behind but its name, and a deleted file says so."""

from azure.data.tables import TableServiceClient
from azure.storage.blob import BlobServiceClient

from local.stack import Stack
from tests.functions.conftest import Person, photos, wait_for


def test_all_of_a_project_goes(ana: Person, folder: str, stack: Stack) -> None:
    ana.upload(photos(folder, 2))
    project = ana.running(f"{folder}/**", instructions={"text": "Look."})
    address = f"/api/projects/{project}"
    added = ana.post(f"{address}/webhooks", {"url": "http://127.0.0.1:1/", "events": ["run_started"]}, 201)
    ana.submit(project, ana.must_claim(project))
    ana.exported(project, format="csv")
    assert ana.get(f"{address}/log")["items"]
    assert ana.http.delete(f"{address}/webhooks/{added['id']}").status_code == 204
    with TableServiceClient.from_connection_string(stack.connection_string) as tables:
        assert project in {table.name for table in tables.list_tables()}
        assert ana.http.delete(address).status_code == 202
        wait_for(lambda: ana.http.get(address).status_code == 404)
        assert project not in {table.name for table in tables.list_tables()}
    with BlobServiceClient.from_connection_string(stack.connection_string) as blobs:
        container = blobs.get_container_client("tagwerk")
        assert [name for name in container.list_blob_names() if project in name] == []


def test_an_export_says_that_its_file_has_expired(ana: Person, folder: str, stack: Stack) -> None:
    ana.upload(photos(folder, 1))
    project = ana.running(f"{folder}/**")
    export, _ = ana.exported(project, format="csv")
    assert not export["expired"]
    with BlobServiceClient.from_connection_string(stack.connection_string) as blobs:
        blobs.get_blob_client("tagwerk", f"exports/{project}/{export['id']}.csv").delete_blob()
    [listed] = ana.get(f"/api/projects/{project}/exports")["items"]
    one = ana.get(f"/api/projects/{project}/exports/{export['id']}")
    assert one == listed == export | {"url": None, "expired": True}
