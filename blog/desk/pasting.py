"""What an address that is pasted into a text means: a post of ours, or a page that is cited."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from blog.desk.completing import writer
from blog.markup import parse
from blog.models import Post
from blog.models.addresses import own_path
from blog.models.resolving import Resolution, outside, resolve
from blog.roles import seen_by
from sources.models import Source

# Nothing is made of it: it stays in the text as it was pasted.
PLAIN = {"kind": "plain"}


@never_cache
@require_POST
def pasted(request: HttpRequest) -> JsonResponse:
    """What `url` is; a page elsewhere becomes a Source, unless it is linked by `words`.

    Asks nobody outside: a new source knows its address, its outlet by the host, and no more.
    """
    user = writer(request)
    url = request.POST.get("url", "").strip()
    resolution = resolve(parse(f"[x](<{url}>)"))
    path = own_path(url, resolution.own_hosts)
    if path is not None:
        post = resolution.posts.get(path)
        is_seen = post is not None and seen_by(user).filter(pk=post.pk).exists()
        return JsonResponse(_reference(post, url) if post and is_seen else PLAIN)
    if request.POST.get("words") or not outside(url):
        return JsonResponse(PLAIN)
    if not user.has_perm("sources.add_source"):
        raise PermissionDenied("Adding sources is not among your permissions.")
    return JsonResponse(_citation(url, resolution))


def _reference(post: Post, url: str) -> dict[str, str]:
    """To the paragraph, where the address names one that the post has or had."""
    _, _, fragment = url.partition("#")
    ids = {paragraph.id for paragraph in parse(post.body).paragraphs} | set(post.paragraph_aliases)
    mark = f"{post.slug}#{fragment}" if fragment in ids else post.slug
    return {"kind": "post", "mark": mark}


def _citation(url: str, resolution: Resolution) -> dict[str, str | bool]:
    known = resolution.sources.get(outside(url) or "")
    source = known or Source.objects.get_or_make_for_urls({url: ""})[url]
    if source.is_not_a_source:
        return {"kind": "plain"}
    return {"kind": "source", "key": source.citekey, "made": known is None}
