from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "residents"
    verbose_name = "Residents"

    def ready(self) -> None:
        from residents.privacy.personal_data import HELD
        from residents.privacy.registry import declare

        declare(*HELD)
