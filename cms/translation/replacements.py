"""Pictures, files and addresses, which a translation may replace although they have no words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail.whitelist import check_url

from cms.text.spelling import normalise
from cms.translation import localize, saving
from cms.translation.segment_locations import SegmentLocation, SegmentLocations

THUMBNAIL = "max-165x165"

GONE_MESSAGE = gettext_lazy("This is not there any more, or not for you. Choose another.")

MAX_URL_CHARACTERS = 2000

# What a chooser can choose.
Choosable: TypeAlias = AbstractImage | AbstractDocument | Page


@dataclass
class ReplaceableRow:
    """A replaceable value at its location on the page.

    `model` is the model of the object, or `None` for an address.
    """

    replaceable: localize.Replaceable
    location: SegmentLocation
    model: type[Choosable] | None
    original: Choosable | None = None
    chosen: Choosable | None = None
    trouble: str = ""

    is_replacement = True

    @property
    def id(self) -> int:
        """Return the id of the replaceable value."""
        return self.replaceable.id

    @property
    def order(self) -> int:
        """Return the position on the page."""
        return self.replaceable.order

    @property
    def label(self) -> str:
        """Return the label of the value, empty if the heading says enough."""
        return self.location.label

    @property
    def name(self) -> str:
        """Return the heading and the label."""
        return " – ".join(filter(None, [self.location.heading, self.label]))

    @property
    def value(self) -> str:
        """Return the value that the form field sends if nothing is changed."""
        given = self.replaceable.replacement
        return "" if given is None else str(given)

    @property
    def widget(self) -> SafeString:
        """Return the HTML of the chooser for another object."""
        assert self.model is not None  # an address has no chooser
        attrs = {"id": f"replacement-{self.id}"}
        return chooser_for(self.model).render(f"replacement-{self.id}", self.chosen, attrs)

    @property
    def thumbnail(self) -> AbstractRendition | None:
        """Return a small rendition of the source's picture, `None` for other values."""
        is_picture = self.model is not None and issubclass(self.model, get_image_model())
        return self.original.get_rendition(THUMBNAIL) if is_picture and self.original else None


def chooser_for(model: type[Choosable]) -> BaseChooser:
    """Return Wagtail's chooser for objects of `model`, with the desk's labels."""
    words = {
        "choose_one_text": _("Replace in this language"),
        "choose_another_text": _("Choose another"),
        "clear_choice_text": _("As in the original"),
        "show_edit_link": False,
    }
    if issubclass(model, get_image_model()):
        chooser = AdminImageChooser(**words)
    elif issubclass(model, get_document_model()):
        chooser = AdminDocumentChooser(**words)
    else:
        chooser = AdminPageChooser(target_models=[model], **words)
    chooser.is_required = False
    return chooser


def media() -> forms.Media:
    """Return the scripts of the choosers."""
    models = (get_image_model(), get_document_model(), Page)
    return sum((chooser_for(model).media for model in models), forms.Media())


def model_held_by(holder: object) -> type[Choosable] | None:
    """Return the model of the objects in a field or block.

    The result is `None` unless they are images, documents or pages.
    """
    model = getattr(holder, "model_class", None) or getattr(holder, "related_model", None)
    kinds = (get_image_model(), get_document_model(), Page)
    return model if model and issubclass(model, kinds) else None


def replaceable_rows(translation: localize.Translation) -> list[ReplaceableRow]:
    """Return the `ReplaceableRow`s of a translation that an editor shows, with their objects."""
    locations = SegmentLocations(localize.stored_source_page(translation))
    found = []
    for replaceable in localize.replaceables(translation):
        location = locations.of(replaceable.path)
        model = model_held_by(location.holder) if location else None
        if location and (model or isinstance(replaceable.value, str)):
            found.append(ReplaceableRow(replaceable, location, model))
    fetch_objects(found)
    return found


def fetch_objects(found: Iterable[ReplaceableRow]) -> None:
    """Fetch the objects of `ReplaceableRow`s, with one query for each model."""
    by_model: defaultdict[type[Choosable], list[ReplaceableRow]] = defaultdict(list)
    for row in found:
        if row.model:
            by_model[row.model].append(row)
    for model, those in by_model.items():
        keys: set[int | str | None] = {each.replaceable.value for each in those}
        keys |= {each.replaceable.replacement for each in those}
        objects = model.objects.filter(pk__in=keys - {None})
        if issubclass(model, get_image_model()):
            objects = objects.prefetch_renditions(THUMBNAIL)
        known = {each.pk: each for each in objects}
        for each in those:
            each.original = known.get(each.replaceable.value)
            each.chosen = known.get(each.replaceable.replacement)


def clean_value(row: ReplaceableRow, sent: str, user: User) -> int | str | None:
    """Return the value to store for the value that was sent, `None` to use the original's.

    Raises `ValidationError` for an invalid value.
    """
    sent = normalise(sent).strip()
    if not sent:
        return None
    if row.model is None:
        address = clean_address(row.location.holder, sent)
        return None if address == row.replaceable.value else address
    if not sent.isdecimal() or len(sent) > 18:
        raise ValidationError(GONE_MESSAGE)
    if not choosable(row.model, user).filter(pk=sent).exists():
        raise ValidationError(GONE_MESSAGE)
    return int(sent)


def choosable(model: type[Choosable], user: User) -> QuerySet[Choosable]:
    """Return the objects of `model` that `user` may choose."""
    # Imported here, because Wagtail 8 warns if this happens before all apps are ready.
    from wagtail.documents.permissions import permission_policy as document_policy
    from wagtail.images.permissions import permission_policy as image_policy

    for policy, owned in (
        (image_policy, get_image_model()),
        (document_policy, get_document_model()),
    ):
        if issubclass(model, owned):
            return policy.instances_user_has_permission_for(user, "choose")
    return model.objects.all()


def clean_address(holder: blocks.Block | str, address: str) -> str:
    """Return the address if it is valid for a link, or for its block."""
    if len(address) > MAX_URL_CHARACTERS:
        raise ValidationError(_("This address is too long."))
    if not check_url(address) or any(sign in address for sign in ' \n\t<>"'):
        raise ValidationError(_("This is no address that a link can lead to."))
    return address if isinstance(holder, str) else holder.clean(address)


@transaction.atomic
def save_replacement(
    translation: localize.Translation, row: ReplaceableRow, sent: str, user: User
) -> str:
    """Store the value that was sent as the replacement; return the page's validation errors.

    Raises `ValidationError` for an invalid value.
    """
    localize.lock(translation)
    value = clean_value(row, sent, user)
    if value == row.replaceable.replacement:
        return ""
    localize.save_replacement(translation, row.replaceable, value, user)
    return saving.save_page_draft(translation, user)
