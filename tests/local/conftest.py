from collections.abc import Iterator

import pytest

from local.azurite import Azurite
from tests.local.app_runner import AppRunner


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    with Azurite(in_memory=True) as running:
        yield running


@pytest.fixture
def apps(azurite: Azurite) -> AppRunner:
    return AppRunner(azurite.connection_string)
