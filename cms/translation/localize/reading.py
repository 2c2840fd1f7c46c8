"""The segments of a translation, and what stood there before their source changed."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q
from wagtail.models import Page, get_default_page_content_type
from wagtail_localize.models import String, StringSegment, StringTranslation

from cms.translation.diff import match_versions
from cms.translation.localize.fragments import as_typed, is_plain
from cms.visibility import sees_everything, visible_to

# How many earlier versions of the texts of one place are looked at, the newest first.
MAX_EARLIER_VERSIONS = 20


@dataclass(frozen=True)
class EarlierVersion:
    """What stood in a place before its source changed, and how it was translated."""

    source: str
    translation: str
    string_id: int


@dataclass(frozen=True)
class Segment:
    """A text of the source and its translation.

    Both are fragments of HTML with inline tags alone; `attrs` are the attributes left out of the
    source's tags, by their id. `translation` is `""` where there is none, and `error` says why one
    cannot be used. `is_machine` marks what no person has confirmed.
    """

    id: int
    path: str
    order: int
    string_id: int
    context_id: int
    source: str
    attrs: dict
    translation: str
    error: str
    is_machine: bool
    tool: str
    translator: object
    updated_at: datetime | None
    earlier: EarlierVersion | None

    @property
    def is_plain(self):
        """Say whether the source is plain text, which is translated as plain text."""
        return is_plain(self.source)

    @property
    def is_done(self):
        """Say whether a person stands for a translation that can be used."""
        return bool(self.translation) and not self.error and not self.is_machine

    @property
    def key(self):
        """Return the place and the text, as `source_strings` of a revision have it."""
        return [self.context_id, self.string_id]

    @property
    def source_text(self):
        """Return the source as a translator reads it."""
        return as_typed(self.source, self.is_plain)

    @property
    def translation_text(self):
        """Return the translation as a translator types it."""
        return as_typed(self.translation, self.is_plain)

    @property
    def initial_text(self):
        """Return the text to begin with: the translation, else that of the earlier source."""
        if self.translation or self.earlier is None:
            return self.translation_text
        return as_typed(self.earlier.translation, self.is_plain)


def segments(translation, approved=None):
    """Return the `Segment`s of a translation, in the order of the page.

    `earlier` is looked for where there is no translation yet; and, with the `approved` keys of
    segments, where one is not among them.
    """
    known, former = {}, defaultdict(list)
    rows = list(
        StringSegment.objects.filter(source=translation.source_id)
        .select_related("string", "context")
        .order_by("order", "pk")
    )
    current = {key_of(row) for row in rows}
    for made in (
        StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale=translation.target_locale_id
        )
        .select_related("translation_of", "last_translated_by")
        .order_by("-updated_at", "-pk")
    ):
        key = (made.context_id, made.translation_of_id)
        if key in current:
            known[key] = made
        elif len(former[made.context_id]) < MAX_EARLIER_VERSIONS and not made.has_error:
            former[made.context_id].append(made)
    settled = known.keys() if approved is None else known.keys() & {*map(tuple, approved)}
    earlier = versions([row for row in rows if key_of(row) not in settled], former)
    return [segment_of(row, known, earlier) for row in rows]


def key_of(row):
    """Return by what a translation belongs to a row of wagtail-localize's."""
    return (row.context_id, row.string_id)


def versions(rows, former):
    """Return by the id of a row the `EarlierVersion` of its text, where there is one."""
    waiting, found = defaultdict(list), {}
    for row in rows:
        waiting[row.context_id].append(row)
    for context_id, news in waiting.items():
        olds = former[context_id]
        pairs = match_versions(
            [old.translation_of.data for old in olds], [new.string.data for new in news]
        )
        for new, index in zip(news, pairs, strict=True):
            if index is not None:
                old = olds[index]
                found[new.pk] = EarlierVersion(
                    old.translation_of.data, old.data, old.translation_of_id
                )
    return found


def segment_of(row, known, earlier):
    """Return the `Segment` of a row of wagtail-localize's."""
    made = known.get(key_of(row))
    return Segment(
        id=row.pk,
        path=row.context.path,
        order=row.order,
        string_id=row.string_id,
        context_id=row.context_id,
        source=row.string.data,
        attrs=(json.loads(row.attrs) if row.attrs else None) or {},
        translation=made.data if made else "",
        error=(made.get_error() or "") if made else "",
        is_machine=bool(made)
        and made.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool=made.tool_name if made else "",
        translator=made.last_translated_by if made else None,
        updated_at=made.updated_at if made else None,
        earlier=earlier.get(row.pk),
    )


def last_translated_at(translation):
    """Return when a text of the translation was changed last, `None` where there is none."""
    return StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    ).aggregate(newest=Max("updated_at"))["newest"]


def source_texts(string_ids):
    """Return source texts, those that are no longer in use too, by their ids."""
    return dict(String.objects.filter(pk__in=string_ids).values_list("pk", "data"))


def known_to(user, locale):
    """Return the condition that a translation into `locale` is of something that `user` may see."""
    if sees_everything(user):
        return Q()
    originals = Page.objects.filter(translation_key=OuterRef("context__object_id")).order_by()
    is_known = Exists(visible_to(user, originals.exclude(locale=locale)))
    return ~Q(context__object__content_type=get_default_page_content_type()) | is_known


def translated_elsewhere(string_ids, locale, user):
    """Return by the id of a source text pairs of its translations and whether each is a machine's.

    What a person stands for comes first, then the newest; each text once. Of pages, those count
    whose original `user` may know of.
    """
    found = defaultdict(list)
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    rows = (
        StringTranslation.objects.filter(
            known_to(user, locale), translation_of__in=string_ids, locale=locale, has_error=False
        )
        .values("translation_of", "data")
        # "manual" comes after "machine".
        .annotate(kind=Max("translation_type"), newest=Max("updated_at"))
        .order_by("-kind", "-newest")
    )
    for row in rows:
        found[row["translation_of"]].append((row["data"], row["kind"] == machine))
    return found
