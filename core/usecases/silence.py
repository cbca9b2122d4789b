"""When work that should be going on is taken for stuck."""

from datetime import timedelta

STUCK_AFTER = timedelta(minutes=1)
"""When nobody has touched something for so long that should be worked on, its message is sent again: that of
a process that was killed stays invisible for ten minutes."""
