from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "labbooking.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from labbooking import guards
        from labbooking.journal.guards import GUARDS

        guards.declare(self, GUARDS)
