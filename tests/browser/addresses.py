"""The addresses of each kind of public page in the demo, in both languages."""

from functools import partial

ARTICLE = "/tin-tuc/so-noi-vu-ra-mat-cong-thong-tin-dien-tu-moi/"
GALLERY = "/tin-tuc/chum-anh-hai-lam-qua-bon-mua/"
DOCUMENT = "/van-ban-huong-dan/quy-che-tiep-cong-dan-va-lich-tiep-nam-2027/"

ADDRESSES = {
    "vi": {
        "home": "/",
        "section": "/tin-tuc/",
        "article": ARTICLE,
        "gallery": GALLERY,
        "document": DOCUMENT,
        "plain": "/lien-he/",
        "topic": "/chu-de/thi-dua-yeu-nuoc/",
        "search": "/search/?q=thi+dua",
        "nothing-found": "/search/?q=khongcogica",
        "accessibility": "/tro-nang/",
        "missing": "/khong-co/",
        "error": "/loi/500.html",
        "maintenance": "/loi/503.html",
    },
    "en": {
        "home": "/en/",
        "section": "/en/news/",
        "article": "/en/news/department-of-home-affairs-launches-its-new-web-portal/",
        "gallery": "/en/news/in-pictures-four-seasons-in-hai-lam/",
        "document": "/en/documents-and-guidance/how-the-emulation-movement-of-2027-will-be-run/",
        "plain": "/en/contact/",
        "topic": "/en/topics/patriotic-emulation/",
        "search": "/en/search/?q=emulation",
        "nothing-found": "/en/search/?q=nosuchthing",
        "accessibility": "/en/accessibility/",
        "missing": "/en/missing/",
        "error": "/en/loi/500.html",
        "maintenance": "/en/loi/503.html",
    },
}

EVERY_PAGE = [
    (language, kind, address)
    for language, addresses in ADDRESSES.items()
    for kind, address in addresses.items()
]

RENDER = """
from django.template import loader
from django.utils import translation
for language in ("vi", "en"):
    for template in ("500.html", "503.html"):
        with translation.override(language):
            print(language, template, loader.get_template(template).render({}).replace("\\n", " "))
"""


def error_pages(portal):
    """Return the HTML of the portal's error pages, by language and template."""
    lines = portal.manage("shell", "-v0", "-c", RENDER).splitlines()
    return {tuple(line.split(" ", 2)[:2]): line.split(" ", 2)[2] for line in lines}


def serve_error_pages(page, pages):
    """Serve the error pages to `page` at invented addresses, `/loi/…`, as the server would."""
    for (language, template), html in pages.items():
        prefix = "" if language == "vi" else f"/{language}"
        page.route(f"**{prefix}/loi/{template}", partial(answer_with, html))


def answer_with(html, route):
    """Answer a request of the browser with the page `html`."""
    route.fulfill(body=html, content_type="text/html; charset=utf-8")
