"""What the blog keeps. Import models from here, whichever file they live in."""

from blog.models.addresses import OldAddress, Slug
from blog.models.claims import Assumption, ClaimMention, Handled, Handling, public_claims
from blog.models.filing import Author, Story, Topic
from blog.models.finding import Card, Occurrence, Word
from blog.models.pictures import Picture, Rendition
from blog.models.posts import Byline, Post, State
from blog.models.references import Citation, CrossReference
from blog.models.unsaved import UnsavedText
from blog.models.versions import Change, Correction, Declared, Version

__all__ = [
    "Assumption",
    "Author",
    "Byline",
    "Card",
    "Change",
    "Citation",
    "ClaimMention",
    "Correction",
    "CrossReference",
    "Declared",
    "Handled",
    "Handling",
    "Occurrence",
    "OldAddress",
    "Picture",
    "Post",
    "Rendition",
    "Slug",
    "State",
    "Story",
    "Topic",
    "UnsavedText",
    "Version",
    "Word",
    "public_claims",
]
