"""The pages of calls, works, offers, juries and seasons, and who may ask for them, for
tests/test_pages_and_roles.py."""

from tests.residencies.applications import pages as applying
from tests.residencies.stays import pages as stays
from tests.residents.signin.pages import EVERYBODY, LOGIN

GET = {
    "calls/": EVERYBODY,
    "calls/<slug:slug>/": EVERYBODY,
    "calls/<slug:slug>/deadline.ics": EVERYBODY,
    **applying.GET,
    **stays.GET,
    "season/<slug:slug>/": (LOGIN, 404, 404, 200, 404),
    "calls/manage/": (LOGIN, 404, 404, 200, 404),
    "calls/manage/new/": (LOGIN, 404, 404, 200, 404),
    "calls/manage/<slug:slug>/": (LOGIN, 404, 404, 200, 404),
    "calls/manage/<slug:slug>/preview/": (LOGIN, 404, 404, 200, 404),
    "calls/manage/<slug:slug>/publish/": (LOGIN, 404, 404, 302, 404),
    "calls/manage/<slug:slug>/call-off/": (LOGIN, 404, 404, 200, 404),
    "calls/manage/<slug:slug>/close/": (LOGIN, 404, 404, 200, 404),
    "calls/manage/<slug:slug>/archive/": (LOGIN, 404, 404, 302, 404),
    "apply/<slug:slug>/works/": (LOGIN, 200, 200, 404, 404),
    "apply/<slug:slug>/preview/": (LOGIN, 200, 200, 404, 404),
    "calls/manage/<slug:slug>/applications/<slug:code>/names/": (LOGIN, 404, 404, 200, 404),
    # Ada's, who has handed in.
    "works/<slug:work>/<int:number>/<slug:size>.webp": (LOGIN, 200, 404, 200, 404),
    "offers/": (LOGIN, 200, 200, 200, 404),
    "offers/<int:pk>/": (LOGIN, 200, 404, 200, 404),
    "offers/<int:pk>/decline/": (LOGIN, 200, 404, 404, 404),
    "offers/<int:pk>/another-time/": (LOGIN, 200, 404, 404, 404),
    "offers/<int:pk>/prolong/": (LOGIN, 404, 404, 200, 404),
    "offers/<int:pk>/call-back/": (LOGIN, 404, 404, 200, 404),
    "offers/new/<int:pk>/": (LOGIN, 404, 404, 200, 404),
    # Nobody sits on the jury of this call yet; tests/residencies/jury asks those who do.
    "jury/": (LOGIN, 404, 404, 404, 404),
    "jury/terms/<slug:slug>/": (LOGIN, 404, 404, 404, 404),
    "jury/<int:pk>/": (LOGIN, 404, 404, 404, 404),
    "jury/<int:pk>/conflict/": (LOGIN, 404, 404, 404, 404),
    "jury/go/<slug:work>/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/": (LOGIN, 404, 404, 200, 404),
    "deciding/<slug:slug>/jury/": (LOGIN, 404, 404, 200, 404),
    "deciding/<slug:slug>/order.csv": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/open/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/choose/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/decline/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/names/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/reopen/<int:pk>/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/order/<slug:code>/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/order/<slug:code>/move/": (LOGIN, 404, 404, 404, 404),
}
POST = {
    **applying.POST,
    **stays.POST,
    "season/<slug:slug>/aim/": (LOGIN, 404, 404, 422, 404),
    "season/<slug:slug>/solve/": (LOGIN, 404, 404, 422, 404),
    "season/<slug:slug>/fix/": (LOGIN, 404, 404, 422, 404),
    "season/<slug:slug>/unfix/": (LOGIN, 404, 404, 302, 404),
    "season/<slug:slug>/settle/": (LOGIN, 404, 404, 404, 404),
    "offers/<int:pk>/accept/": (LOGIN, 302, 404, 404, 404),
    "offers/reserve/<int:pk>/": (LOGIN, 404, 404, 302, 404),
    "apply/<slug:slug>/works/add/<slug:kind>/": (LOGIN, 422, 422, 404, 404),
    "apply/<slug:slug>/works/<slug:work>/": (LOGIN, 409, 404, 404, 404),
    "deciding/<slug:slug>/jury/deal/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/jury/remind/": (LOGIN, 404, 404, 404, 404),
    "deciding/<slug:slug>/rank/": (LOGIN, 404, 404, 404, 404),
}
