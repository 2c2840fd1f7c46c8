"""Helpers that send the sign-in form, with the right password or with wrong ones."""

from django.test import Client

PASSWORD = "mot-mat-khau-dai-2020"
HERE = "203.0.113.1"
ELSEWHERE = "203.0.113.2"


def sign_in(client, password=PASSWORD, username="bientap", address=HERE, **headers):
    """Send the sign-in form from an address, and return the response."""
    return client.post(
        "/admin/login/",
        {"username": username, "password": password, "next": "/admin/"},
        REMOTE_ADDR=address,
        headers=headers,
    )


def fail_sign_in(client, times, **kwargs):
    """Sign in `times` times with wrong passwords, and return the last response."""
    for number in range(times):
        response = sign_in(client, password=f"sai-{number}", **kwargs)
    return response


def close_account(username="bientap"):
    """Guess passwords from unknown browsers until the account is locked."""
    for number in range(20):
        fail_sign_in(Client(), 1, username=username, address=f"198.51.100.{number}")
    assert sign_in(Client(), username=username, address="192.0.2.1").status_code == 429


def close_address():
    """Guess passwords from one address until the address is locked."""
    for number in range(50):
        fail_sign_in(Client(), 1, username=f"ten-{number}")
    assert sign_in(Client(), username="ten-99").status_code == 429
