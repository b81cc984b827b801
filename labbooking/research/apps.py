from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "labbooking.research"
    label = "research"
    verbose_name = "Research"

    def ready(self) -> None:
        from labbooking import guards
        from labbooking.research.guards import GUARDS

        guards.declare(self, GUARDS)
