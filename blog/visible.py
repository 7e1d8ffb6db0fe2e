"""What readers can see of this room: of posts, those that have a time of publication.

Not words and their occurrences, which only a search reads; not what authors type and have not
saved, nor what they did about changes of a standing.
"""

from publication.generation.terms import Table

OF_A_POST = (
    "blog_slug",
    "blog_oldaddress",
    "blog_crossreference",
    "blog_citation",
    "blog_claimmention",
    "blog_assumption",
    "blog_card",
    "blog_version",
    "blog_post_topics",
    "blog_byline",
)
VISIBLE = (
    Table("blog_post", given="published_at", moments=("published_at",)),
    *(Table(name, given="published_at", of="blog_post", by="post_id") for name in OF_A_POST),
    Table(
        "blog_correction",
        given="published_at",
        of="blog_post",
        by="post_id",
        moments=("published_at",),
    ),
    Table("blog_author"),
    Table("blog_story"),
    Table("blog_story_claims"),
    Table("blog_topic"),
    Table("blog_picture"),
    Table("blog_rendition"),
)
