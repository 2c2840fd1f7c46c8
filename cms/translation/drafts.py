"""Saving and publishing of translations.

Work is saved as a revision. Only publishing changes the live page.
"""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms.translation import localize, page_edits
from cms.translation.models import TranslatedRevision

GAPS_MESSAGE = _("Translate what is still missing, then publish.")


class UnpublishableError(ValidationError):
    """A revision of a translation that must not be published.

    `translation` is the `Translation` of its page.
    """

    def __init__(self, translation: localize.Translation) -> None:
        super().__init__(GAPS_MESSAGE)
        self.translation = translation


def save_draft(translation: localize.Translation, user: User | None) -> Revision:
    """Save the current translations as the newest revision of the page and return it.

    This overwrites the last draft if the same person saved it, unless it is live or somebody was
    asked to review it. Raises `ValidationError` if a text does not fit the page. The error is
    recorded at the segments concerned, and the translations stay stored.
    """
    page = localize.build_translated_page(translation)
    try:
        with transaction.atomic():
            return page.save_revision(user=user, overwrite_revision=own_draft(page, user))
    except ValidationError as error:
        for path, messages in error.message_dict.items():
            localize.keep_error(translation, path, messages[0])
        raise


def own_draft(page: Page, user: User | None) -> Revision | None:
    """Return the newest revision of the page if `user` may overwrite it, else `None`."""
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


def check_publishable(page: Page, revision: Revision) -> None:
    """Raise `UnpublishableError` if a revision of a translation has gaps.

    Pages that are not translations pass, and so do translations whose synchronisation was stopped.
    """
    translation = localize.translation_of(page)
    if translation is None:
        return
    made = TranslatedRevision.objects.filter(revision=revision).first()
    if made is None:
        made = page_edits.read_back(translation, revision)
    if made.gaps:
        raise UnpublishableError(translation)


def publish(translation: localize.Translation, user: User | None) -> Revision:
    """Publish the current translations; raise `ValidationError` if they have gaps."""
    revision = save_draft(translation, user)
    page = Page.objects.get(pk=revision.object_id).specific
    check_publishable(page, revision)
    revision.publish(user=user)
    return revision
