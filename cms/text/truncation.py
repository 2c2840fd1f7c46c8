"""Truncation of long texts at a word."""


def truncate(text: str, length: int = 100) -> str:
    """Return `text` cut at a word, at most `length` characters including the final ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    head = text[:length]
    kept = head.rpartition(" ")[0] or head[:-1]
    return kept.rstrip(" ,;:.–-") + "…"
