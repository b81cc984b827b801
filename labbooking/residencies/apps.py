from django.apps import AppConfig


class ResidenciesConfig(AppConfig):
    name = "labbooking.residencies"
    label = "residencies"
    verbose_name = "Residencies"

    def ready(self) -> None:
        from labbooking.residencies.personal_data import HELD
        from residents.privacy.registry import declare

        declare(*HELD)
