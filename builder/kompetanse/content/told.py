"""Everything that is wrong with a mapping, and its JSON Schema: by pydantic, from the classes that `keys.py` reads by.

Nobody needs it before something is wrong, and it takes a build's start a tenth of a second to load: only functions ask for it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kompetanse.content.keys import EMPTY, Key, Keys, Reads, Wrong, declared


class Told(BaseModel):
    """Keys of a mapping; any other key is said so."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def faults(keys: type[Keys], found: Any) -> list[Any]:
    """Return everything that keeps `found` from being `keys`, as pydantic tells it."""
    try:
        model(keys).model_validate(found)
    except ValidationError as error:
        return list(error.errors(include_url=False))
    return []


def json_schema(keys: type[Keys]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `keys`."""
    schema = model(keys).model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def model(keys: type[Keys]) -> type[Told]:
    """Return the model of `keys`."""
    return _model(keys)  # type: ignore[arg-type]  # a class can be hashed, whatever its instances can


@cache
def _model(keys: Any) -> type[Told]:
    fields: dict[str, Any] = {name: (one.annotation, _field(one)) for name, one in declared(keys).items()}
    return create_model(
        keys.__name__, __base__=Told, __doc__=keys.__doc__, __module__=keys.__module__, **fields
    )


def _field(one: Key) -> Any:
    others = {
        "description": one.description,
        "alias": one.alias,
        "min_length": one.least,
        "max_length": one.most,
    }
    given: dict[str, Any] = {name: value for name, value in others.items() if value is not None}
    if one.is_required:
        return Field(**given)
    if one.default is EMPTY:
        return Field(default_factory=model(one.annotation), **given)
    return Field(one.default, **given)


def reading(reads: Reads, after: CoreSchema) -> CoreSchema:
    """Return pydantic's schema of a value that `reads` reads first."""

    def read(value: Any) -> Any:
        try:
            return reads.read(value)
        except Wrong as wrong:
            raise PydanticCustomError(wrong.code, "wrong", wrong.values or None) from None

    return core_schema.no_info_before_validator_function(read, after)
