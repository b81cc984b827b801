"""The pages of applications and who may ask for them, for tests/test_pages_and_roles.py. Ada has
handed one in, Ben is still writing."""

from tests.residencies.applications.applying import a_draft, of, submitted
from tests.residencies.works.applied import an_image, shows
from tests.residents.signin.pages import EVERYBODY, LOGIN

STAFF_ALONE = (LOGIN, 404, 404, 200, 404)
_ALL = "calls/manage/<slug:slug>/applications"
GET = {
    "apply/<slug:slug>/": (200, 200, 200, 200, 403),
    "apply/<slug:slug>/sent/": EVERYBODY,
    "apply/<slug:slug>/link/<str:token>/": (404, 404, 404, 404, 404),
    "apply/<slug:slug>/come/": (404, 302, 302, 302, 302),
    "apply/<slug:slug>/submit/": (LOGIN, 302, 200, 404, 404),
    "apply/<slug:slug>/take-back/": (LOGIN, 200, 302, 404, 404),
    "apply/<slug:slug>/withdraw/": (LOGIN, 200, 302, 404, 404),
    "apply/<slug:slug>/discard/": (LOGIN, 302, 200, 404, 404),
    "apply/<slug:slug>/needs/": (LOGIN, 200, 200, 404, 404),
    f"{_ALL}/": STAFF_ALONE,
    f"{_ALL}.csv": STAFF_ALONE,
    f"{_ALL}.json": STAFF_ALONE,
    f"{_ALL}/<slug:code>/": STAFF_ALONE,
    f"{_ALL}/<slug:code>/hand-in/": (LOGIN, 404, 404, 404, 404),  # it is handed in already
}
POST = {
    f"{_ALL}/<slug:code>/judge/": (LOGIN, 404, 404, 409, 404),  # the call is still open
}


def codes(call, ada, ben, at):
    """Words of addresses that lead to them."""
    a_draft(ben, at)
    a_draft(ada, at)
    work = shows(ada, picture=an_image(), caption="Rope, 3 m")
    given = submitted(of(ada), ada, at)
    return {"<slug:code>": given.code, "<slug:work>": work.key}
