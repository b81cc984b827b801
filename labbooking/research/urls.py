"""Addresses of the research."""

from datetime import date

from django.urls import path, register_converter

from labbooking.research.views import consents, studies


class Day:
    """A date such as 2026-11-16."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(Day, "day")

urlpatterns = [
    path("consents/", consents.consents, name="consents"),
    path("consents/<slug:slug>/give/", consents.give, name="consent_give"),
    path("consents/<slug:slug>/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("research/", studies.studies, name="research"),
    path("research/exports/<uuid:export_id>/", studies.download, name="export_download"),
    path("research/<slug:slug>/", studies.study, name="study"),
    path("research/<slug:slug>/exports/", studies.export, name="study_export"),
    path("research/<slug:slug>/codebook.csv", studies.codebook, name="codebook"),
    path("research/<slug:slug>/summaries/<day:week>/", studies.summary, name="summary"),
]
