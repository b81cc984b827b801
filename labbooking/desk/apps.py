from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "labbooking.desk"
    label = "desk"
