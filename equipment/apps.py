from django.apps import AppConfig
from django.core import checks


class EquipmentConfig(AppConfig):
    name = "equipment"
    verbose_name = "Equipment"

    def ready(self) -> None:
        from equipment import zone_check

        checks.register(zone_check.the_house_has_one_zone, checks.Tags.database, zone_check.TAG)
