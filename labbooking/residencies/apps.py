from django.apps import AppConfig


class ResidenciesConfig(AppConfig):
    name = "labbooking.residencies"
    label = "residencies"
    verbose_name = "Residencies"

    def ready(self) -> None:
        from labbooking.residencies.applications.requirements import declare_part
        from labbooking.residencies.personal_data import HELD
        from labbooking.residencies.works.part import WORKS
        from residents.privacy.registry import declare

        declare(*HELD)
        declare_part(WORKS)
