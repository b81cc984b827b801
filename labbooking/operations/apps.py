from django.apps import AppConfig
from django.core import checks


class OperationsConfig(AppConfig):
    name = "labbooking.operations"
    label = "operations"

    def ready(self) -> None:
        from labbooking.operations.checks import demo_in_public

        checks.register(demo_in_public, checks.Tags.security, deploy=True)
