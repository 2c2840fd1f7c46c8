"""Whether something published uses a document or a picture of the library."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from cms.restrictions import without_restricted

# Users of an item that are asked about together; a picture may stand in thousands of articles.
MAX_KEYS_PER_QUERY = 500


def is_used_publicly(item):
    """Say whether a published page that everybody may read, or a snippet, uses the item.

    That is a document or a picture of the library.
    """
    references = ReferenceIndex.get_references_to(item)
    users = {}
    for content_type, pk in references.values_list("base_content_type", "object_id"):
        users.setdefault(content_type, {})[pk] = True
    return any(
        is_published(ContentType.objects.get_for_id(content_type).model_class(), some)
        for content_type, keys in users.items()
        for some in batches(list(keys))
    )


def batches(keys):
    """Cut a list into what one query may be asked for."""
    return (
        keys[start : start + MAX_KEYS_PER_QUERY]
        for start in range(0, len(keys), MAX_KEYS_PER_QUERY)
    )


def is_published(model, keys):
    """Say whether everybody may see one of the instances of `model` that have these `keys`."""
    if model is not Page and model not in get_snippet_models():
        return False
    users = model.objects.filter(pk__in=keys)
    if issubclass(model, DraftStateMixin):
        users = users.filter(live=True)
    return (without_restricted(users) if model is Page else users).exists()
