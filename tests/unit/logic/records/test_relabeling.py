from dataclasses import replace

import pytest

from core.domain.labels import Relabel, RelabelMode
from core.domain.records import Source
from core.logic.records.relabeling import brought_up
from tests.examples import NOON, a_record, terms

AGAIN = Relabel("o1", RelabelMode.RESTART_KEEP, {}, (), "ana", NOON)


@pytest.mark.parametrize(("source", "kept"), [(Source.MANUAL, 1), (Source.REVIEW, 1), (Source.MODEL, None)])
def test_labelers_begin_with_what_people_said_but_not_with_what_only_a_model_did(
    source: Source, kept: int | None
) -> None:
    said = a_record()
    before = replace(said, revisions=(replace(said.revisions[0], source=source),))
    after = brought_up(before, 0, replace(terms(), version=1, relabel=AGAIN))
    assert (after.standing, after.kept, len(after.revisions)) == (None, kept, 1)
