"""Frozen values to JSON text and back, by their type hints: what a row holds is exactly the room's value."""

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")


def to_text(value: object) -> str:
    """`value` as JSON, keys in order, letters as they are: the same value gives the same text."""
    return _ENCODER.encode(value)


def from_text(kind: type[Value], text: str) -> Value:
    """The value of `kind` that `to_text` wrote."""
    make: Callable[[Any], Value] = _maker(typing.cast(typing.Hashable, kind))
    return make(json.loads(text))


def _plain(value: Any) -> Any:
    """What JSON does not know by itself, in what it knows."""
    if is_dataclass(value):
        return {name: getattr(value, name) for name in _names(typing.cast(typing.Hashable, type(value)))}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} cannot be kept as JSON")


@cache
def _names(kind: typing.Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(typing.cast(Any, kind)))


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _same(value: Any) -> Any:
    return value


@cache
def _maker(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, typing.NewType):
        return _maker(hint.__supertype__)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = _maker(next(one for one in arguments if one is not types.NoneType))
        if inner is _same:
            return _same
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_maker(arguments)
    if origin is Mapping:
        return _mapping_maker(arguments[1])
    if is_dataclass(hint):
        build: Callable[..., Any] = hint  # type: ignore[assignment]  # a dataclass itself, not one of its values
        hints = typing.get_type_hints(hint)
        makers = {field.name: _maker(hints[field.name]) for field in fields(hint)}
        others = [(name, make) for name, make in makers.items() if make is not _same]

        def built(value: dict[str, Any]) -> Any:  # what JSON was just read into, and nobody else holds
            for name, make in others:
                if name in value:
                    value[name] = make(value[name])
            return build(**value)

        return built
    if hint in (datetime, date):
        return hint.fromisoformat  # type: ignore[no-any-return]  # both give their own class
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _same


def _tuple_maker(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    if arguments[-1] is Ellipsis:
        inner = _maker(arguments[0])
        if inner is _same:
            return tuple
        return lambda value: tuple(inner(one) for one in value)
    inners = [_maker(one) for one in arguments]
    return lambda value: tuple(inner(one) for inner, one in zip(inners, value, strict=True))


def _mapping_maker(kind: Any) -> Callable[[Any], Any]:
    """Of mappings from text: what JSON has for keys."""
    inner = _maker(kind)
    if inner is _same:
        return _same
    return lambda value: {key: inner(one) for key, one in value.items()}
