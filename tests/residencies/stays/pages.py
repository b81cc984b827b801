"""Who may ask for the pages of stays; the one that is there is Ada's, and Sam is staff."""

from tests.residents.signin.pages import LOGIN

OF_STAFF, OF_ADA = (LOGIN, 404, 404, 200, 404), (LOGIN, 200, 404, 200, 404)
GET = {
    "stays/": OF_STAFF,
    "stays/terms/": OF_STAFF,
    "stays/inventory/": OF_STAFF,
    "stays/inventory/<slug:slug>/": OF_STAFF,
    "stays/<int:pk>/": OF_ADA,
    "stays/<int:pk>/lists/<slug:kind>/": OF_ADA,
}
POST = {
    "stays/open/<int:pk>/": (LOGIN, 404, 404, 302, 404),
    "stays/<int:pk>/papers/<slug:kind>/": OF_ADA,
    "stays/<int:pk>/<slug:act>/": (LOGIN, 422, 404, 422, 404),
}


def with_words(route):
    """The route with the words that its addresses take; numbers are filled in by who asks."""
    if not route.startswith("stays/"):
        return route
    path = route.replace("papers/<slug:kind>", "papers/contract").replace("<slug:kind>", "arrival")
    return path.replace("<slug:act>", "home")
