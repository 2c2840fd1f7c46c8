"""What may differ in a translation without words: pictures, files, addresses."""

from collections import defaultdict
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail.whitelist import check_url

from cms.text.spelling import normalise
from cms.translation import localize, saving
from cms.translation.segment_locations import LINK, SegmentLocations

THUMBNAIL = "max-165x165"

GONE_MESSAGE = gettext_lazy("This is not there any more, or not for you. Choose another.")

MAX_URL_CHARACTERS = 2000


@dataclass
class ReplaceableRow:
    """Something replaceable at its place: `model` is the kind of object, `None` for an address."""

    replaceable: localize.Replaceable
    location: object
    model: type | None
    original: object = None
    chosen: object = None

    is_replacement = True

    @property
    def id(self):
        """Return the id of what may be replaced."""
        return self.replaceable.id

    @property
    def order(self):
        """Return where it comes on the page."""
        return self.replaceable.order

    @property
    def label(self):
        """Return what it is, where the heading does not say it."""
        return self.location.label

    @property
    def name(self):
        """Return what it is, heading included."""
        return " – ".join(filter(None, [self.location.heading, self.label]))

    @property
    def value(self):
        """Return what the field sends as long as nothing is changed."""
        given = self.replaceable.replacement
        return "" if given is None else str(given)

    @property
    def widget(self):
        """Return the HTML with which another object is chosen."""
        attrs = {"id": f"replacement-{self.id}"}
        return chooser_for(self.model).render(f"replacement-{self.id}", self.chosen, attrs)

    @property
    def thumbnail(self):
        """Return a small rendition of the source's picture, `None` for what is no picture."""
        is_picture = self.model is not None and issubclass(self.model, get_image_model())
        return self.original.get_rendition(THUMBNAIL) if is_picture and self.original else None


def chooser_for(model):
    """Return Wagtail's chooser of objects of `model`, in the words of the desk."""
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


def media():
    """Return the scripts of the choosers."""
    models = (get_image_model(), get_document_model(), Page)
    return sum((chooser_for(model).media for model in models), forms.Media())


def model_held_by(holder):
    """Return the model whose objects a field or block holds, `None` for one of another kind."""
    model = getattr(holder, "model_class", None) or getattr(holder, "related_model", None)
    kinds = (get_image_model(), get_document_model(), Page)
    return model if model and issubclass(model, kinds) else None


def replaceable_rows(translation):
    """Return the `ReplaceableRow`s of a translation that an editor shows, and their objects."""
    locations = SegmentLocations(localize.stored_source_page(translation))
    found = []
    for replaceable in localize.replaceables(translation):
        location = locations.of(replaceable.path)
        model = model_held_by(location.holder) if location else None
        if model or (location and isinstance(replaceable.value, str)):
            found.append(ReplaceableRow(replaceable, location, model))
    fetch_objects(found)
    return found


def fetch_objects(found):
    """Fetch what `ReplaceableRow`s refer to, at once for each kind."""
    by_model = defaultdict(list)
    for row in found:
        if row.model:
            by_model[row.model].append(row)
    for model, those in by_model.items():
        keys = {each.replaceable.value for each in those}
        keys |= {each.replaceable.replacement for each in those}
        objects = model.objects.filter(pk__in=keys - {None})
        if issubclass(model, get_image_model()):
            objects = objects.prefetch_renditions(THUMBNAIL)
        known = {each.pk: each for each in objects}
        for each in those:
            each.original = known.get(each.replaceable.value)
            each.chosen = known.get(each.replaceable.replacement)


def clean_value(row, sent, user):
    """Return what to keep of the value that was sent, `None` for the same as in the original.

    Raises `ValidationError` for what cannot stand there.
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


def choosable(model, user):
    """Return the objects of `model` that `user` may choose."""
    # Here, since Wagtail 8 warns whoever imports them before all apps are ready.
    from wagtail.documents.permissions import permission_policy as document_policy
    from wagtail.images.permissions import permission_policy as image_policy

    for policy, owned in (
        (image_policy, get_image_model()),
        (document_policy, get_document_model()),
    ):
        if issubclass(model, owned):
            return policy.instances_user_has_permission_for(user, "choose")
    return model.objects.all()


def clean_address(holder, address):
    """Return an address that may stand in a link, or that its block takes."""
    if len(address) > MAX_URL_CHARACTERS:
        raise ValidationError(_("This address is too long."))
    if not check_url(address) or any(sign in address for sign in ' \n\t<>"'):
        raise ValidationError(_("This is no address that a link can lead to."))
    return address if holder == LINK else holder.clean(address)


@transaction.atomic
def save_replacement(translation, row, sent, user):
    """Keep what was sent as the replacement; return what the page did not take.

    Raises `ValidationError` for what cannot stand there.
    """
    localize.lock(translation)
    value = clean_value(row, sent, user)
    if value == row.replaceable.replacement:
        return ""
    localize.save_replacement(translation, row.replaceable, value, user)
    return saving.save_page_draft(translation, user)
