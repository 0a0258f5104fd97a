"""Keys of a mapping, read from what a file says: declared once, for the values, for what is wrong and for the JSON Schema.

A class below `Keys` says by annotations which keys there are. What fits is read here, in little time and without any library. Whatever
does not is left to pydantic, which tells everything that is wrong: `told.py` makes its models from the same classes, and
`tests/content/test_keys.py` sees that both take the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Self, TypeVar, Union, get_args, get_origin, get_type_hints

Read = Callable[[Any], Any]
"""Returns what a value means.

Raises `Wrong` when it means nothing.
"""


class Wrong(ValueError):  # noqa: N818 (what the author wrote is wrong, and we go on)
    """A value that means nothing.

    Attributes:
        code: Name of the rule that it breaks.
        values: What the message is filled with.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True, eq=False)  # annotations are hashed, and a schema cannot be
class Reads:
    """How a value is read, as a part of `Annotated`; of two the later one reads first.

    Attributes:
        read: Reads it.
        schema: Its JSON Schema; None for that of the type.
    """

    read: Read
    schema: Mapping[str, Any] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Let pydantic read it alike, for its models."""
        from kompetanse.content.told import reading

        return reading(self, handler(source))

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        """Return its JSON Schema to pydantic."""
        return handler(core) if self.schema is None else dict(self.schema)


class _Sign:
    """Stands for what no file can say."""


REQUIRED = _Sign()
"""In place of a default: the key must be there."""

EMPTY = _Sign()
"""In place of a default: as if an empty mapping stood there."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key, as it is declared.

    Attributes:
        default: What holds where it is absent.
        description: For whoever writes it.
        alias: Its name in the file, where that is none in Python.
        least, most: How many entries its list has.
    """

    default: Any = REQUIRED
    description: str | None = None
    alias: str | None = None
    least: int | None = None
    most: int | None = None
    annotation: Any = None

    @property
    def is_required(self) -> bool:
        """Whether it must be there."""
        return self.default is REQUIRED


def key(
    default: Any = REQUIRED,
    *,
    description: str | None = None,
    alias: str | None = None,
    least: int | None = None,
    most: int | None = None,
) -> Any:
    """Declare a key; without a default it is required."""
    return Key(default, description, alias, least, most)


class Keys:
    """What a mapping says; any key that its class does not have is a fault."""

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is what a file says, and stays so")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let pydantic's models hold it."""
        from kompetanse.content.told import model

        return handler.generate_schema(model(cls))

    @classmethod
    def _of(cls, values: dict[str, Any]) -> Self:
        made = object.__new__(cls)
        vars(made).update(values)
        return made


Model = TypeVar("Model", bound=Keys)


def declared(model: type[Keys]) -> Mapping[str, Key]:
    """Return the keys of `model` by their names in Python, in order."""
    return _all_declared(model)  # type: ignore[arg-type]  # a class can be hashed, whatever its instances can


@cache
def _all_declared(model: Any) -> Mapping[str, Key]:
    hints = get_type_hints(model, include_extras=True)
    return {name: _declared(getattr(model, name, REQUIRED), hint) for name, hint in hints.items()}


def _declared(given: Any, annotation: Any) -> Key:
    found = given if isinstance(given, Key) else Key(given)
    return Key(found.default, found.description, found.alias, found.least, found.most, annotation)


def made(model: type[Model], found: Any) -> Model | None:
    """Return what `found` says as `model`; None when anything in it is wrong."""
    try:
        result: Model = _of_keys(model)(found)  # type: ignore[arg-type]  # as above
    except ValueError:
        return None
    return result


@cache
def _of_keys(model: Any) -> Read:
    keys = declared(model)
    readers = {one.alias or name: (name, _of_key(one)) for name, one in keys.items()}
    required = {one.alias or name for name, one in keys.items() if one.is_required}
    defaults = {name: _default(one) for name, one in keys.items()}

    def read(found: Any) -> Keys:
        if not isinstance(found, dict) or not required <= found.keys() <= readers.keys():
            raise Wrong("wrong-type")
        values = dict(defaults)
        for said, value in found.items():
            name, reader = readers[said]
            values[name] = reader(value)
        made: Keys = model._of(values)
        return made

    return read


def _default(one: Key) -> Any:
    return _of_keys(one.annotation)({}) if one.default is EMPTY else one.default


def _of_key(one: Key) -> Read:
    reader = reader_of(one.annotation)
    if one.least is None and one.most is None:
        return reader
    least, most = one.least or 0, one.most

    def read(found: Any) -> Any:
        value = reader(found)
        if len(value) < least or (most is not None and len(value) > most):
            raise Wrong("too-many")
        return value

    return read


def reader_of(annotation: Any) -> Read:
    """Return what reads a value of the type `annotation`."""
    kind, parts = get_origin(annotation), get_args(annotation)
    if kind is Annotated:
        return _of_annotated(parts[0], [one.read for one in parts[1:] if isinstance(one, Reads)])
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return _of_keys(annotation)  # type: ignore[arg-type]  # as above
    if kind in _PLAIN:
        return _PLAIN[kind](*parts)
    return _anything


def _anything(found: Any) -> Any:
    return found


def _of_annotated(kind: Any, reads: list[Read]) -> Read:
    *after, first = [reader_of(kind), *reads] if get_origin(kind) else reads
    if not after:
        return first

    def read(found: Any) -> Any:
        value = first(found)
        for one in reversed(after):
            value = one(value)
        return value

    return read


def _one_of(*choices: Any) -> Read:
    def read(found: Any) -> Any:
        if type(found) not in (str, int) or found not in choices:
            raise Wrong("unknown-value")
        return found

    return read


def _either(*kinds: Any) -> Read:
    """Read a union: nothing, a mapping or something else, each by the part that is one."""
    parts = [reader_of(one) for one in kinds if one is not type(None)]
    mappings = [reader_of(one) for one in kinds if isinstance(one, type) and issubclass(one, Keys)]
    plain = next((one for one in parts if one not in mappings), mappings[0] if mappings else _anything)
    mapping = mappings[0] if mappings else plain
    is_optional = type(None) in kinds

    def read(found: Any) -> Any:
        if found is None and is_optional:
            return None
        return mapping(found) if isinstance(found, dict) else plain(found)

    return read


def _several(kind: Any, *rest: Any) -> Read:
    one = reader_of(kind)

    def read(found: Any) -> tuple[Any, ...]:
        if not isinstance(found, list | tuple):
            raise Wrong("wrong-type")
        return tuple([one(value) for value in found])

    return read


def _list(kind: Any) -> Read:
    several = _several(kind)
    return lambda found: list(several(found))


def _pairs(name: Any, kind: Any) -> Read:
    first, second = reader_of(name), reader_of(kind)

    def read(found: Any) -> dict[Any, Any]:
        if not isinstance(found, dict):
            raise Wrong("wrong-type")
        return {first(said): second(value) for said, value in found.items()}

    return read


_PLAIN: Mapping[Any, Callable[..., Read]] = {
    Literal: _one_of,
    Union: _either,
    UnionType: _either,
    tuple: _several,
    list: _list,
    dict: _pairs,
}
