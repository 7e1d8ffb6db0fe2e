"""The blog at the desk. Importing the modules registers what they show."""

from blog.admin import claims, corrections, filing, pictures, posts, sources

__all__ = ["claims", "corrections", "filing", "pictures", "posts", "sources"]
