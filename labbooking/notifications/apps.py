from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "labbooking.notifications"
    label = "notifications"
