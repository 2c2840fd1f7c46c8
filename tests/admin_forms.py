"""Form data as a browser sends it from the admin."""

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield


def article_form(title="Tin đầu tiên", slug="", body=(), published_at="29/05/2020 07:30", **fields):
    """Return the form data that a browser sends from the article form."""
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "introduction": "",
            "body": streamfield(body),
            "source_name": "",
            "source_url": "",
            "author": "",
            "published_at": published_at,
            "seo_title": "",
            "search_description": "",
            "article_topics": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            **fields,
        }
    )


def add_address(model, parent):
    """Return the URL of the form for a new page."""
    return reverse("wagtailadmin_pages:add", args=[*model._meta.label_lower.split("."), parent.pk])


def sent_by(form):
    """Return the data that a browser sends from an unchanged form; `form` is parsed HTML."""
    sent = {}
    for field in form.select("[name]:not([disabled]):not(button)"):
        # The empty form that a script copies is not part of the form.
        if field.find_parent("template"):
            continue
        if field.name == "select":
            values = [option["value"] for option in field.select("option[selected]")]
        elif field.get("type") in ("checkbox", "radio"):
            values = [field.get("value", "on")] if field.has_attr("checked") else []
        elif field.name == "textarea":
            values = [field.text]
        else:
            values = [field.get("value", "")]
        if values:
            sent.setdefault(field["name"], []).extend(values)
    return sent
