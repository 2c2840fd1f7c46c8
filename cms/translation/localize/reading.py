"""The segments of a translation, and their texts before the source changed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, Max, OuterRef, Q
from wagtail.models import Locale, Page, get_default_page_content_type
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from cms.translation.diff import match_versions
from cms.translation.localize.fragments import Attributes, as_typed, is_plain
from cms.visibility import sees_everything, visible_to

# The maximum number of earlier texts of one context that are compared, the newest first.
MAX_EARLIER_VERSIONS = 20


@dataclass(frozen=True)
class EarlierVersion:
    """The text of a segment before its source changed, and the translation of that text."""

    source: str
    translation: str
    string_id: int


@dataclass(frozen=True)
class Segment:
    """A text of the source and its translation.

    Both are fragments of HTML that contain only inline tags. `attrs` are the attributes that were
    removed from the source's tags, by id. `translation` is `""` if there is none. `error` says why
    a translation cannot be used. `is_machine` marks a translation that no person has confirmed.
    """

    id: int
    path: str
    order: int
    string_id: int
    context_id: int
    source: str
    attrs: Attributes
    translation: str
    error: str
    is_machine: bool
    tool: str
    translator: User | None
    updated_at: datetime | None
    earlier: EarlierVersion | None

    @property
    def is_plain(self) -> bool:
        """Return whether the source, and so its translation, is plain text."""
        return is_plain(self.source)

    @property
    def is_done(self) -> bool:
        """Return whether there is a usable translation that a person made or confirmed."""
        return bool(self.translation) and not self.error and not self.is_machine

    @property
    def key(self) -> list[int]:
        """Return the ids of context and string, as in a revision's `source_strings`."""
        return [self.context_id, self.string_id]

    @property
    def source_text(self) -> str:
        """Return the source as the translator reads it."""
        return as_typed(self.source, self.is_plain)

    @property
    def translation_text(self) -> str:
        """Return the translation as the translator types it."""
        return as_typed(self.translation, self.is_plain)

    @property
    def initial_text(self) -> str:
        """Return the text with which the translator starts.

        It is the translation, else the translation of the earlier source.
        """
        if self.translation or self.earlier is None:
            return self.translation_text
        return as_typed(self.earlier.translation, self.is_plain)


def segments(
    translation: Translation, approved: Iterable[Sequence[int]] | None = None
) -> list[Segment]:
    """Return the `Segment`s of a translation, in page order.

    A segment without a translation gets its `earlier` version, if it has one. `approved` may be a
    list of segment keys. Then each segment whose key is not in this list also gets its `earlier`
    version.
    """
    known: dict[tuple[int, int], StringTranslation] = {}
    former: defaultdict[int, list[StringTranslation]] = defaultdict(list)
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


def key_of(row: StringSegment) -> tuple[int, int]:
    """Return the ids by which a translation belongs to a `StringSegment`."""
    return (row.context_id, row.string_id)


def versions(
    rows: Iterable[StringSegment], former: defaultdict[int, list[StringTranslation]]
) -> dict[int, EarlierVersion]:
    """Return the `EarlierVersion`s of the texts of rows, by the id of the row."""
    waiting: defaultdict[int, list[StringSegment]] = defaultdict(list)
    found: dict[int, EarlierVersion] = {}
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


def segment_of(
    row: StringSegment,
    known: Mapping[tuple[int, int], StringTranslation],
    earlier: Mapping[int, EarlierVersion],
) -> Segment:
    """Return the `Segment` of a `StringSegment`."""
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
        is_machine=made is not None
        and made.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool=made.tool_name if made else "",
        translator=made.last_translated_by if made else None,
        updated_at=made.updated_at if made else None,
        earlier=earlier.get(row.pk),
    )


def last_translated_at(translation: Translation) -> datetime | None:
    """Return when a text of the translation last changed, or `None` if it has none."""
    return StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id
    ).aggregate(newest=Max("updated_at"))["newest"]


def source_texts(string_ids: Iterable[int]) -> dict[int, str]:
    """Return source texts by their ids, including texts that are no longer in use."""
    return dict(String.objects.filter(pk__in=string_ids).values_list("pk", "data"))


def visible_translations_filter(user: User | AnonymousUser, locale: Locale) -> Q:
    """Return a `Q` for the translations into `locale` of objects that `user` may see."""
    if sees_everything(user):
        return Q()
    originals = Page.objects.filter(translation_key=OuterRef("context__object_id")).order_by()
    is_known = Q(Exists(visible_to(user, originals.exclude(locale=locale))))
    return ~Q(context__object__content_type=get_default_page_content_type()) | is_known


def translated_elsewhere(
    string_ids: Iterable[int], locale: Locale, user: User | AnonymousUser
) -> dict[int, list[tuple[str, bool]]]:
    """Return the translations of source texts, by the id of the text.

    Each translation is a pair of its text and whether a machine made it. Translations that a person
    made or confirmed come first, then the newest. Each text appears once. Translations of a page
    are included only if `user` may see its original.
    """
    found: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    rows = (
        StringTranslation.objects.filter(
            visible_translations_filter(user, locale),
            translation_of__in=string_ids,
            locale=locale,
            has_error=False,
        )
        .values("translation_of", "data")
        # `Max` prefers "manual", which comes after "machine" in the alphabet.
        .annotate(kind=Max("translation_type"), newest=Max("updated_at"))
        .order_by("-kind", "-newest")
    )
    for row in rows:
        found[row["translation_of"]].append((row["data"], row["kind"] == machine))
    return found
