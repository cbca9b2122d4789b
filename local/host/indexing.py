"""Loading function_app.py and describing the functions in it."""

import importlib.util
import inspect
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import azure.functions as func

from local.host.errors import AppError, UnsupportedError

TRIGGERS = ("httpTrigger", "queueTrigger", "timerTrigger", "blobTrigger")
RESPONSE = "http"
VALID_NAME = re.compile(r"[a-z][a-z0-9_\-]{0,127}", re.IGNORECASE)


@dataclass(frozen=True)
class Function:
    """One function of the app: what to call, and the trigger that calls it."""

    name: str
    call: Callable[..., Any]
    trigger: dict[str, Any]
    parameter: str
    annotation: Any
    wants_context: bool
    is_async: bool
    folder: str

    @property
    def kind(self) -> str:
        """The trigger's type, such as queueTrigger."""
        return str(self.trigger["type"])

    @property
    def id(self) -> str:
        """The name under which Event Grid and the host's own storage know it."""
        return f"Host.Functions.{self.name}"


def load_functions(app_folder: Path) -> list[Function]:
    """Import function_app.py of `app_folder` as Azure does, and index it once.

    Raises AppError if there is no function app in it, or one that the host would refuse.
    """
    if not (app_folder / "function_app.py").exists():
        raise AppError(f"{app_folder} holds no function_app.py.")
    module = _import(app_folder / "function_app.py")
    apps = [
        value
        for value in vars(module).values()
        if isinstance(value, func.decorators.function_app.FunctionRegister)
    ]
    if len(apps) != 1:
        raise AppError(f"function_app.py must define exactly one function app, and defines {len(apps)}.")
    return [_describe(function, app_folder) for function in apps[0].get_functions()]


def _import(script: Path) -> ModuleType:
    sys.path.insert(0, str(script.parent))
    spec = importlib.util.spec_from_file_location(script.stem, script)
    if spec is None or spec.loader is None:
        raise AppError(f"{script} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[script.stem] = module
    spec.loader.exec_module(module)
    return module


def _describe(function: Any, app_folder: Path) -> Function:
    name = str(function.get_function_name())
    call = function.get_user_function()
    trigger = _trigger(name, function)
    parameters = inspect.signature(call).parameters
    if trigger["name"] not in parameters:
        raise AppError(f"Function {name!r} lacks the parameter {trigger['name']!r} that its trigger fills.")
    return Function(
        name=name,
        call=call,
        trigger=trigger,
        parameter=trigger["name"],
        annotation=inspect.get_annotations(call, eval_str=True).get(trigger["name"]),
        wants_context="context" in parameters,
        is_async=inspect.iscoroutinefunction(call),
        folder=str(app_folder),
    )


def _trigger(name: str, function: Any) -> dict[str, Any]:
    if not VALID_NAME.fullmatch(name) or name.lower() == "host":
        raise AppError(f"{name!r} is not a name that Azure accepts for a function.")
    trigger = function.get_trigger()
    if trigger is None or trigger.type not in TRIGGERS:
        raise UnsupportedError(name, f"the trigger {trigger and trigger.type}")
    for binding in function.get_bindings():
        if binding is not trigger and binding.type != RESPONSE:
            raise UnsupportedError(name, f"a {binding.type} binding")
    if function.get_setting("retry_policy"):
        raise UnsupportedError(name, "a retry policy")
    return dict(trigger.get_dict_repr())
