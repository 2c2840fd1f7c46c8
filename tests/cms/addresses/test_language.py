"""Tests that the language of a response is that of the address."""

import pytest


@pytest.mark.parametrize(("path", "language"), [("/", "vi"), ("/en/", "en")])
@pytest.mark.parametrize("wish", ["vi", "en", "fr", "en-US,en;q=0.9", "*", "garbage;;q=x"])
def test_the_language_is_that_of_the_path_alone(client, home, path, language, wish):
    client.cookies["django_language"] = wish.partition(",")[0]
    response = client.get(path, headers={"accept-language": wish})
    assert response.status_code == 200
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(("path", "language"), [("/nothing/", "vi"), ("/en/nothing/", "en")])
def test_what_is_missing_is_missing_in_the_language_of_the_path(client, home, path, language):
    response = client.get(path)
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/fr/", "/fr/tin-tuc/", "/xx/", "/zh-hans/", "/EN/", "/en-us/", "/en/en/", "/en/vi/"]
)
def test_an_unknown_language_is_not_found(client, home, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Language"] in ("vi", "en")
