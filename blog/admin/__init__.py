"""The blog at the desk. Importing the modules registers what they show."""

from blog.admin import filing, pictures, posts, sources

__all__ = ["filing", "pictures", "posts", "sources"]
