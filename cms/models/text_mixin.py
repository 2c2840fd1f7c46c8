"""A mixin that normalises the text of a model, whatever its source is."""

from typing import TYPE_CHECKING, Any

from django.db import models

from cms.blocks.fields import StreamField
from cms.text.spelling import normalise, normalise_tree

# Only for mypy: the other base of each class has these methods. mypy would demand managers of a
# `Model`, so this is `Any`.
if TYPE_CHECKING:
    Base = Any
else:
    Base = object


class NormalisedTextMixin(Base):
    """A mixin that converts text to NFC with ordinary spaces before validation.

    Forms, imports and translations all validate, so none of them needs its own code for this.
    """

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Normalise the text, then validate."""
        self.normalise_text()
        super().full_clean(*args, **kwargs)

    def normalise_text(self) -> None:
        """Normalise every text field and StreamField in place."""
        deferred = self.get_deferred_fields()
        for field in self._meta.concrete_fields:
            if field.attname in deferred:
                continue
            value = getattr(self, field.attname)
            if isinstance(field, StreamField):
                raw = field.stream_block.get_prep_value(value)
                cleaned = normalise_tree(raw)
                if cleaned != raw:
                    setattr(self, field.attname, field.stream_block.to_python(cleaned))
            elif isinstance(field, (models.CharField, models.TextField)) and value:
                setattr(self, field.attname, normalise(value))
