"""The counter whose wording editors choose, and the tables of the count."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin

from cms.models.text_mixin import NormalisedTextMixin

# The placeholder for the number in a counter's wording.
NUMBER = "{count}"


def validate_wording(text: str) -> None:
    """Raise `ValidationError` if the wording does not contain the placeholder exactly once."""
    if text.count(NUMBER) != 1:
        raise ValidationError(
            _("Write %(number)s once, where the number is to stand."), params={"number": NUMBER}
        )


class VisitorCounter(NormalisedTextMixin, TranslatableMixin, models.Model):
    """The wording of the live count, one for each language."""

    name = models.CharField(
        _("name"), max_length=80, help_text=_("To choose it by. Readers do not see it.")
    )
    wording = models.CharField(
        _("wording"),
        max_length=120,
        validators=[validate_wording],
        help_text=_("{count} is replaced by the number, as in: {count} people online."),
    )
    wording_one = models.CharField(
        _("wording for one person"),
        max_length=120,
        blank=True,
        validators=[validate_wording],
        help_text=_(
            "For languages that tell one from many. Leave empty where the same words serve."
        ),
    )

    show_today = models.BooleanField(_("visits today"), default=False)
    show_yesterday = models.BooleanField(_("visits yesterday"), default=False)
    show_month = models.BooleanField(_("visits this month"), default=False)
    show_total = models.BooleanField(_("visits in total"), default=False)
    show_peak = models.BooleanField(_("most people online at once, and when"), default=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("wording"),
        FieldPanel("wording_one"),
        MultiFieldPanel(
            [
                FieldPanel("show_today"),
                FieldPanel("show_yesterday"),
                FieldPanel("show_month"),
                FieldPanel("show_total"),
                FieldPanel("show_peak"),
            ],
            heading=_("What else it shows"),
        ),
    ]

    class Meta:
        verbose_name = _("visitor counter")
        verbose_name_plural = _("visitor counters")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="unique_counter_translation"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def wording_parts(self, number: int | None) -> tuple[str, str]:
        """Return the text before and after the number `number` (a count of people)."""
        wording = self.wording_one if number == 1 and self.wording_one else self.wording
        before, _number, after = wording.partition(NUMBER)
        return before, after


class Presence(models.Model):
    """The last beat of one browser, kept for the length of the window.

    It contains no IP address, user agent or account. The browser creates the token at random.
    `address_key` is a keyed hash whose key changes every hour (see `cms.visitors.address_keys`).
    """

    token = models.CharField(max_length=32, primary_key=True)
    seen_at = models.DateTimeField()
    sequence = models.BigIntegerField()
    online = models.BooleanField(default=True)
    address_key = models.CharField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["seen_at", "online"], name="presence_seen_at"),
            models.Index(fields=["address_key"], name="presence_address_key"),
        ]

    def __str__(self) -> str:
        return self.token


class CountState(models.Model):
    """One row with the state that all processes share (see `cms.visitors.sampling`)."""

    turn_at = models.DateTimeField(null=True)
    visits = models.PositiveBigIntegerField(default=0)
    one_in = models.PositiveBigIntegerField(default=1)
    counted_in = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"1/{self.one_in}"


class VisitorHour(models.Model):
    """The visits and the peak of one hour. Days, months and the total are sums of hours."""

    start = models.DateTimeField(primary_key=True)
    visits = models.PositiveBigIntegerField(default=0)
    peak = models.PositiveBigIntegerField(default=0)
    peak_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["start"]
        verbose_name = _("hour of visits")
        verbose_name_plural = _("hours of visits")

    def __str__(self) -> str:
        return str(self.start)
