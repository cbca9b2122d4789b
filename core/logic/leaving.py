"""What a shard is without somebody who labeled it. Pure: a new Control comes out."""

from dataclasses import replace

from core.domain.shards import Control


def leave(control: Control, labeler: str) -> Control:
    """The control entity without the labeler's leases. What they answered stays."""
    return replace(control, leases=tuple(lease for lease in control.leases if lease.labeler != labeler))
