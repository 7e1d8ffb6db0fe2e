"""Slugs as the language knows them: letters of any script, compared without case."""

from django.core.exceptions import ValidationError

from blog.markup import slug_problem


def validate_slug(slug: str) -> None:
    """Raise ValidationError, saying what is wrong, unless a mark could name this slug."""
    problem = slug_problem(slug)
    if problem:
        raise ValidationError(problem)
