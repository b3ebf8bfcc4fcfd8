"""Files on the chat page: chosen, dropped or pasted, many at once, with how far they are and what is wrong."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import FilePayload, Locator, Route, expect

from tests.bot.files.samples import DOCX, JPG, PDF, PNG, PROGRAM
from tests.browser.chat import ChatPage, chat
from tests.browser.window import PHONE, OpenWindow
from tests.server import ServerProcess

DROP = """([name, bytes]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(bytes)], name));
    for (const kind of ["dragenter", "dragover", "drop"]) {
        document.querySelector("#log").dispatchEvent(
            new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: carried}));
    }
}"""
PASTE = """(bytes) => {
    const carried = new DataTransfer();
    carried.items.add(new File([new Uint8Array(bytes)], "image.png", {type: "image/png"}));
    document.querySelector("#words").dispatchEvent(
        new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: carried}));
}"""


def given(name: str, content: bytes = PDF) -> FilePayload:
    return FilePayload(name=name, mimeType="", buffer=content)


def tray(page: ChatPage) -> Locator:
    return page.page.locator("#tray > li")


async def choose(page: ChatPage, *files: FilePayload | Path) -> None:
    """By the button, as a person does."""
    async with page.page.expect_file_chooser() as chooser:
        await page.page.get_by_role("button", name="Attach files").click()
    assert (await chooser.value).is_multiple()
    await (await chooser.value).set_files(files)  # type: ignore[arg-type]  # both kinds at once are fine


async def test_many_files_are_one_message_with_one_answer(en: ChatPage) -> None:
    await choose(en, given("certificate.pdf"), given("shoe.jpg", JPG), given("letter.docx", DOCX))
    await expect(en.page.locator("#tray > li.done")).to_have_count(3)
    before = await en.bot.count()
    await en.box.press("Enter")
    await expect(en.own.last.locator(".files li")).to_have_count(3)
    await expect(en.own.last).to_contain_text("certificate.pdf")
    await expect(en.own.last).to_contain_text("1 KB")
    await expect(en.bot).to_have_count(before + 1)
    await expect(en.bot.last).to_contain_text("certificate.pdf, shoe.jpg, letter.docx")
    await expect(tray(en)).to_have_count(0)
    await expect(en.own).to_have_count(1)
    await en.page.reload()
    await en.ready()
    await expect(en.own.last.locator(".files li")).to_have_count(3)


async def test_what_is_wrong_is_said_at_the_file_and_the_rest_goes(en: ChatPage) -> None:
    en.window.forgive("415")
    await choose(en, given("photo.jpg", PROGRAM), given("good.pdf"))
    failed = en.page.locator("#tray > li.failed")
    await expect(failed).to_contain_text("This is a program, whatever its name says.")
    await expect(en.page.locator("#tray > li.done")).to_have_count(1)
    await en.page.locator("#send").click()
    await expect(en.own.last.locator(".files li")).to_have_count(1)
    await expect(failed).to_be_visible()
    await failed.get_by_role("button", name="Remove photo.jpg").click()
    await expect(en.page.locator("#tray")).to_be_hidden()


async def test_a_file_that_is_too_large_is_not_even_sent(en: ChatPage, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    asked: list[str] = []
    en.page.on("request", lambda request: asked.append(request.url))
    await choose(en, large)
    await expect(tray(en)).to_contain_text("Too large: 20 MB at most.")
    assert not [url for url in asked if "files" in url]


async def test_words_go_behind_the_files_they_are_about(en: ChatPage) -> None:
    await en.page.route("**/api/chat/files*", _slowly)
    await choose(en, given("certificate.pdf"))
    await en.box.fill("What does it cost?")
    await en.box.press("Enter")
    await expect(en.page.locator("#count")).to_contain_text("as soon as the files are uploaded")
    await expect(en.own).to_have_count(2)
    await expect(en.own.nth(0)).to_contain_text("certificate.pdf")
    await expect(en.own.nth(1)).to_contain_text("What does it cost?")


async def _slowly(route: Route) -> None:
    response = await route.fetch()
    await route.request.frame.page.wait_for_timeout(700)
    await route.fulfill(response=response)


async def test_files_are_dropped_and_pictures_are_pasted(en: ChatPage) -> None:
    await en.page.evaluate(DROP, ["dropped.pdf", list(PDF)])
    await en.page.evaluate(PASTE, list(PNG))
    await expect(en.page.locator("#tray > li.done")).to_have_count(2)
    await expect(en.page.locator("#drop")).to_be_hidden()
    await en.box.press("Enter")
    await expect(en.bot.last).to_contain_text("dropped.pdf, image.png")


async def test_what_the_network_lost_can_be_tried_again(en: ChatPage) -> None:
    en.window.forgive("ERR_FAILED", "Failed to load")
    await en.page.route("**/api/chat/files*", lambda route: route.abort())
    await choose(en, given("certificate.pdf"))
    await expect(tray(en)).to_contain_text("Not uploaded.")
    await en.page.unroute("**/api/chat/files*")
    await tray(en).get_by_role("button", name="Try again").click()
    await expect(en.page.locator("#tray > li.done")).to_have_count(1)


async def test_keys_alone_are_enough(en: ChatPage) -> None:
    # The browser is told to hand out its choosers when somebody first listens, and a key is quicker than that.
    en.page.on("filechooser", lambda _: None)
    await en.box.focus()
    await en.page.keyboard.press("Shift+Tab")
    await expect(en.page.get_by_role("button", name="Attach files")).to_be_focused()
    async with en.page.expect_file_chooser() as chooser:
        await en.page.keyboard.press("Enter")
    await (await chooser.value).set_files([given("a.pdf")])
    await expect(en.page.locator("#tray > li.done")).to_have_count(1)
    await expect(en.page.locator("#tray-status")).to_have_text("a.pdf is ready to be sent")
    await en.page.keyboard.press("Shift+Tab")
    await expect(en.page.get_by_role("button", name="Remove a.pdf")).to_be_focused()
    await en.page.keyboard.press("Enter")
    await expect(tray(en)).to_have_count(0)


async def test_twenty_at_most_in_one_message(en: ChatPage) -> None:
    await choose(en, *(given(f"{n}.pdf", PDF + b"%d" % n) for n in range(21)))
    await expect(tray(en).last).to_contain_text("20 files at most in one message")
    await expect(en.page.locator("#tray > li.done")).to_have_count(20)


async def test_it_fits_a_phone_and_speaks_chinese(
    site: ServerProcess, open_window: OpenWindow
) -> None:
    page = await chat(await open_window(site.url, locale="zh-CN", viewport=PHONE))
    page.window.forgive("415")
    name = "商标注册证" * 12 + ".pdf"
    await page.page.locator("#files").set_input_files([given(name), given("photo.jpg", PROGRAM)])
    await expect(tray(page).last).to_contain_text("这其实是一个程序")
    await expect(page.page.locator("#tray > li.done")).to_have_count(1)
    await page.page.locator("#send").click()
    await expect(page.own.last).to_contain_text("商标注册证")
    width = await page.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    for button in await page.page.locator("#attach, .tray-remove, #send").all():
        box = await button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
