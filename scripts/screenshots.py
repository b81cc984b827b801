"""Pictures of the important pages for docs/: at a desk and on a phone, by day and by night.

    make screenshots

Languages take turns, so that each is seen on every page. The lab they show is thrown away, and
its clock stands still: where no page has changed, no picture does. What anybody may look at is
looked at early, at noon, after closing time and on a holiday too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.stopped_lab import NOW, ZONE, Lab, stopped_lab  # noqa: E402
from tests.services import chromium, install_missing  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Route

FOLDER = ROOT / "docs" / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COLOURS = 192
SPOKEN = {"de": "de-DE", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Page:
    """`who` opens it signed in, or nobody; `path` may name a mail of the lab.

    `tall` is the height at a desk. On a phone the page is scrolled to the part `first` selects.
    `at` is what the clock of the lab shows; who is signed in then would be signed out.
    """

    name: str
    path: str
    who: str = ""
    tall: int = 900
    first: str = ""
    at: datetime = NOW
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    device: Literal["desktop", "phone"]
    theme: Literal["light", "dark"]
    language: Literal["de", "en"]

    @property
    def is_phone(self) -> bool:
        return self.device == "phone"

    @property
    def scale(self) -> int:
        return 2 if self.is_phone else 1

    def size(self, page: Page) -> tuple[int, int]:
        """Width and height in CSS pixels."""
        return (390, 844) if self.is_phone else (1280, page.tall)

    def pixels(self, page: Page) -> tuple[int, int]:
        width, height = self.size(page)
        return width * self.scale, height * self.scale

    @property
    def name(self) -> str:
        return f"{self.device}-{self.theme}-{self.language}"


LOOKS = (
    Look("desktop", "light", "de"),
    Look("desktop", "dark", "en"),
    Look("phone", "light", "en"),
    Look("phone", "dark", "de"),
)
AT_A_DESK, ON_A_PHONE = LOOKS[0], LOOKS[-1]
CLOCKS = {
    "early": datetime(2026, 11, 26, 6, tzinfo=ZONE),
    "noon": datetime(2026, 11, 26, 13, tzinfo=ZONE),
    "late": datetime(2026, 11, 26, 23, 30, tzinfo=ZONE),
    "holiday": datetime(2026, 12, 25, 13, tzinfo=ZONE),
}
LATE = NOW.replace(hour=23, minute=30)
FREE_TIMES = "/book/?type=ar-headset:1&type=seat:1&find=1&hours=2"
PAGES = (
    Page("front", "/"),
    Page("call", "/calls/residencies/", tall=1240),
    Page("today", "/today/", "ada", tall=1240),
    Page("today-staff", "/today/", "sam", tall=1240),
    Page("today-late", "/today/", "ada", at=LATE, looks=(AT_A_DESK, ON_A_PHONE)),
    Page("board-day", "/board/", "ada", tall=1240, first="[data-board]"),
    Page("board-week", "/board/?view=week", "ada", tall=1240, first="[data-board]"),
    Page("book", FREE_TIMES, "ada", first="#outcome"),
    Page("plan", "/plan/", "ada", first="svg.plan"),
    Page("my-bookings", "/bookings/", "ada"),
    Page("approvals", "/approvals/", "sam"),
    Page("desk", "/desk/", "sam"),
    Page("resource", "/house/ar-headset-1/", "ada"),
    Page("house-rules", "/house/rules/ar-headset/", "sam"),
    Page("mail", "/desk/mail/{mail}/", "sam"),
    *(
        Page(f"front-{hour}", "/", first="#free", at=at, looks=(AT_A_DESK, ON_A_PHONE))
        for hour, at in CLOCKS.items()
    ),
    *(
        Page(f"board-{hour}", "/board/", first="[data-board]", at=at, looks=(ON_A_PHONE,))
        for hour, at in CLOCKS.items()
    ),
)


def pictures() -> Iterator[tuple[Page, Look, Path]]:
    """Every picture there is to be, and where it lies."""
    for page in PAGES:
        for look in page.looks or LOOKS:
            yield page, look, FOLDER / f"{page.name}-{look.name}.png"


def main() -> int:
    install_missing()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in set(FOLDER.glob("*.png")) - {path for _page, _look, path in pictures()}:
        old.unlink()
    with stopped_lab() as lab, sync_playwright() as playwright:
        # Debian's Chromium writes dates in fields as Americans do, whatever it is asked.
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for page, look, path in pictures():
            path.write_bytes(small(taken(browser, lab, page, look)))
        browser.close()
    size = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    count = len(list(pictures()))
    print(f"{count} pictures in {FOLDER.relative_to(ROOT)}, {size / 1e6:.1f} MB")
    return 0


def taken(browser: Browser, lab: Lab, page: Page, look: Look) -> bytes:
    """What the page looks like, once it stands still."""
    lab.clock.at = page.at
    context = _window(browser, lab, page, look)
    try:
        window = context.new_page()
        window.route("**/css/together-everywhere.*.css", _in_its_typeface)
        window.clock.set_fixed_time(page.at)
        path = page.path.format(mail=lab.words[f"mail-{look.language}"])
        answer = window.goto(lab.url + path, wait_until="networkidle")
        if answer is None or not answer.ok:
            sys.exit(f"{path} could not be shown: {answer and answer.status}")
        if look.is_phone and page.first:
            window.locator(page.first).first.evaluate("part => part.scrollIntoView()")
        return window.screenshot(animations="disabled", caret="hide")
    finally:
        context.close()


def _in_its_typeface(route: Route) -> None:
    """A browser would take a stand-in for a typeface that is late; a picture waits for it."""
    answer = route.fetch()
    route.fulfill(
        response=answer, body=answer.text().replace("display: optional", "display: block")
    )


def _window(browser: Browser, lab: Lab, page: Page, look: Look) -> BrowserContext:
    width, height = look.size(page)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=look.scale,
        color_scheme=look.theme,
        reduced_motion="reduce",
        has_touch=look.is_phone,
        locale=SPOKEN[look.language],
        timezone_id=ZONE.key,
    )
    cookies: dict[str, str] = {"django_language": look.language}
    if page.who:
        cookies["sessionid"] = lab.sessions[page.who]
    context.add_cookies(
        [{"name": name, "value": value, "url": lab.url} for name, value in cookies.items()]
    )
    return context


def small(picture: bytes) -> bytes:
    """The same in so few colours that nobody misses one."""
    packed = BytesIO()
    image = Image.open(BytesIO(picture)).convert("RGB")
    image = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    image.save(packed, "PNG", optimize=True)
    return packed.getvalue()


if __name__ == "__main__":
    sys.exit(main())
