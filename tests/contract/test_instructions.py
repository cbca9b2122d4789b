"""InstructionsStore."""

from datetime import timedelta

from core.domain.projects import Instructions, InstructionsVersion
from tests.contract.conftest import Stores
from tests.examples import NOON


def _version(number: int, text: str = "") -> InstructionsVersion:
    url = f"https://example.org/{number}"
    return InstructionsVersion(
        Instructions(text, url, number), NOON + timedelta(days=number), f"user {number}"
    )


async def test_versions_come_back_newest_first_page_by_page(stores: Stores, project: str) -> None:
    versions = [_version(number) for number in range(1, 12)]
    for version in versions:
        await stores.instructions.add(project, version)
    assert await stores.instructions.page(project, 2) == [versions[10], versions[9]]
    assert await stores.instructions.page(project, 2, 10) == [versions[8], versions[7]]
    assert await stores.instructions.page(project, 2, 1) == []


async def test_the_longest_text_comes_back_whole(stores: Stores, project: str) -> None:
    version = _version(1, "\U0001f338\n" * 25_000)
    await stores.instructions.add(project, version)
    assert await stores.instructions.page(project, 1) == [version]


async def test_a_version_that_is_kept_stays_as_it_is(stores: Stores, project: str) -> None:
    await stores.instructions.add(project, _version(1, "first"))
    await stores.instructions.add(project, _version(1, "second"))
    assert await stores.instructions.page(project, 9) == [_version(1, "first")]


async def test_nothing_is_kept_of_a_project_that_is_gone(stores: Stores, project: str) -> None:
    await stores.shards.drop(project)
    await stores.instructions.add(project, _version(1))
    await stores.instructions.page(project, 1)
