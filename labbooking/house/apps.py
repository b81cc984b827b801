from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "labbooking.house"
    label = "house"
    verbose_name = "House"
