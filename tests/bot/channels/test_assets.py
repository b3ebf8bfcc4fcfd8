"""Static files: kept for good under the address of their content, never outside their folder."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.assets import ASK_AGAIN, FOREVER, Assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "page.js").write_text("export {};\n")
    (tmp_path / "in" / "part.css").write_text("a {}\n")
    return tmp_path


@pytest.fixture
def assets(folder: Path) -> Assets:
    return Assets(folder, "static")


async def get(assets: Assets, path: str, **headers: str) -> httpx.Response:
    app = FastAPI()
    app.include_router(assets.routes())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://a.test") as client:
        return await client.get(path, headers=headers)


async def test_a_file_is_kept_for_good(assets: Assets) -> None:
    found = await get(assets, assets.url("page.js"))
    assert found.text == "export {};\n"
    assert found.headers["content-type"].startswith("text/javascript")
    assert found.headers["cache-control"] == FOREVER


async def test_files_in_folders_are_found(assets: Assets) -> None:
    assert (await get(assets, assets.url("in/part.css"))).status_code == 200


async def test_a_page_of_an_older_version_gets_todays_file_and_may_not_keep_it(
    assets: Assets,
) -> None:
    found = await get(assets, "/static/000000000000/page.js")
    assert found.status_code == 200
    assert found.headers["cache-control"] == ASK_AGAIN


async def test_a_file_that_has_not_changed_is_not_sent_again(assets: Assets) -> None:
    etag = (await get(assets, assets.url("page.js"))).headers["etag"]
    again = await get(assets, assets.url("page.js"), **{"if-none-match": etag})
    assert again.status_code == 304


def test_the_address_changes_with_content_and_names(folder: Path) -> None:
    before = Assets(folder, "static").version
    (folder / "page.js").write_text("export { };\n")
    changed = Assets(folder, "static").version
    (folder / "page.js").rename(folder / "side.js")
    assert len({before, changed, Assets(folder, "static").version}) == 3


@pytest.mark.parametrize("path", ["nothing.js", "..%2fsecret", "%2e%2e/secret", "in"])
async def test_there_is_no_way_out_of_the_folder(tmp_path: Path, assets: Assets, path: str) -> None:
    (tmp_path.parent / "secret").write_text("secret")
    found = await get(assets, assets.url(path))
    assert found.status_code == 404
    assert "secret" not in found.text
