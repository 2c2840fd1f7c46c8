"""Pictures as they come in."""

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    """Wagtail's field, which looks into some damaged files unguarded."""

    def to_python(self, data):
        """Refuse a damaged file as any other that is no picture."""
        try:
            return super().to_python(data)
        except OSError:
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from None


class PictureForm(BaseImageForm):
    """The form of a picture in the library and in the chooser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=file.label, widget=file.widget, required=file.required
            )
