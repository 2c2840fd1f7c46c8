"""Addresses of pages: the page that an address leads to, and the response if there is none.

Read this to learn why an address redirects, or answers 404 or 410. Named addresses (cms/urls.py,
news/urls.py) come first. For all others, these modules decide in this order:

1. `language`: takes the language from the first part of the address, and from nothing else.
2. `routing`: finds the published page whose stored path is the address.
3. Wagtail's own redirects: rows with exactly this address. `redirects` writes them when a page is
   renamed or moved (`signal_handlers`), and when a topic is renamed. It also writes them when an
   editor unpublishes a page and chooses another page for its readers (`unpublishing`). Editors
   write others in the admin.
4. `descendant_redirects`: follows the single redirect of a page that was renamed or moved, for the
   pages below it.
5. `redirect_targets`: follows a redirect only if the reader may open its target page.
6. `redirect_caching`: limits how long browsers may cache the redirect.
7. `gone`: answers 410 if a public page was withdrawn or deleted. It keeps 404 if there was never a
   public page.

Django itself redirects to HTTPS (`SECURE_SSL_REDIRECT`) and adds a missing slash at the end.
"""
