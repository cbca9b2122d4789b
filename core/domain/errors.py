"""Everything that can go wrong, as a tree. Each error says in `str()` what a person can do about it.

TagwerkError
├── NotFound          no such thing, or none that the caller may know of
├── Forbidden         signed in, but without the permission
├── Unauthenticated   no valid token
├── Conflict          the state does not allow it
│   ├── NameTaken
│   ├── StillThere     a project that is to be restored
│   ├── Immutable
│   ├── WrongStatus
│   ├── TaskGone
│   └── BudgetSpent
├── Stale             somebody else changed it first
│   └── ItemsChanged
├── Invalid           a value that makes no sense
│   ├── InvalidAnswer
│   ├── InvalidLabels
│   ├── InvalidFile
│   ├── Unreadable     an item's image or text
│   └── Unsupported
├── Unavailable       try again in a moment
└── NoItems           a project's path matches nothing
"""

from collections.abc import Mapping, Sequence


class TagwerkError(Exception):
    """The root. `fields` go into the HTTP problem document, beside its type, title, status and detail."""

    title = "Something went wrong"

    def __init__(self, detail: str, **fields: object) -> None:
        super().__init__(detail)
        self.fields: Mapping[str, object] = fields


class NotFound(TagwerkError):
    title = "Not found"

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"There is no {what} '{name}' that you can see.", what=what, name=name)


class Forbidden(TagwerkError):
    title = "Not allowed"

    def __init__(self, action: str) -> None:
        super().__init__(
            f"Your role does not allow '{action}'. Ask an owner of the project or an administrator.",
            action=action,
        )


class Unauthenticated(TagwerkError):
    title = "Sign in"


class Conflict(TagwerkError):
    title = "The state does not allow it"


class NameTaken(Conflict):
    title = "The name is taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"'{name}' is or was the name of a project. Names are never used twice; choose another.",
            name=name,
        )


class StillThere(Conflict):
    title = "The project is still there"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The project '{name}' is there, or is still being deleted. A backup replaces no project: delete "
            "it first, wait until it is gone, and restore the backup then.",
            name=name,
        )


class Immutable(Conflict):
    title = "This cannot change"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"'{field}' is fixed when a project is created, because its items and answers depend on it. "
            "Create another project instead.",
            field=field,
        )


class WrongStatus(Conflict):
    title = "The project's status does not allow it"

    def __init__(self, status: str, needed: str) -> None:
        super().__init__(
            f"The project is {status}; this needs it to be {needed}.", project_status=status, needed=needed
        )


class TaskGone(Conflict):
    title = "The task is gone"

    def __init__(self, task: str) -> None:
        super().__init__(
            "This task is not yours any more: it was submitted, given back, or expired long ago. "
            "Nothing was changed; take a new task.",
            task=task,
        )


class BudgetSpent(Conflict):
    title = "The budget is spent"


class Stale(TagwerkError):
    title = "It has changed meanwhile"

    def __init__(self, what: str) -> None:
        super().__init__(f"The {what} has changed since you read it. Read it again.", what=what)


class ItemsChanged(Stale):
    """`changed` says by item what it has become; `done` are the items that were dealt with before."""

    title = "Items have changed meanwhile"

    def __init__(self, changed: Mapping[str, Mapping[str, object]], done: Sequence[str] = ()) -> None:
        TagwerkError.__init__(
            self,
            f"{len(changed)} of these items changed since you looked. Nothing was done to them; look again.",
            changed=[{"item": item, **fields} for item, fields in changed.items()],
            done=list(done),
        )
        self.changed = changed

    def after(self, done: Sequence[str]) -> "ItemsChanged":
        """The same, after something else was done."""
        return ItemsChanged(self.changed, done)


class Invalid(TagwerkError):
    title = "This makes no sense"


class InvalidAnswer(Invalid):
    title = "The answer does not fit"

    def __init__(self, item: str, reason: str) -> None:
        super().__init__(f"Item {item}: {reason}", item=item, reason=reason)


class InvalidLabels(Invalid):
    title = "The labels do not fit"


class InvalidFile(Invalid):
    title = "The file cannot be read"


class Unreadable(Invalid):
    title = "The item cannot be read"

    def __init__(self, item: str, reason: str) -> None:
        super().__init__(f"'{item}' cannot be labeled: {reason}", item=item, reason=reason)
        self.reason = reason


class Unsupported(Invalid):
    title = "Not supported yet"


class Unavailable(TagwerkError):
    title = "Busy"

    def __init__(self, detail: str, retry_after_seconds: int = 1) -> None:
        super().__init__(detail, retry_after_seconds=retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


class NoItems(TagwerkError):
    title = "Nothing to label"
