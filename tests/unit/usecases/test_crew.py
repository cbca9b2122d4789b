import asyncio

import pytest

from core.usecases.crew import Crew


async def test_no_more_is_done_at_once_than_there_are_hands_for() -> None:
    busy: set[int] = set()
    most, done = 0, []

    async def work(number: int) -> None:
        nonlocal most
        busy.add(number)
        most = max(most, len(busy))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        busy.remove(number)
        done.append(number)

    async with Crew(3) as crew:
        for number in range(10):
            await crew.begin(work(number))
    assert sorted(done) == list(range(10))
    assert most == 3


async def test_what_goes_wrong_is_raised_and_breaks_the_rest_off() -> None:
    ended = []

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("endless")

    async def wrong() -> None:
        await asyncio.sleep(0)
        raise ValueError("it is wrong")

    async def all_of_it() -> None:
        async with Crew(3) as crew:
            await crew.begin(endless())
            await crew.begin(wrong())

    with pytest.raises(ValueError, match="wrong"):
        await all_of_it()
    assert ended == ["endless"]


async def test_whoever_leaves_by_an_error_waits_for_nobody() -> None:
    async def endless() -> None:
        await asyncio.Event().wait()

    async def leave() -> None:
        async with Crew(3) as crew:
            await crew.begin(endless())
            raise KeyError

    with pytest.raises(KeyError):
        await leave()
