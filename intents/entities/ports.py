"""Ports of mainland China named in a message: seaports, river ports, airports, land crossings.

In: a message. Out: ids of `ports.yaml`, each once, in order. A name that is a city's as well is a port only beside a
word of ports or of goods on their way: "our office in Shanghai" names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from intents.names import Finder
from intents.normalise import for_matching
from intents.tables import table
from knowledge.datafiles import build
from knowledge.model import Called, Language

_FILE = Path(__file__).parent / "ports.yaml"
_PORT = r"(?:sea ?ports?|air ?ports?|ports?|harbou?rs?|terminals?|docks?|customs|piers?|free trade zone)"
_BESIDE = re.compile(
    rf"(?:\b{_PORT}(?: (?:of|in|at|is|was|office is|office in))? )$|^ (?:{_PORT})\b"
    r"|(?:口岸|港口|海关|港)(?:是|为|在)?$|^ ?(?:口岸|港|海关|关区|机场|码头|保税)"
)
_ON_THE_WAY = re.compile(
    r"\b(?:at|via|through|from|to|into|leav(?:e|es|ing)|left|near|towards) $|(?:从|由|经|到|至|往|被)$"
    r"|\b(?:held|hold|stopped|detained|seized?|sieze|stuck|blocked|impounded|arriv\w+|loaded|unloaded|cleared|shipped|"
    r"ship|goods|cargo|containers?|shipments?)(?: \w+){0,2} in $"
    r"|^ ?(?:被?扣|被?查|出口|进口|出货|发货|报关|清关|放行|装船|起运|转运|进出|出关|过关|上船)"
)
_GOODS = re.compile(
    r"\b(?:goods|cargo|containers?|shipments?|consignments?|ship(?:s|ped|ping)?|vessels?|exports?|exported|exporting|imports?|"
    r"imported|importing|caught|boxes|cartons|pallets|parcels?|detain(?:s|ed)?|detention|seiz(?:ed?|es|ure)|held|stopped|stuck|blocked|cleared|clearance|customs|"
    r"fakes?|counterfeits?|copies|leav(?:e|es|ing)|load(?:ed|ing)?)\b"
    r"|货|柜|箱|出口|进口|扣|查|报关|清关|放行|装船|船|侵权|仿冒|假"
)
_SEAT = re.compile(
    r"\b(?:company|office|factory|plant|subsidiary|branch|firm|lawyers?|courts?|seat|based|located|made|live|headquarters?|"
    r"workshop|manufacturer|supplier|maker|trader|exporter|importer)s?(?: \w+)? (?:in|from|at|near|to) $"
)


class _Port(Called):
    """A port as the file has it."""

    city: bool = False


def ports(text: str) -> tuple[str, ...]:
    """The ports named in the text."""
    ready = for_matching(text)
    spots = list(_finder().spots(ready))
    return tuple(dict.fromkeys(_named(ready, spots))) if spots else ()


def said(port: str, language: Language) -> str:
    """How we name a port: port of Ningbo, 宁波口岸. Raises KeyError."""
    return _ports()[port].text(language)


def without_ports(text: str) -> str:
    """The words of a message, made ready for matching, that name no port nor say that it is one."""
    kept = for_matching(text)
    return _rest(kept, _finder().spots(kept))


def _rest(kept: str, spots: Iterable[tuple[str, str]]) -> str:
    for name, _ in spots:
        kept = kept.replace(name, " ")
    return re.sub(rf"\b{_PORT}\b|口岸|港口|海关|港|机场", " ", kept)


def _named(ready: str, spots: list[tuple[str, str]]) -> Iterator[str]:
    whole = not _rest(ready, spots).strip()
    goods = bool(_GOODS.search(ready))
    at = 0
    for name, port in spots:
        start = ready.find(name, at)
        at = start + len(name)
        if not _ports()[port].city or whole or _is_port(ready[:start], ready[at:], goods=goods):
            yield port


def _is_port(before: str, after: str, *, goods: bool) -> bool:
    if _BESIDE.search(before) or _BESIDE.search(after):
        return True
    moving = _ON_THE_WAY.search(before) or _ON_THE_WAY.search(after)
    return bool(goods and moving and not _SEAT.search(before))


@cache
def _ports() -> Mapping[str, _Port]:
    return {key: build(_Port, _FILE, key, data) for key, data in table(_FILE).items()}


@cache
def _finder() -> Finder:
    return Finder({key: port.all_names() for key, port in _ports().items()})
