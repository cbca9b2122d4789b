import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import jobs
from core.domain.errors import Invalid
from core.domain.jobs import BlobFolder, Input, JobSpec, split_argument, told_progress


def spec(
    *,
    name: str = "one",
    arguments: tuple[str, ...] = (),
    inputs: dict[str, Input] | None = None,
    outputs: dict[str, BlobFolder] | None = None,
    seconds: int = 1,
) -> JobSpec:
    """A job that may make no sense."""
    return JobSpec(name, "a.py", arguments, inputs or {}, outputs or {}, time_limit_seconds=seconds)


def test_examples() -> None:
    assert doctest.testmod(jobs).failed == 0


@pytest.mark.parametrize("name", ["", "-a", "a/b", "..", "a b", "x" * 256])
def test_an_id_is_a_plain_name(name: str) -> None:
    with pytest.raises(Invalid, match="no id"):
        spec(name=name)


def test_what_a_job_is_refused_for() -> None:
    folder = BlobFolder("data", "out/")
    with pytest.raises(Invalid, match=r"inputs\.out"):
        spec(arguments=("{inputs.out}",), outputs={"out": folder})
    with pytest.raises(Invalid, match="no name"):
        spec(outputs={"Out_1": folder})
    with pytest.raises(Invalid, match="slash"):
        spec(inputs={"a": Input(BlobFolder("data", "in"))})
    with pytest.raises(Invalid, match="slash"):
        spec(outputs={"out": BlobFolder("data", "out")})
    with pytest.raises(Invalid, match="time limit"):
        spec(seconds=0)


@given(st.lists(st.sampled_from(["{inputs.a}", "{outputs.b}", "x", "{}", " ", "{inputs}"])))
def test_an_argument_is_the_sum_of_its_pieces(parts: list[str]) -> None:
    argument = "".join(parts)
    pieces = split_argument(argument)
    assert "".join(f"{{{side}.{text}}}" if side else text for side, text in pieces) == argument
    assert [side for side, _ in pieces if side] == [part[1:].split(".")[0] for part in parts if "." in part]


@pytest.mark.parametrize(
    ("log", "progress"),
    [
        ("", None),
        ("no progress 0.5", None),
        ("progress 1.00 done\n", 1.0),
        ("progress 7\n", 1.0),
        ("progress x", None),
    ],
)
def test_progress_is_what_was_said_last(log: str, progress: float | None) -> None:
    assert told_progress(log) == progress
