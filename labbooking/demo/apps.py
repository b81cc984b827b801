from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "labbooking.demo"
    verbose_name = "Demo"
