"""Addresses of pages: which page an address leads to, and what is answered where there is none.

Why does this address redirect, or answer 404 or 410? Named addresses (cms/urls.py, news/urls.py)
come first. For all others the modules are asked in this order:

1. `language`: the first part of the address says the language; nothing else does.
2. `routing`: the page whose stored path the address is, if it is published.
3. Wagtail's own redirects: rows with exactly this address. `redirects` writes them when a page is
   renamed or moved (`signal_handlers`), when a topic is renamed, and when an editor unpublishes a
   page and says where its readers go (`unpublishing`). Editors write others in the admin.
4. `descendant_redirects`: the page stood below one that was renamed or moved, which left one
   redirect.
5. `redirect_targets`: a redirect that was found leads on only to a page that the reader may open.
6. `redirect_caching`: how long browsers may keep it.
7. `gone`: 410 where a page was public and is no more, 404 where there never was one.

Django itself redirects to HTTPS (`SECURE_SSL_REDIRECT`) and adds a missing slash at the end.
"""
