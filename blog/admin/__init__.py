"""The blog at the desk. Importing the modules registers what they show."""

from blog.admin import corrections, filing, pictures, posts, sources

__all__ = ["corrections", "filing", "pictures", "posts", "sources"]
