"""Operations about residencies, whom they answer how, and what is sent there. Ada has handed in an
application; for her works it is a draft again."""

from tests.api.rows_for_routes import body_for_work
from tests.residencies.calling import written
from tests.residencies.offers.offering import body_for_offer

OF_RESIDENCIES = {
    "GET calls/": (200, 200, 200, 200, 200),
    "GET calls/{slug}": (200, 200, 200, 200, 200),
    "GET calls/manage/": (401, 403, 403, 200, 403),
    "GET calls/{slug}/manage": (401, 403, 403, 200, 403),
    "POST calls/": (401, 403, 403, 201, 403),
    "POST calls/{slug}/change": (401, 403, 403, 200, 403),
    "POST calls/{slug}/publish": (401, 403, 403, 409, 403),  # it is published
    "POST calls/{slug}/call-off": (401, 403, 403, 200, 403),
    "POST calls/{slug}/close": (401, 403, 403, 200, 403),
    "POST calls/{slug}/archive": (401, 403, 403, 409, 403),  # it is open
    # Ada's, who has a draft.
    "GET calls/{slug}/application/works/": (401, 200, 404, 404, 404),
    "POST calls/{slug}/application/works/": (401, 201, 404, 404, 404),
    "POST calls/{slug}/application/works/{work_key}/change": (401, 200, 404, 404, 404),
    "POST calls/{slug}/application/works/{work_key}/move": (401, 200, 404, 404, 404),
    "POST calls/{slug}/application/works/{work_key}/remove": (401, 200, 404, 404, 404),
    "GET calls/{slug}/application": (401, 200, 404, 404, 404),
    "POST calls/{slug}/application": (401, 200, 200, 200, 403),
    "POST calls/{slug}/application/change": (401, 409, 404, 404, 404),
    "POST calls/{slug}/application/submit": (401, 200, 404, 404, 404),
    "POST calls/{slug}/application/take-back": (401, 200, 404, 404, 404),
    "POST calls/{slug}/application/withdraw": (401, 204, 404, 404, 404),
    "POST calls/{slug}/application/discard": (401, 409, 404, 404, 404),
    "POST calls/{slug}/application/erase-needs": (401, 204, 404, 404, 404),
    "GET calls/{slug}/applications/": (401, 403, 403, 200, 403),
    "GET calls/{slug}/applications/{code}": (401, 403, 403, 200, 403),
    "POST calls/{slug}/applications/{code}/judge": (401, 403, 403, 409, 403),
    "POST calls/{slug}/applications/{code}/hand-in": (401, 403, 403, 409, 403),
    "GET calls/{slug}/order": (401, 404, 404, 404, 404),
    "GET calls/{slug}/plans/": (401, 404, 404, 200, 404),
    "GET calls/{slug}/plans/{version}": (401, 404, 404, 200, 404),
    # Nobody here sits on a jury.
    "GET jury/tasks/": (401, 200, 200, 200, 200),
    "GET jury/tasks/{task_id}": (401, 404, 404, 404, 404),
    "POST jury/tasks/{task_id}/change": (401, 404, 404, 404, 404),
    "POST jury/tasks/{task_id}/finish": (401, 404, 404, 404, 404),
    "POST jury/tasks/{task_id}/conflict": (401, 404, 404, 404, 404),
    "GET offers/": (401, 200, 200, 200, 200),
    "POST offers/": (401, 403, 403, 201, 403),
    "GET offers/{offer_id}": (401, 200, 404, 200, 404),
    "POST offers/{offer_id}/accept": (401, 200, 404, 403, 404),
    "POST offers/{offer_id}/decline": (401, 200, 404, 403, 404),
    "POST offers/{offer_id}/another-time": (401, 200, 404, 403, 404),
    "POST offers/{offer_id}/prolong": (401, 403, 403, 200, 403),
    "POST offers/{offer_id}/call-back": (401, 403, 403, 200, 403),
}
_MADE = {
    "calls/": written,
    "calls/a-call/change": lambda: {"name_en": "Another"},
    "calls/a-call/publish": lambda: {"based_on": 1},
    "calls/a-call/call-off": dict,
    "calls/a-call/close": lambda: None,
    "calls/a-call/archive": lambda: None,
}


def body_in_residencies(path):
    if path in _MADE:
        return _MADE[path]()
    if path.startswith("jury/"):
        return {"kind": "taught"} if path.endswith("conflict") else {"based_on": 0}
    if path.startswith("offers/"):
        return body_for_offer(path)
    return body_for_work(path) if "/works/" in path else body_for_application(path)


def body_for_application(path):
    seen = {"based_on": 1}
    said = {"change": seen | {"title": "Other"}, "submit": seen | {"agreed": 1}}
    said |= {"judge": {"eligible": True}, "hand-in": {"reason": "Because."}}
    return said.get(path.rsplit("/", 1)[1], {})
