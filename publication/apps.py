from django.apps import AppConfig


class PublicationAppConfig(AppConfig):
    name = "publication"
    verbose_name = "This site"
