"""What may stand in a source's fields, each refusal with its remedy."""

from django.core.exceptions import ValidationError

from sources.bibliography import safe_address
from sources.canonical import canonical_url
from sources.citekeys import is_citekey
from sources.names import name_problem


def validate_citekey(key: str) -> None:
    if not is_citekey(key):
        raise ValidationError(
            "“%(key)s” cannot stand in [@…]. Use letters and digits, with single marks such as "
            "- or : between them.",
            params={"key": key},
        )


def validate_web_address(url: str) -> None:
    if not canonical_url(url) or not safe_address(url):
        raise ValidationError("Give a whole address that starts with http:// or https://.")


def validate_names(names: object) -> None:
    if problem := name_problem(names):
        raise ValidationError(problem)
