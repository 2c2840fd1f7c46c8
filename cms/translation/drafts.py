"""Work is saved as a revision: the live page changes on publishing alone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.translation import localize, page_edits
from cms.translation.models import TranslatedRevision

GAPS_MESSAGE = _("Translate what is still missing, then publish.")


class UnpublishableError(ValidationError):
    """A revision of a translation that readers must not see; `page` is the translation."""

    def __init__(self, page):
        super().__init__(GAPS_MESSAGE)
        self.page = page


def save_draft(translation, user):
    """Save the present translations as the newest revision of the page and return it.

    The last draft of the same person is written over, unless somebody was asked to review it or it
    is live. Raises `ValidationError`, noted at the segments that it concerns, where a text does not
    fit the page; what was translated is kept all the same.
    """
    page = localize.build_translated_page(translation)
    try:
        with transaction.atomic():
            return page.save_revision(user=user, overwrite_revision=own_draft(page, user))
    except ValidationError as error:
        for path, messages in error.message_dict.items():
            localize.keep_error(translation, path, messages[0])
        raise


def own_draft(page, user):
    """Return the newest revision of the page if `user` may write over it, else `None`."""
    revision = page.get_latest_revision()
    if (
        revision is None
        or user is None
        or revision.user_id != user.pk
        or revision.pk == page.live_revision_id
        or revision.task_states.exists()
    ):
        return None
    return revision


def check_publishable(page, revision):
    """Raise `UnpublishableError` for a revision of a translation with gaps.

    Pages that are no translations, or are no longer kept in step with their original, pass.
    """
    translation = localize.translation_of(page)
    if translation is None:
        return
    made = TranslatedRevision.objects.filter(revision=revision).first()
    if made is None:
        made = page_edits.read_back(translation, revision)
    if made.gaps:
        raise UnpublishableError(page)


def publish(translation, user):
    """Publish the present translations; raises `ValidationError` where they have gaps."""
    revision = save_draft(translation, user)
    page = Page.objects.get(pk=revision.object_id).specific
    check_publishable(page, revision)
    revision.publish(user=user)
    return revision
