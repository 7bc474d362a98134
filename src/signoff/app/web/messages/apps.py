"""This area under a label of its own: Django has an application called messages already."""

from django.apps import AppConfig

__all__ = ["MessagesConfig"]


class MessagesConfig(AppConfig):
    """The pages on messages."""

    name = "signoff.app.web.messages"
    label = "message_pages"
