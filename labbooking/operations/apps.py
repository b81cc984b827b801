from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "labbooking.operations"
    label = "operations"
