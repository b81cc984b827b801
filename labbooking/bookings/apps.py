from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "labbooking.bookings"
    label = "bookings"
    verbose_name = "Bookings"

    def ready(self) -> None:
        from labbooking import guards, timestamps
        from labbooking.bookings.actions.reassignment.departure import cancel_what_lies_ahead
        from labbooking.bookings.guards import GUARDS
        from labbooking.bookings.personal_data import HELD
        from residents.privacy.registry import declare, declare_ending

        guards.declare(self, GUARDS)
        declare(*HELD)
        declare_ending(cancel_what_lies_ahead)
        timestamps.read_quickly()
