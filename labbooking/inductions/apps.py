from django.apps import AppConfig


class InductionsConfig(AppConfig):
    name = "labbooking.inductions"
    label = "inductions"
    verbose_name = "Inductions"

    def ready(self) -> None:
        from labbooking import guards
        from labbooking.inductions.guards import GUARDS
        from labbooking.inductions.personal_data import HELD
        from residents.privacy.registry import declare

        guards.declare(self, GUARDS)
        declare(*HELD)
