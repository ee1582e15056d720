"""One object for what many routes take as query parameters alike."""

import inspect
from collections.abc import Awaitable, Callable, Iterator
from functools import wraps
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta, Struct

T = TypeVar("T")
Handler = Callable[..., Awaitable[T]]


def spread(name: str, struct: type[Struct]) -> Callable[[Handler[T]], Handler[T]]:
    """The handler takes the Struct by that name; callers send its fields as query parameters.

    To Litestar they are the handler's own, so that all that are wrong are told at once: what a dependency takes would
    be checked apart, and hide what else is wrong. Every field needs a default.
    """
    parameters = [_parameter(field, hint) for field, hint in _fields(struct)]
    names = [parameter.name for parameter in parameters]

    def decorate(handler: Handler[T]) -> Handler[T]:
        @wraps(handler)
        async def call(**given: Any) -> T:
            fields = {field: given.pop(field) for field in names}
            return await handler(**given, **{name: struct(**fields)})

        own = inspect.signature(handler)
        rest = [p.replace(kind=p.KEYWORD_ONLY) for p in own.parameters.values() if p.name != name]
        call.__signature__ = own.replace(parameters=[*rest, *parameters])  # type: ignore[attr-defined]
        hints = get_type_hints(handler, include_extras=True)
        del hints[name]
        call.__annotations__ = hints | {p.name: p.annotation for p in parameters}
        return call

    return decorate


def _fields(struct: type[Struct]) -> list[tuple[msgspec.structs.FieldInfo, Any]]:
    hints = get_type_hints(struct, include_extras=True)
    return [(field, hints[field.name]) for field in msgspec.structs.fields(struct)]


def _parameter(field: msgspec.structs.FieldInfo, hint: Any) -> inspect.Parameter:
    # Litestar forgets what is annotated inside of an optional type, unless the parameter says it too.
    metas = [m for part in _parts(hint) for m in getattr(part, "__metadata__", ()) if isinstance(m, Meta)]
    marker = QueryParameter(
        name=field.encode_name,
        description=next((m.description for m in metas if m.description), None),
        max_length=next((m.max_length for m in metas if m.max_length), None),
    )
    annotation = Annotated[hint, marker]
    return inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=annotation)


def _parts(hint: Any) -> Iterator[Any]:
    """The type, and those that it is a union of."""
    yield hint
    if get_origin(hint) is Annotated:
        yield from _parts(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType):
        yield from get_args(hint)
