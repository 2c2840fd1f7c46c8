"""The style sheet within the pages."""

import base64
import hashlib
import re

from django.contrib.staticfiles import finders

from cms.theme import style_sheet
from cms.theme.style_sheet import StyleSheet


def test_the_policy_names_the_rules_by_their_hash(client, db):
    answer = client.get("/")
    rules = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in answer["Content-Security-Policy"]


def test_pictures_are_addressed_from_the_root_and_exist():
    addresses = re.findall(r"url\(([^)]*)\)", style_sheet.style_sheet().rules)
    assert addresses == ['"/static/cms/drum.svg"']
    assert finders.find("cms/drum.svg")


def test_comments_stay_at_home():
    assert "/*" not in style_sheet.style_sheet().rules


def test_a_sheet_that_is_being_written_is_read_anew(monkeypatch, settings):
    monkeypatch.setattr(style_sheet, "read_style_sheet", lambda: StyleSheet("p{color:red}"))
    assert style_sheet.style_sheet().rules != "p{color:red}"
    settings.DEBUG = True
    assert style_sheet.style_sheet().rules == "p{color:red}"


def test_other_rules_have_another_hash():
    assert StyleSheet("p{color:red}").source != StyleSheet("p{color:blue}").source
