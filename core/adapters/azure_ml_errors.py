"""What Azure ML's SDK raises, in our words."""

from collections.abc import Callable
from typing import TypeVar

from core.domain.errors import Invalid, Unavailable

R = TypeVar("R")

_RETRY_SECONDS = 30
_REFUSED = {400, 422}
_FORBIDDEN = {401, 403}
_MISSING = 404


def translated(act: Callable[..., R], *args: object) -> R:
    """Call, and raise Invalid for what Azure ML refuses, Unavailable for what may work later."""
    from azure.ai.ml.exceptions import MlException
    from azure.core.exceptions import AzureError, HttpResponseError

    try:
        return act(*args)
    except HttpResponseError as error:
        if error.status_code in _REFUSED:
            raise Invalid(f"Azure ML refuses this: {error.message}") from error
        if error.status_code in _FORBIDDEN:
            hint = "Give Tagwerk's identity the role AzureML Data Scientist in the workspace."
            raise Unavailable(f"Azure ML refuses access: {error.message} {hint}", _RETRY_SECONDS) from error
        if error.status_code == _MISSING:
            hint = "Look at the AZURE_ML settings."
            raise Unavailable(f"Azure ML lacks something: {error.message} {hint}", _RETRY_SECONDS) from error
        raise Unavailable(f"Azure ML is busy: {error.message}", _RETRY_SECONDS) from error
    except MlException as error:
        raise Invalid(f"Azure ML's SDK refuses this: {error.message}") from error
    except AzureError as error:
        raise Unavailable(f"Azure ML cannot be reached: {error.message}", _RETRY_SECONDS) from error
