from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "labbooking.bookings"
    label = "bookings"
    verbose_name = "Bookings"

    def ready(self) -> None:
        from labbooking import guards, timestamps
        from labbooking.bookings.guards import GUARDS

        guards.declare(self, GUARDS)
        timestamps.read_quickly()
