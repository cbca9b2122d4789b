"""What a deployment of infra/main.bicep would ask Azure for: expressions evaluated, modules followed.

Only what Azure makes up (principal ids, connection strings) stays open, as Runtime values. A name that
nobody declares, a missing or unknown parameter, a value of the wrong type or a circle is an error, as it is
to Bicep.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tree_sitter import Node

from tests.infra.bicep import BicepFile, Declaration, Malformed, plain, read, source, unescaped
from tests.infra.functions import FUNCTIONS, GROUP, Runtime, Value, resource_id, surroundings

_TYPES: Mapping[str, type] = {"string": str, "int": int, "bool": bool, "array": list, "object": dict}


@dataclass(frozen=True)
class Resource:
    """A resource that is asked for (or expected to be there), and what is asked."""

    type: str
    version: str
    id: str
    name: str
    body: dict[str, Value]
    existing: bool
    file: str

    @property
    def properties(self) -> dict[str, Value]:
        """Its properties; none if it has none."""
        found: dict[str, Value] = self.body.get("properties", {})
        return found


@dataclass
class Outcome:
    """Everything a deployment asks for, and its outputs."""

    resources: list[Resource]
    outputs: dict[str, Value]

    def of(self, type_: str) -> list[Resource]:
        """The resources of a type that are made."""
        return [one for one in self.resources if one.type == type_ and not one.existing]


@dataclass
class _Scope:
    """Where an expression is evaluated: a file, its parameters, what was found so far, loop variables."""

    file: BicepFile
    group: str
    parameters: dict[str, Value]
    resources: list[Resource]
    known: dict[str, Value] = field(default_factory=dict)
    under_way: set[str] = field(default_factory=set)
    locals: dict[str, Value] = field(default_factory=dict)
    bound: frozenset[int] = frozenset()


def deploy(path: Path, parameters: Mapping[str, Value], group: str = GROUP) -> Outcome:
    """Deploy a file with parameters. Raises Malformed."""
    return _deploy(read(path), parameters, group)


def deploy_file(file: BicepFile, parameters: Mapping[str, Value]) -> Outcome:
    """The same for a file that is parsed already."""
    return _deploy(file, parameters, GROUP)


def _deploy(file: BicepFile, parameters: Mapping[str, Value], group: str) -> Outcome:
    scope = _Scope(file, group, {}, [])
    declared = {each.name: each for each in file.of("param")}
    for name in parameters.keys() - declared.keys():
        raise Malformed(f"{file.path.name} has no parameter {name}.")
    for name, each in declared.items():
        if name in parameters:
            value = parameters[name]
        elif each.value is not None:
            value = _value(each.value, scope)
        else:
            raise Malformed(f"{file.path.name} needs the parameter {name}.")
        scope.parameters[name] = _typed(each, value, scope)
    for sort in ("var", "resource", "module"):
        for each in file.of(sort):
            if sort != "var":
                _look_up(each.name, scope)
    outputs = {each.name: _value(_expression(each), scope) for each in file.of("output")}
    return Outcome(scope.resources, outputs)


def _typed(declared: Declaration, value: Value, scope: _Scope) -> Value:
    expected: Any = _TYPES[declared.type]
    if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
        raise Malformed(f"{scope.file.path.name}: {declared.name} is {value!r}, but must be {declared.type}.")
    allowed = [_value(node, scope) for node in declared.decorators.get("allowed", [])]
    if allowed and value not in allowed[0]:
        raise Malformed(f"{scope.file.path.name}: {declared.name} is {value!r}, but must be in {allowed[0]}.")
    for bound in ("minValue", "minLength"):
        for node in declared.decorators.get(bound, []):
            size = value if isinstance(value, int) else len(value)
            if size < _value(node, scope):
                raise Malformed(f"{scope.file.path.name}: {declared.name} is {value!r}, below {bound}.")
    return value


def _look_up(name: str, scope: _Scope) -> Value:
    if name in scope.locals:
        return scope.locals[name]
    if name in scope.parameters:
        return scope.parameters[name]
    if name not in scope.known:
        declared = scope.file.declarations.get(name)
        if declared is None:
            raise Malformed(f"{scope.file.path.name}: nobody declares {name}.")
        if name in scope.under_way:
            raise Malformed(f"{scope.file.path.name}: {name} needs itself.")
        scope.under_way.add(name)
        scope.known[name] = _declared(declared, replace(scope, locals={}))
    return scope.known[name]


def _declared(declared: Declaration, scope: _Scope) -> Value:
    if declared.sort == "var":
        return _value(_expression(declared), scope)
    make = _resource if declared.sort == "resource" else _module
    return _each(_expression(declared), scope, lambda body, inner: make(declared, body, inner))


def _expression(declared: Declaration) -> Node:
    if declared.value is None:
        raise Malformed(f"{declared.name} has no value.")
    return declared.value


def _each(node: Node, scope: _Scope, make: Callable[[Node, _Scope], Value]) -> Value:
    """What a declaration's body makes: one, none (a condition that does not hold), or an array (a loop)."""
    if node.type == "for_statement":
        return [_each(_body(node), inner, make) for inner in _turns(node, scope)]
    if node.type == "if_statement":
        condition, body = node.named_children
        return _each(body, scope, make) if _value(condition, scope) else None
    return make(node, scope)


def _body(loop: Node) -> Node:
    return [child for child in loop.named_children if child.type != "comment"][-1]


def _turns(loop: Node, scope: _Scope) -> list[_Scope]:
    names, over = loop.named_children[0], loop.named_children[1]
    words = [source(name) for name in names.named_children] or [source(names)]
    array = _value(over, scope)
    return [
        replace(scope, locals={**scope.locals, **dict(zip(words, (each, index), strict=False))})
        for index, each in enumerate(array)
    ]


def _resource(declared: Declaration, node: Node, scope: _Scope) -> Resource:
    body = _value(node, scope)
    type_, _, version = declared.type.partition("@")
    name, parent, over = body["name"], body.get("parent"), body.get("scope")
    if over is not None:
        id_ = f"{over.id}/providers/{type_}/{name}"
    elif parent is not None:
        id_ = f"{parent.id}/{type_.rpartition('/')[2]}/{name}"
    else:
        id_ = resource_id(scope.group, type_, name.split("/"))
    made = Resource(type_, version, id_, name, body, declared.existing, scope.file.path.name)
    scope.resources.append(made)
    return made


def _module(declared: Declaration, node: Node, scope: _Scope) -> Outcome:
    body = _value(node, scope)
    group = body["scope"]["id"] if "scope" in body else scope.group
    outcome = _deploy(read((scope.file.path.parent / declared.type).resolve()), body["params"], group)
    scope.resources.extend(outcome.resources)
    return outcome


def _value(node: Node, scope: _Scope) -> Value:
    found = _EVALUATE.get(node.type)
    if found is None:
        raise Malformed(f"{scope.file.path.name}: {node.type} is not understood: {source(node)[:60]}")
    return found(node, scope)


def _string(node: Node, scope: _Scope) -> Value:
    """Its text is cut out by hand: to the parser, space beside an interpolation is none of the string."""
    text, at = node.text or b"", 1
    parts: list[str] = []
    for child in node.named_children:
        if child.type == "interpolation":
            begin, end = child.start_byte - node.start_byte, child.end_byte - node.start_byte
            parts += [unescaped(text[at:begin]), _inserted(child, scope)]
            at = end
    parts.append(unescaped(text[at:-1]))
    joined = "".join(parts)
    return Runtime(joined) if any(isinstance(part, Runtime) for part in parts) else joined


def _inserted(node: Node, scope: _Scope) -> str:
    found = _value(node.named_children[0], scope)
    if not isinstance(found, str | int):
        raise Malformed(f"{scope.file.path.name}: {source(node)} is no text.")
    return found if isinstance(found, str) else str(found)


def _object(node: Node, scope: _Scope) -> Value:
    found: dict[str, Value] = {}
    for entry in node.named_children:
        if entry.type == "object_property":
            key, value = [child for child in entry.named_children if child.type != "comment"]
            name = source(key) if key.type == "identifier" else _value(key, scope)
            found[name] = _value(value, scope)
    return found


def _array(node: Node, scope: _Scope) -> Value:
    """To the parser, `[a[b]]` has two elements, `a` and `[b]`; without space between them they are one."""
    found: list[Value] = []
    end = -1
    for child in node.named_children:
        if child.type == "comment":
            continue
        if child.start_byte == end and child.type == "array":
            found.append(_at(found.pop(), _value(child.named_children[0], scope), child, scope))
        elif child.start_byte == end:
            raise Malformed(f"{scope.file.path.name}: the parser does not understand {source(node)[:60]}")
        else:
            found.append(_value(child, scope))
        end = child.end_byte
    return found


def _loop(node: Node, scope: _Scope) -> Value:
    return [_value(_body(node), inner) for inner in _turns(node, scope)]


def _ternary(node: Node, scope: _Scope) -> Value:
    condition, yes, no = node.named_children
    return _value(yes if _value(condition, scope) else no, scope)


def _binary(node: Node, scope: _Scope) -> Value:
    left, right = node.named_children
    return _operated(left, source(node.children[1]), lambda: _value(right, scope), scope)


def _operated(left: Node, sign: str, right: Callable[[], Value], scope: _Scope) -> Value:
    first = _value(left, scope)
    if sign in ("&&", "||"):
        return first if bool(first) == (sign == "||") else right()
    second = right()
    return {
        "==": lambda: first == second,
        "!=": lambda: first != second,
        "<": lambda: first < second,
        ">": lambda: first > second,
        "+": lambda: first + second,
    }[sign]()


def _unary(node: Node, scope: _Scope) -> Value:
    found = _value(node.named_children[-1], scope)
    return not found if source(node.children[0]) == "!" else -found


def _member(node: Node, scope: _Scope) -> Value:
    return _then(node, scope, lambda value: value)


def _then(node: Node, scope: _Scope, do: Callable[[Value], Value]) -> Value:
    """Do something with the last operand: to the parser, `a ? b : c.d` is `(a ? b : c).d`."""
    if node.type == "ternary_expression":
        condition, yes, no = node.named_children
        return _value(yes, scope) if _value(condition, scope) else _then(no, scope, do)
    if node.type == "binary_expression":
        left, right = node.named_children
        return _operated(left, source(node.children[1]), lambda: _then(right, scope, do), scope)
    if node.type == "lambda_expression" and node.id in scope.bound:
        return _then(node.named_children[1], scope, do)
    if node.type == "member_expression":
        whole, key = node.named_children
        return _then(whole, scope, lambda value: do(_get(value, source(key), node, scope)))
    if node.type == "subscript_expression":
        whole, index = node.named_children
        return _then(whole, scope, lambda value: do(_at(value, _value(index, scope), node, scope)))
    return do(_value(node, scope))


def _at(whole: Value, key: Value, node: Node, scope: _Scope) -> Value:
    return whole[key] if isinstance(whole, list) else _get(whole, key, node, scope)


def _get(whole: Value, key: str, node: Node, scope: _Scope) -> Value:
    if isinstance(whole, Outcome) and key == "outputs":
        return whole.outputs
    if isinstance(whole, Resource):
        return {"id": whole.id, "name": whole.name, "properties": _properties(whole)}[key]
    if isinstance(whole, _Properties):
        return whole.get(key)
    if isinstance(whole, dict) and key in whole:
        return whole[key]
    raise Malformed(f"{scope.file.path.name}: {source(node)}: there is no {key}.")


@dataclass(frozen=True)
class _Properties:
    """What Azure says of a resource that it has made."""

    of: Resource

    def get(self, key: str) -> Value:
        name = self.of.name
        if key == "primaryEndpoints":
            services = ("blob", "queue", "table")
            return {service: f"https://{name}.{service}.core.windows.net/" for service in services}
        if key == "defaultHostName":
            return f"{name}.azurewebsites.net"
        return Runtime(f"<{key} of {name}>")


def _properties(resource: Resource) -> _Properties:
    return _Properties(resource)


def _call(node: Node, scope: _Scope) -> Value:
    name, given = source(node.named_children[0]), node.named_children[1].named_children
    if name == "loadJsonContent":
        return json.loads((scope.file.path.parent / plain(given[0])).read_text())
    if name == "loadTextContent":
        return (scope.file.path.parent / plain(given[0])).read_text()
    arguments: list[Any] = [_argument(each, scope) for each in given]
    if name in FUNCTIONS:
        return FUNCTIONS[name](*arguments)
    found = surroundings(name, arguments, scope.group)
    if found is None:
        raise Malformed(f"{scope.file.path.name}: the function {name} is not understood.")
    return found


def _argument(node: Node, scope: _Scope) -> Value:
    """An argument. To the parser `x => x.y == z` is `(x => x).y == z`, so all of it is the lambda's body."""
    spine = node
    while spine.type != "lambda_expression" and spine.named_children and spine.type != "call_expression":
        spine = spine.named_children[0]
    if spine.type != "lambda_expression":
        return _value(node, scope)
    names = [source(each) for each in every_name(spine.named_children[0])]

    def call(*values: Value) -> Value:
        inner = {**scope.locals, **dict(zip(names, values, strict=True))}
        return _value(node, replace(scope, locals=inner, bound=scope.bound | {spine.id}))

    return call


def every_name(node: Node) -> list[Node]:
    """The parameters of a lambda."""
    return node.named_children if node.type == "parenthesized_expression" else [node]


def _lambda(node: Node, scope: _Scope) -> Value:
    if node.id not in scope.bound:
        raise Malformed(f"{scope.file.path.name}: a lambda where none can be: {source(node)[:60]}")
    return _value(node.named_children[1], scope)


_EVALUATE: Mapping[str, Callable[[Node, _Scope], Value]] = {
    "string": _string,
    "number": lambda node, _: int(source(node)),
    "boolean": lambda node, _: source(node) == "true",
    "null": lambda _node, _scope: None,
    "identifier": lambda node, scope: _look_up(source(node), scope),
    "object": _object,
    "array": _array,
    "for_statement": _loop,
    "ternary_expression": _ternary,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "member_expression": _member,
    "subscript_expression": _member,
    "call_expression": _call,
    "lambda_expression": _lambda,
    "parenthesized_expression": lambda node, scope: _value(node.named_children[0], scope),
}
