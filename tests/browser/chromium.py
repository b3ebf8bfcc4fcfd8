"""Where Chromium is on this machine, and how it is started."""

from __future__ import annotations

import os
from pathlib import Path

from bot.doctor import find_chromium

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-background-networking",
)
MISSING = "NO CHROMIUM, the pages were not tried (set CHROMIUM, or put it on the PATH)"


def executable(own: str) -> str | None:
    """The browser: the one CHROMIUM names, one on the PATH, or Playwright's `own`."""
    found = os.environ.get("CHROMIUM") or find_chromium()
    return found or (own if Path(own).is_file() else None)
