from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "labbooking.notifications"
    label = "notifications"

    def ready(self) -> None:
        from labbooking.notifications.personal_data import HELD
        from residents.privacy.registry import declare

        declare(*HELD)
