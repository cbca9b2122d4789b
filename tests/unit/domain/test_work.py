"""What is being worked on follows a call, and no other."""

import asyncio

from core.domain.work import Work, about, present, working, working_in


def test_whoever_finds_out_more_says_so() -> None:
    with working("claim") as work:
        about(project="flowers")
        about(task="3.x")
    assert work == Work("claim", project="flowers", task="3.x")
    assert present() is None


def test_without_a_work_nothing_happens() -> None:
    about(project="flowers")
    with working_in("flowers"):
        assert present() is None


def test_one_of_several_projects_is_told_apart() -> None:
    with working("look_after") as work:
        with working_in("flowers"):
            assert present() == Work("look_after", project="flowers")
            about(run="r1")
        assert present() == work == Work("look_after")


def test_works_side_by_side_do_not_meet() -> None:
    async def call(project: str) -> str | None:
        with working("claim"):
            about(project=project)
            await asyncio.sleep(0)
            found = present()
            return found.project if found else None

    async def both() -> list[str | None]:
        return list(await asyncio.gather(call("flowers"), call("signs")))

    assert asyncio.run(both()) == ["flowers", "signs"]
