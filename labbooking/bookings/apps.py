from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "labbooking.bookings"
    label = "bookings"
    verbose_name = "Bookings"

    def ready(self) -> None:
        from labbooking import guards, timestamps
        from labbooking.bookings.guards import GUARDS
        from labbooking.bookings.personal_data import HELD
        from residents.privacy.registry import declare

        guards.declare(self, GUARDS)
        declare(*HELD)
        timestamps.read_quickly()
