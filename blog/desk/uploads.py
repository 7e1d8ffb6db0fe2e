"""Pictures sent from the post screen: by its button, dropped on the text, or pasted."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from blog.pictures import PictureRefused, keep_upload
from blog.roles import signed_in


@never_cache
def upload(request: HttpRequest) -> JsonResponse:
    """Keep one picture, `image`; answers with the Markdown that shows it, or says why not."""
    user = signed_in(request)
    if request.method != "POST":
        return refusal("Pictures are sent by POST.", 405)
    if not (user.has_perm("blog.add_picture") and user.has_perm("blog.change_post")):
        return refusal("Adding pictures is not among your permissions.", 403)
    file = request.FILES.get("image")
    if file is None:
        return refusal("No file came. Choose a picture and try again.", 400)
    try:
        picture = keep_upload(file, user=user)
    except PictureRefused as error:
        return refusal(str(error), 400)
    return JsonResponse(
        {"image_code": f"![]({picture.file.url})", "url": picture.file.url, "id": picture.pk}
    )


def refusal(reason: str, status: int) -> JsonResponse:
    return JsonResponse({"error": reason}, status=status)
