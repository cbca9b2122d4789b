"""What Azure ML's SDK raises, in our words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from core.domain.errors import Invalid, TagwerkError, Unavailable

if TYPE_CHECKING:
    from azure.ai.ml.exceptions import MlException
    from azure.core.exceptions import HttpResponseError

R = TypeVar("R")

_RETRY_SECONDS = 30
_REFUSED = {400, 422}
FORBIDDEN = {401, 403}
_MISSING = 404


def translated(act: Callable[..., R], *args: object) -> R:
    """Call, and raise Invalid for what Azure ML refuses, Unavailable for what may work later."""
    from azure.ai.ml.exceptions import ErrorCategory, MlException
    from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError

    try:
        return act(*args)
    except ClientAuthenticationError as error:
        if error.response is None:  # nothing was asked yet
            why = "Azure gives Tagwerk's identity no token for Azure ML: is it still assigned to the app?"
            raise Unavailable(f"{why} {error.message}", _RETRY_SECONDS) from error
        raise _answered(error) from error
    except HttpResponseError as error:
        raise _answered(error) from error
    except MlException as error:
        if error.error_category == ErrorCategory.SYSTEM_ERROR:
            raise Unavailable(f"Azure ML's SDK failed: {error.message}", _RETRY_SECONDS) from error
        raise Invalid(f"Azure ML's SDK refuses this: {_first(error).message}") from error
    except AzureError as error:
        raise Unavailable(f"Azure ML cannot be reached: {error.message}", _RETRY_SECONDS) from error


def is_missing(error: "MlException") -> bool:
    """Whether the SDK means that something is not there."""
    from azure.ai.ml.exceptions import ValidationErrorType

    return getattr(_first(error), "error_type", None) == ValidationErrorType.RESOURCE_NOT_FOUND


def _first(error: "MlException") -> "MlException":
    """The error itself: the SDK raises another for it, with colours for a terminal."""
    from azure.ai.ml.exceptions import MlException

    return error.__context__ if isinstance(error.__context__, MlException) else error


def _answered(error: "HttpResponseError") -> TagwerkError:
    if error.status_code in _REFUSED:
        return Invalid(f"Azure ML refuses this: {error.message}")
    if error.status_code in FORBIDDEN:
        hint = "Give Tagwerk's identity the role AzureML Data Scientist in the workspace."
        return Unavailable(f"Azure ML refuses access: {error.message} {hint}", _RETRY_SECONDS)
    if error.status_code == _MISSING:
        hint = "Look at the AZURE_ML settings."
        return Unavailable(f"Azure ML lacks something: {error.message} {hint}", _RETRY_SECONDS)
    return Unavailable(f"Azure ML is busy: {error.message}", _RETRY_SECONDS)
