"""Former addresses of renditions, some of which answer for a limited time."""

from django.db.models import Q
from django.utils import timezone

from cms.documents.public_use import is_used_publicly
from cms.models import FormerRenditionName, PortalRendition
from cms.models.images import MAX_FORMER_NAME_LENGTH


def rendition_by_former_name(name: str) -> PortalRendition | None:
    """Return the rendition that had this name, as long as its former address answers.

    The address answers while published content uses the picture. When the last such content is
    withdrawn, the address, which could be guessed, stops working too.
    """
    if len(name) > MAX_FORMER_NAME_LENGTH or "\0" in name:
        return None
    former = (
        FormerRenditionName.objects.filter(Q(renamed=False) | Q(due_at__gt=timezone.now()))
        .filter(name=name, rendition__isnull=False)
        .select_related("rendition__image")
        .first()
    )
    rendition = former and former.rendition
    return rendition if rendition and is_used_publicly(rendition.image) else None
