"""What is kept of a browser: its family and its system, nothing by which it could be told from others."""

from __future__ import annotations

FAMILIES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first mark that is found decides: most browsers name the older ones too."""
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def family(user_agent: str | None) -> str:
    """`Firefox on Windows`; what is unknown is said to be."""
    said = user_agent or ""
    browser = next((name for mark, name in FAMILIES if mark in said), "Another browser")
    system = next((name for mark, name in SYSTEMS if mark in said), None)
    return f"{browser} on {system}" if system else browser
