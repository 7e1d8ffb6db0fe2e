"""Random edits of every kind, as they are made at the desk, by commands, and past the models."""

from tests.blog.exactness.edits import around, filing, posts, sources
from tests.blog.exactness.edits.terms import Edit

EDITS: dict[str, Edit] = {
    **{
        edit.__name__: edit
        for edit in (*posts.EDITS, *filing.EDITS, *sources.EDITS, *around.EDITS, *around.UNSEEN)
    },
    **filing.NAMED,
    **sources.NAMED,
    **around.NAMED,
}
UNSEEN = tuple(edit.__name__ for edit in around.UNSEEN)
