"""What axe, which knows what people who see or move differently need, says about a page."""

from axe_playwright_python.sync_playwright import Axe

# By night a page differs by its colours alone.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
# What is right is looked at all the same: only that it is, and where, is not written down; nor is
# a selector worked out for anything, which is quoted as it stands in the page.
ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"], "selectors": False}
RUN = "(options) => window.axe?.run(options).then((found) => found.violations)"


def said_by_axe(page, rules=None):
    """Each violation with the elements it is about; of all rules, or of those alone."""
    options = ONLY_WHAT_IS_WRONG | ({"runOnly": rules} if rules else {})
    if (found := page.evaluate(RUN, options)) is None:
        page.evaluate(Axe().axe_script)
        found = page.evaluate(RUN, options)
    for violation in found:
        for node in violation["nodes"]:
            yield violation["id"], node["html"][:150], node["failureSummary"][:300]
