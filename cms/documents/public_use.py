"""Checks for the use of a document or a picture of the library in published content."""

from collections.abc import Iterator, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from cms.models import PortalDocument, PortalImage
from cms.restrictions import without_restricted

# The maximum number of keys in one query. Thousands of articles may use the same picture.
MAX_KEYS_PER_QUERY = 500


def is_used_publicly(item: PortalDocument | PortalImage) -> bool:
    """Return whether a published page that everybody may read, or a snippet, uses the item.

    The item is a document or a picture of the library.
    """
    references = ReferenceIndex.get_references_to(item)
    users: dict[int, dict[str, bool]] = {}
    for content_type, pk in references.values_list("base_content_type", "object_id"):
        users.setdefault(content_type, {})[pk] = True
    return any(
        is_published(ContentType.objects.get_for_id(content_type).model_class(), some)
        for content_type, keys in users.items()
        for some in batches(list(keys))
    )


def batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Split a list of keys into parts that are small enough for one query."""
    return (
        keys[start : start + MAX_KEYS_PER_QUERY]
        for start in range(0, len(keys), MAX_KEYS_PER_QUERY)
    )


def is_published(model: type[Model] | None, keys: Sequence[str]) -> bool:
    """Return whether everybody may see any of the instances of `model` with these `keys`."""
    if model is None or (model is not Page and model not in get_snippet_models()):
        return False
    users = model._default_manager.filter(pk__in=keys)
    if issubclass(model, DraftStateMixin):
        users = users.filter(live=True)
    return (without_restricted(users) if model is Page else users).exists()
