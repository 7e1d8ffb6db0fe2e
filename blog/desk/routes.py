"""The addresses of the post screen, under the list of posts at the desk."""

from collections.abc import Callable

from django.http.response import HttpResponseBase

from blog.desk.acts import restore_post, withdraw_post
from blog.desk.cited_sources import put_in
from blog.desk.claiming import add_report, look_at_claim, make_claim
from blog.desk.comparing import compare
from blog.desk.completing import (
    complete_claims,
    complete_origins,
    complete_paragraphs,
    complete_posts,
    complete_sources,
)
from blog.desk.keeping import discard, keep, keep_new, token
from blog.desk.knowing import know_new, know_saved
from blog.desk.moments import when
from blog.desk.outgoing import outgoing, outgoing_new
from blog.desk.pasting import pasted
from blog.desk.preview import preview_new, preview_saved
from blog.desk.suggesting import suggest_new, suggest_saved
from blog.desk.uploads import upload
from blog.desk.worklist import handle_moved, worklist

# (path, view, name): the admin calls them "admin:blog_post_" and the name.
ROUTES: tuple[tuple[str, Callable[..., HttpResponseBase], str], ...] = (
    ("preview/", preview_new, "preview_new"),
    ("upload/", upload, "upload"),
    ("complete/posts/", complete_posts, "complete_posts"),
    ("complete/paragraphs/", complete_paragraphs, "complete_paragraphs"),
    ("complete/sources/", complete_sources, "complete_sources"),
    ("complete/claims/", complete_claims, "complete_claims"),
    ("complete/origins/", complete_origins, "complete_origins"),
    ("claim/", make_claim, "claim"),
    ("claim/look/", look_at_claim, "look_at_claim"),
    ("claim/report/", add_report, "report"),
    ("pasted/", pasted, "pasted"),
    ("<int:pk>/preview/", preview_saved, "preview"),
    ("knowing/", know_new, "knowing_new"),
    ("<int:pk>/knowing/", know_saved, "knowing"),
    ("suggesting/", suggest_new, "suggesting_new"),
    ("<int:pk>/suggesting/", suggest_saved, "suggesting"),
    ("put-in/", put_in, "put_in"),
    ("unsaved/", keep_new, "keep_new"),
    ("unsaved/discard/", discard, "discard"),
    ("<int:pk>/unsaved/", keep, "keep"),
    ("<int:pk>/compare/", compare, "compare"),
    ("token/", token, "token"),
    ("when/", when, "when"),
    ("outgoing/", outgoing_new, "outgoing_new"),
    ("<int:pk>/outgoing/", outgoing, "outgoing"),
    ("moved/", worklist, "worklist"),
    ("<int:pk>/handle/", handle_moved, "handle"),
    ("<int:pk>/withdraw/", withdraw_post, "withdraw"),
    ("<int:pk>/restore/", restore_post, "restore"),
)
