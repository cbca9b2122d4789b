"""placeholder until mltable lands"""

from collections.abc import AsyncIterator

from core.domain.errors import Unsupported


async def find_mltable_items(*args: object) -> AsyncIterator[None]:
    raise Unsupported("not yet")
    yield
