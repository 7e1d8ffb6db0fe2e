"""Everything that was corrected, clarified, updated or noted, in one place."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from blog.corrections import Notice, all_notices, rendered
from blog.views.origin import publication_of
from blog.views.paging import paged

NOTICES_ON_A_PAGE = 20


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Newest first, under their months."""
    at = timezone.now()
    page = paged(request, all_notices(at), NOTICES_ON_A_PAGE, at)
    notices = rendered(page.object_list, at, publication_of(request))
    months = [(month, list(its)) for month, its in groupby(notices, key=_month)]
    context = {"months": months, "page_obj": page}
    return render(request, "blog/corrections.html", context)


def _month(notice: Notice) -> str:
    return date_format(timezone.localtime(notice.row.published_at), "F Y")
