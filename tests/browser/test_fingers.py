"""Pages on a phone: what is pressed is large enough, one bar holds the controls of the board, and
no menu is cut off."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# A link within a sentence may be as high as its line (WCAG 2.5.8).
PRESSED = (
    "button, summary, select, textarea, label.choice, .button, .chip, .segments > *, .menu__item,"
    ".nav__link, .foot__links a, .row__tools a,"
    "input:not([type=hidden], [type=checkbox], [type=radio], [data-moment])"
)
SMALL = """(pressed) => [...document.querySelectorAll(pressed)]
  .filter((each) => each.checkVisibility({ opacityProperty: true }))
  .filter((each) => !each.closest(".visually-hidden, .board__sheet"))
  .map((each) => [each.getBoundingClientRect(), each])
  .filter(([{ width, height }]) => width && height && height < 43.5)
  .map(([{ height }, each]) => `${Math.round(height)}: ${each.outerHTML.slice(0, 90)}`)"""
CUT = """(menu) => {
  const { left, right } = menu.querySelector(".menu__panel").getBoundingClientRect();
  return left < 0 || right > innerWidth;
}"""


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        (
            "ada",
            ("/", "/today/", "/board/", "/book/", "/bookings/", "/plan/", "/profile/", "/people/"),
        ),
        ("sam", ("/today/", "/desk/", "/approvals/", "/desk/closures/", "/house/rules/seat/")),
    ],
)
def test_what_is_pressed_is_as_large_as_a_finger(window, lab, request, who, paths):
    page = window(request.getfixturevalue(who), **PHONE)
    small = {}
    for path in paths:
        page.goto(path)
        small[path] = page.evaluate(SMALL, PRESSED)

    assert {path: found for path, found in small.items() if found} == {}


def test_the_controls_of_the_board_fold_into_one_bar(window, said, lab, ada):
    page = window(ada, **PHONE)
    page.goto("/board/")
    bar, board = page.locator(".head__tools"), page.locator("[data-board]")
    expect(page.locator(".chips")).to_be_hidden()
    assert bar.bounding_box()["height"] < 60
    assert board.bounding_box()["y"] < 400

    page.locator(".board-more > summary").click()
    expect(page.locator(".chips").first).to_be_visible()
    page.get_by_role("link", name=said("Week"), exact=True).click()
    expect(board).to_be_visible()

    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".board-more > summary")).to_be_hidden()
    expect(page.locator(".chips").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_no_menu_is_cut_off(window, lab, sam, width):
    page = window(sam, viewport={"width": width, "height": 700})
    page.goto("/desk/")
    menus = page.locator("details.menu")
    assert menus.count() == 2
    for menu in menus.all():
        menu.locator("summary").click()
        assert not menu.evaluate(CUT)
        page.keyboard.press("Escape")
