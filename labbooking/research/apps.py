from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "labbooking.research"
    label = "research"
