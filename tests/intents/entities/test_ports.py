"""Ports as people name them, and cities that are none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intents import entities
from intents.entities.ports import said
from intents.names import Finder
from knowledge.datafiles import read

FILE = Path("intents/entities/ports.yaml")
PORTS = read(FILE)


def ports(text: str) -> tuple[str, ...]:
    return entities.read(text).ports


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("goods held at Ningbo", "ningbo"),
        ("port of ningpo", "ningbo"),
        ("the port is Ningbo", "ningbo"),
        ("口岸是宁波", "ningbo"),
        ("Ninbo", "ningbo"),
        ("Yantian", "yantian"),
        ("yantien port", "yantian"),
        ("Shenzhen Yantian", "yantian"),
        ("container leaving Shekou", "shekou"),
        ("shanghai yangshan", "yangshan"),
        ("our cargo left shenzen", "shenzhen"),
        ("goods were stopped in Shanghai", "shanghai"),
        ("seized at Guangzhou Baiyun Airport", "guangzhou_airport"),
        ("Tianjin customs", "tianjin"),
        ("exports through Qingdao", "qingdao"),
        ("quingdao harbour", "qingdao"),
        ("盐田海关扣了我们的货", "yantian"),
        ("鹽田", "yantian"),
        ("货从宁波出口", "ningbo"),
        ("厦门口岸", "xiamen"),
        ("货物在大连被扣", "dalian"),
        ("上海洋山港", "yangshan"),
        ("广州南沙", "nansha"),
        ("黄埔海关", "huangpu"),
        ("义乌", "yiwu"),
        ("浦东机场", "shanghai_airport"),
    ],
)
def test_a_port_is_found(text: str, port: str) -> None:
    assert ports(text) == (port,)


@pytest.mark.parametrize(
    "text",
    [
        "our office in Shanghai",
        "we are a company in Ningbo exporting shoes",
        "a supplier from Shenzhen ships the goods",
        "goods made in Yiwu",
        "I own a workshop in Dongguan, everything is exported",
        "Hong Kong customs",
        "the beer Tsingtao",
        "我们在上海的公司",
        "我们在深圳有工厂，货出口",
        "深圳公司",
        "how many ports are there",
        "a human being",
    ],
)
def test_a_city_where_somebody_sits_is_none(text: str) -> None:
    assert ports(text) == ()


def test_several_are_found_in_their_order() -> None:
    assert ports("fakes leave via Xiamen and Ningbo port") == ("xiamen", "ningbo")


def test_every_port_is_found_by_every_name_and_has_both_languages() -> None:
    for key, port in PORTS.items():
        for language in ("en", "zh"):
            assert port["names"][language], key
            for name in port["names"][language]:
                assert ports(name) == (key,), name
        assert said(key, "en") == port["en"]
        assert re.search(r"[\u4e00-\u9fff]", said(key, "zh")), key


def test_no_name_means_two_ports() -> None:
    finder = Finder(
        {key: [*port["names"]["en"], *port["names"]["zh"]] for key, port in PORTS.items()}
    )
    for port in PORTS.values():
        for name in (*port["names"]["en"], *port["names"]["zh"]):
            assert len(finder.find(name)) == 1, name


def test_the_file_is_sorted() -> None:
    assert list(PORTS) == sorted(PORTS)
    assert len(PORTS) >= 40
