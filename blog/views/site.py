"""What programs ask of the site as a whole: its name, what they may read, whom to write to."""

import json
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.views.formats import open_to_all
from blog.views.origin import origin, publication_of

# As static/css/pages.css has them, in light.
PAPER = "#fdfdfc"
ICONS = (("icon", "any"), ("maskable", "maskable"))
SIZES = (192, 512)
HALF_A_YEAR = timedelta(days=182)
# Where robots find nothing to read: the desk, and pages that are made of what is asked.
CLOSED = ("/admin/", "/search/")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    publication = publication_of(request)
    data = {
        "name": publication.name,
        "short_name": publication.name[:30],
        "description": publication.tagline,
        "lang": publication.language,
        "start_url": reverse("blog:front"),
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": static(f"icons/{name}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, purpose in ICONS
            for size in SIZES
        ],
    }
    content = json.dumps(data, ensure_ascii=False)
    return HttpResponse(content, content_type="application/manifest+json")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look that read no page first."""
    return HttpResponseRedirect(static("icons/favicon.ico"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    site = origin(request)
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "",
        f"Sitemap: {site}{reverse('blog:sitemaps')}",
        f"Sitemap: {site}{reverse('blog:news_sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; only where the publication says to whom one may write. Valid for half a year."""
    publication = publication_of(request)
    if not publication.contact:
        raise Http404("The publication names nobody to write to.")
    expires = timezone.localdate() + HALF_A_YEAR
    lines = [
        f"Contact: mailto:{publication.contact}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Canonical: {origin(request)}{reverse('blog:security')}",
        f"Preferred-Languages: {publication.language}",
        "",
    ]
    return open_to_all(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
