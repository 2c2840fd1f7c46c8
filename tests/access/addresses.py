"""Every URL pattern that the resolver knows, with values for all its parameters."""

import re
from collections.abc import Iterator
from itertools import product

from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern, URLResolver
from django.utils.translation import override
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.access.newsroom import Newsroom

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")

# Pages that are tried in each address of a page. Access depends on the page.
PAGES = (
    "published",
    "draft",
    "review",
    "withdrawn",
    "private",
    "english",
    "english_draft",
)

# Pages below which pages are listed or created.
PARENTS = ("section", "guarded_section", "draft", "english_section", "english_draft")

# Translations that are tried in each address of a translation.
TRANSLATIONS = ("translation", "translation_of_draft", "translation_of_private")

# Rows that are tried one after the other, by the name of the parameter.
EACH_OF = {
    "page_id": PAGES,
    "parent_page_id": PARENTS,
    "page_to_move_id": PAGES,
    "translation_id": TRANSLATIONS,
}

# Fixed values, by the name of the parameter.
PARAMETER_VALUES = {
    "app_label": "news",
    "app_name": "news",
    "content_type_app_name": "news",
    "content_type_model_name": "articlepage",
    "action_name": "approve",
    "filter_spec": "width-320",
    "language_code": "en",
    "mode": "desktop",
    "model_name": "articlepage",
    "path": "images/nothing.jpg",
    "section": "pages",
    "slug": "thi-dua",
    "token": "set-password",
    "uidb64": "MQ",
}

# Rows of the newsroom, by the name of the parameter.
OTHER_OBJECTS = {
    "collection_id": "collection",
    "destination_id": "section",
    "doc_id": "document",
    "document_id": "document",
    "image_id": "picture",
    "overridable_segment_id": "overridable",
    "page_view_restriction_id": "restriction",
    "redirect_id": "redirect",
    "replaceable_id": "overridable",
    "restriction_id": "restriction",
    "revision_id": "revision",
    "segment_id": "segment",
    "session_id": "session",
    "string_segment_id": "segment",
    "task_id": "task",
    "task_state_id": "task_state",
    "translation_source_id": "source",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow_state",
}

# The rows for the parameter `pk`, by the beginning of the address.
PK = {
    "admin/api/main/documents": "document",
    "admin/api/main/images": "picture",
    "admin/collections": "collection",
    "admin/documents": "document",
    "admin/failed-tasks": "failed_task",
    "admin/groups": "group",
    "admin/images": "picture",
    "admin/locales": "locale",
    "admin/localize/api/snippets": "topic",
    "admin/localize/submit/snippet": "topic",
    "admin/sites": "site",
    "admin/snippets/choose/cms/siteframe": "frame",
    "admin/snippets/choose/news/topic": "topic",
    "admin/snippets/choose/translation/glossaryterm": "term",
    "admin/snippets/choose/visitors/visitorcounter": "counter",
    "admin/snippets/cms/siteframe": "frame",
    "admin/snippets/news/topic": "topic",
    "admin/snippets/translation/glossaryterm": "term",
    "admin/snippets/visitors/visitorcounter": "counter",
    "admin/users": "user",
    "admin/workflows/edit": "workflow",
    "admin/workflows/enable": "workflow",
    "admin/workflows/disable": "workflow",
    "admin/workflows/usage": "workflow",
    "admin/workflows/tasks": "task",
}

# Rows for bulk actions, by the name of the model. Bulk actions on pages use `PAGES`.
BULK = {
    "glossaryterm": "term",
    "portaldocument": "document",
    "portalimage": "picture",
    "siteframe": "frame",
    "topic": "topic",
    "user": "user",
    "visitorcounter": "counter",
}

# Fixed values that apply only to addresses with a certain beginning.
OVERRIDES = {
    "admin/localize/api/snippets": {"model_name": "topic"},
    "admin/localize/submit/snippet": {"model_name": "topic"},
    "admin/workflows/tasks/add": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
    "admin/editing-sessions/ping": {"app_label": "wagtailcore", "model_name": "page"},
}

# Addresses for patterns whose parameters have no names, or that consist of one parameter alone.
# Names in braces are rows.
WRITTEN_OUT = {
    r"admin/pages/^(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$": [
        "admin/pages/{published}/revisions/compare/live...latest/",
        "admin/pages/{draft}/revisions/compare/earliest...latest/",
        "admin/pages/{english_draft}/revisions/compare/earliest...latest/",
    ],
    r"admin/snippets/news/topic/history/(?P<pk>.+)/revisions/compare/"
    r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": [
        "admin/snippets/news/topic/history/{topic}/revisions/compare/earliest...latest/",
    ],
    r"^documents/(\d+)/(.*)$": ["documents/{document}/bieu-mau.txt"],
    r"documents/^(\d+)/(.*)$": ["documents/{document}/bieu-mau.txt"],
    r"admin/^.*/$": ["admin/there-is-no-such-thing/"],
    r"^((?:[\w\-]+/)*)$": ["", "tin-tuc/", "tin-tuc/khai-giang-nam-hoc-moi/", "khong-co/"],
    r"en/^((?:[\w\-]+/)*)$": ["en/", "en/news/", "en/khong-co/"],
}


def patterns() -> list[str]:
    """Return every pattern of the URLconf as text, including the patterns of each language."""
    found = {}
    for language in ("vi", "en"):
        with override(language):
            found |= dict.fromkeys(walk(get_resolver(), ""))
    return list(found)


def walk(resolver, prefix) -> Iterator[str]:
    """Yield the pattern of each address below `resolver`."""
    for pattern in resolver.url_patterns:
        text = str(pattern.pattern)
        if isinstance(pattern.pattern, LocalePrefixPattern):
            text = pattern.pattern.language_prefix
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, prefix + text)
        else:
            yield prefix + text


class UnknownParameterError(Exception):
    """An address has a parameter for which this module has no value."""


def examples(pattern: str, newsroom: Newsroom) -> dict[str, str]:
    """Return addresses for `pattern`, each under a name that is the same in every run."""
    rows = {name: row.pk for name, row in {**newsroom.pages, **newsroom.other_objects}.items()}
    if pattern in WRITTEN_OUT:
        return {f"/{text}": f"/{text.format_map(rows)}" for text in WRITTEN_OUT[pattern]}
    plain = pattern.replace("^", "").replace("$", "")
    found = {}
    for words, row in candidate_values(plain):
        values = {
            parameter: words.get(parameter) or value_of(parameter, plain, row, rows)
            for parameter in parameters_of(plain)
        }
        query = f"?id={rows[row]}" if plain.startswith("admin/bulk/") else ""
        found[f"/{fill_in(plain, words)} {row}".strip()] = f"/{fill_in(plain, values)}{query}"
    return found


def parameters_of(plain) -> list[str]:
    """Return the names of the parameters in the address."""
    return [parameter[1] for parameter in PARAMETER.finditer(plain)]


def fill_in(plain, values) -> str:
    """Return the address with its parameters replaced by the `values` of the same names."""
    return PARAMETER.sub(lambda parameter: values.get(parameter[1], parameter[0]), plain)


def candidate_values(plain) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the values to try the address with: fixed values, and the name of a row."""
    if plain.startswith("admin/bulk/"):
        bulk_action_registry._scan_for_bulk_actions()
        for app, models in sorted(bulk_action_registry.actions.items()):
            for model, acts in sorted(models.items()):
                rows = PAGES if model == "page" else [BULK[model]]
                for act, row in product(sorted(acts), rows):
                    yield {"app_label": app, "model_name": model, "action": act}, row
    elif plain.startswith("admin/api/main/pages/<"):
        acts = (
            sorted(PagesAdminAPIViewSet.actions) if "action_name" in parameters_of(plain) else [""]
        )
        for act, row in product(acts, PAGES):
            yield {"action_name": act} if act else {}, row
    else:
        for row in next(
            (EACH_OF[parameter] for parameter in parameters_of(plain) if parameter in EACH_OF), [""]
        ):
            yield {}, row


def value_of(name, plain, row, rows) -> str:
    """Return the value for the parameter called `name`."""
    for beginning, words in OVERRIDES.items():
        if plain.startswith(beginning) and name in words:
            return words[name]
    if name in EACH_OF or (name == "pk" and plain.startswith("admin/api/main/pages")):
        return str(rows[row])
    if name == "page_pk":
        return str(rows["section"])
    if name == "uploaded_file_id":
        kind = "uploaded_picture" if plain.startswith("admin/images") else "uploaded_document"
        return str(rows[kind])
    if name == "object_id":
        return str(rows["draft"])
    if name == "pk":
        for beginning, kind in PK.items():
            if plain.startswith(beginning):
                return str(rows[kind])
    if name in OTHER_OBJECTS:
        return str(rows[OTHER_OBJECTS[name]])
    if name in PARAMETER_VALUES:
        return PARAMETER_VALUES[name]
    raise UnknownParameterError(f"What is <{name}> in {plain}? Say so in {__name__}.")
