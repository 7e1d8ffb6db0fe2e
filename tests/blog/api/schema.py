"""As much of JSON Schema as the description of the API uses."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
FORMATS = {
    "uri": re.compile(r"https?://\S+"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d"),
}
KNOWN = frozenset(
    {"$ref", "anyOf", "allOf", "type", "format", "properties", "required", "items", "description"}
)


def faults(value: Any, schema: Schema, components: Schema, at: str = "$") -> Iterator[str]:
    """Where a value is not what a schema says."""
    assert schema.keys() <= KNOWN, f"This test does not know {schema.keys() - KNOWN}."
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
        yield from faults(value, schema, components, at)
        return
    for part in schema.get("allOf", ()):
        yield from faults(value, part, components, at)
    if "anyOf" in schema:
        every = [list(faults(value, part, components, at)) for part in schema["anyOf"]]
        if all(every):
            yield from every[0]
    if "type" in schema:
        yield from _of_type(value, schema, components, at)


def _is_in_format(value: str, name: str) -> bool:
    return not name or bool(FORMATS[name].fullmatch(value))


def _of_type(value: Any, schema: Schema, components: Schema, at: str) -> Iterator[str]:
    expected = TYPES[schema["type"]]
    if not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected):
        yield f"{at} is {value!r}, not {schema['type']}"
        return
    if isinstance(value, str) and not _is_in_format(value, schema.get("format", "")):
        yield f"{at} is {value!r}, not a {schema['format']}"
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from faults(each, schema["items"], components, f"{at}[{number}]")
    if isinstance(value, dict):
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{at} lacks {name}"
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from faults(value[name], inner, components, f"{at}.{name}")


def names_of(schema: Schema, components: Schema) -> set[str]:
    """Every name that an object of this schema is said to have."""
    if "$ref" in schema:
        return names_of(components[schema["$ref"].rpartition("/")[2]], components)
    names = set(schema.get("properties", ()))
    for part in schema.get("allOf", ()):
        names |= names_of(part, components)
    return names
