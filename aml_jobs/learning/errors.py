"""What stops the program with a sentence instead of a traceback."""


class Unusable(Exception):
    """The task, the items, the data or the model cannot be used; `str()` says what, where and why."""
