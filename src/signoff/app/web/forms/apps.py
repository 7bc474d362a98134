"""The forms as an application of Django, which has one called forms already."""

from django.apps import AppConfig

__all__ = ["FormsConfig"]


class FormsConfig(AppConfig):
    """Forms made from models."""

    name = "signoff.app.web.forms"
    label = "model_forms"
