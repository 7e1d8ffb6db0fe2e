"""How much is in the worklist, where the desk leads to it."""

from typing import Any

from django import template
from django.template.context import Context

from blog.models import Post
from blog.worklist import moved_pairs

register = template.Library()


@register.inclusion_tag("admin/blog/_moved.html", takes_context=True)
def what_has_moved(context: Context) -> dict[str, Any]:
    """Of the posts that the user may open. One query."""
    user = context["request"].user
    return {"number": moved_pairs(Post.objects.editable_by(user)).count()}
