from django.apps import AppConfig


class SignInConfig(AppConfig):
    """A package of its own within this room, with tables of its own."""

    name = "residents.signin"
    label = "signin"
    verbose_name = "Sign-in"
