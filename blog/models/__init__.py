"""What the blog keeps. Import models from here, whichever file they live in."""

from blog.models.addresses import OldAddress, Slug
from blog.models.filing import Author, Story, Topic
from blog.models.pictures import Picture
from blog.models.posts import Byline, Post, State
from blog.models.references import Citation, CrossReference
from blog.models.versions import Change, Correction, Declared, Version

__all__ = [
    "Author",
    "Byline",
    "Change",
    "Citation",
    "Correction",
    "CrossReference",
    "Declared",
    "OldAddress",
    "Picture",
    "Post",
    "Slug",
    "State",
    "Story",
    "Topic",
    "Version",
]
