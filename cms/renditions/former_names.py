"""Former addresses of renditions, some of which answer for a limited time."""

from django.db.models import Q
from django.utils import timezone

from cms.documents.public_use import is_used_publicly
from cms.models import FormerRenditionName, PortalRendition


def rendition_by_former_name(name: str) -> PortalRendition | None:
    """Return the rendition that had this name, as long as its former address answers.

    The address answers while published content uses the picture. When the last such content is
    withdrawn, the address, which could be guessed, stops working too.
    """
    max_length = FormerRenditionName._meta.get_field("name").max_length
    assert max_length is not None
    if len(name) > max_length or "\0" in name:
        return None
    former = (
        FormerRenditionName.objects.filter(Q(renamed=False) | Q(due_at__gt=timezone.now()))
        .filter(name=name, rendition__isnull=False)
        .select_related("rendition__image")
        .first()
    )
    if former is None or former.rendition is None:
        return None
    if not is_used_publicly(former.rendition.image):
        return None
    return former.rendition
