"""The video players that a page may load. A page loads a player only after a click."""

import re
from urllib.parse import parse_qs, urlsplit

# The origins that the content security policy lets a page frame.
PLAYER_ORIGINS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
YOUTUBE_KEY = re.compile(r"[\w-]{11}", re.ASCII)
VIMEO_KEY = re.compile(r"[0-9]{1,12}")


def player_url(link: str) -> str | None:
    """Return the URL of the player for the public `link` of a video, or `None` without a player."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    folders = [folder for folder in parts.path.split("/") if folder]
    if parts.hostname == "youtu.be":
        return _youtube(folders[0] if folders else "")
    if parts.hostname in YOUTUBE_HOSTS:
        if folders[:1] in (["embed"], ["shorts"], ["live"]) and len(folders) > 1:
            return _youtube(folders[1])
        return _youtube(parse_qs(parts.query).get("v", [""])[0])
    if parts.hostname in VIMEO_HOSTS and folders:
        return _vimeo(folders[-1])
    return None


def _youtube(key: str) -> str | None:
    """Return the URL of the player that sets no cookie before it plays."""
    if not YOUTUBE_KEY.fullmatch(key):
        return None
    return f"https://www.youtube-nocookie.com/embed/{key}?autoplay=1&rel=0"


def _vimeo(key: str) -> str | None:
    """Return the URL of the player, with the parameter that asks it not to track."""
    if not VIMEO_KEY.fullmatch(key):
        return None
    return f"https://player.vimeo.com/video/{key}?autoplay=1&dnt=1"
