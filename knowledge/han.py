"""Chinese characters, as every floor tells them from other signs."""

from __future__ import annotations

import re

RANGE = "\u3400-\u4dbf\u4e00-\u9fff"
"""For the inside of a class in a pattern: the unified characters and their first extension.

Rarer ones beyond the first 65,536 signs stand in names at most, beside common ones.
"""
HAN = re.compile(f"[{RANGE}]")
