"""The list of pages in the admin."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import ArticleFactory

IN_ORDER = ["Ấm no", "Bạc Liêu", "Dân vận", "Đà Nẵng", "Em bé", "Ông Ngái", "Ơn nghĩa", "Ý kiến"]


@pytest.mark.parametrize(("ordering", "reverse"), [("title", False), ("-title", True)])
def test_titles_sort_as_in_a_vietnamese_dictionary(client, editor, section, ordering, reverse):
    for title in sorted(IN_ORDER):
        ArticleFactory(parent=section, title=title)
    client.force_login(editor)
    page = client.get(f"/admin/pages/{section.pk}/", {"ordering": ordering})
    rows = BeautifulSoup(page.content, "html.parser").select("tbody .title a[href$='/edit/']")
    titles = [row.get_text(strip=True) for row in rows]
    assert [title for title in titles if title] == sorted(
        IN_ORDER, key=IN_ORDER.index, reverse=reverse
    )
