from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "labbooking.research"
    label = "research"
    verbose_name = "Research"

    def ready(self) -> None:
        from labbooking import guards
        from labbooking.research.guards import GUARDS
        from labbooking.research.personal_data import HELD
        from residents.privacy.registry import declare

        guards.declare(self, GUARDS)
        declare(*HELD)
