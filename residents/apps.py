from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "residents"
    verbose_name = "Residents"

    def ready(self) -> None:
        from residents.privacy.held_by_residents import HELD
        from residents.privacy.registry import declare

        declare(*HELD)
