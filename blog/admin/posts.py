"""The post screen and the list of posts: where authors write."""

from datetime import datetime
from heapq import nlargest
from operator import attrgetter
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html_join

from blog.admin.bylines import BylineInline
from blog.admin.change_kind import KeepsVersions
from blog.admin.deleting import KeptWhileUsed, lines_of_posts
from blog.admin.filters import AuthorFilter, LanguageFilter, StateFilter, YearFilter
from blog.admin.keeping import KeepsUnsaved
from blog.admin.moved import AnswersMoves
from blog.admin.post_form import PostForm
from blog.admin.wishes import fulfil, moment, state_in_words
from blog.checking import problems
from blog.desk.acts import note
from blog.desk.ledger_forms import ReportForm
from blog.desk.routes import ROUTES
from blog.markup import fold
from blog.models import Author, Byline, Post, Slug
from blog.models.reading import PostQuerySet
from blog.publishing import PublishingRefused
from blog.roles import may_change, may_delete, may_open, may_publish, signed_in
from blog.searching import asked
from blog.searching.posts import post_hits
from publication.choices import QuietChoices

# By words; by slug and author the list finds all.
MOST_FOUND = 1000
FOR_WRITERS = ("Text", "What it rests on", "Going out")


@admin.register(Post)
class PostAdmin(AnswersMoves, KeepsVersions, KeepsUnsaved, QuietChoices, KeptWhileUsed):
    form = PostForm
    inlines = (BylineInline,)
    change_form_template = "admin/blog/post/change_form.html"
    save_on_top = True
    list_display = ("headline", "state_column", "story", "byline_column", "edited")
    list_filter = (StateFilter, YearFilter, "story", AuthorFilter, LanguageFilter)
    list_select_related = ("story",)
    search_fields = ("slug", "bylines__author__name")
    search_help_text = "Words of the headline, the standfirst or the text; slug; author"
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-edited_at",)
    autocomplete_fields = ("story", "topics", "lead_picture")
    readonly_fields: ClassVar = ("referring",)
    fieldsets = (
        ("Heading", {"fields": ("headline", "standfirst"), "classes": ("compose",)}),
        ("Text", {"fields": ("body", "opened"), "classes": ("writing",)}),
        ("What it rests on", {"fields": ("assumes",), "classes": ("rests",)}),
        ("Filed under", {"fields": ("story", "topics", "language"), "classes": ("filed",)}),
        ("Address, picture, times", {"fields": ("slug", "lead_picture", "known_at")}),
        ("Who refers to this post", {"fields": ("referring",)}),
        ("Going out", {"fields": ("goes_out_at",), "classes": ("going-out",)}),
    )

    # What each user may do, by blog.roles.

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """What the user may open: lists, searches, autocompletes and screens know of no other."""
        bylines = Prefetch("bylines", Byline.objects.select_related("author"))
        posts: Any = super().get_queryset(request)
        mine: QuerySet[Post] = posts.editable_by(request.user).prefetch_related(bylines)
        return mine

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_view_permission(request, obj)
        return allowed and (obj is None or may_open(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_delete(request.user, obj))

    def posts_using(self, record: Any) -> PostQuerySet:
        return Post.objects.referring_to(record).exclude(pk=record.pk)

    # The list.

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Post], search_term: str
    ) -> tuple[QuerySet[Post], bool]:
        """Words by their index: to look into every text takes seconds."""
        if not search_term:
            return queryset, False
        hits = post_hits(asked(search_term), Post.objects.editable_by(request.user))
        closest = nlargest(MOST_FOUND, hits, key=attrgetter("points"))
        slugs = Slug.objects.filter(folded__contains=fold(search_term))
        bylines = Byline.objects.filter(author__name__icontains=search_term).order_by()
        return queryset.filter(
            Q(pk__in=[hit.pk for hit in closest])
            | Q(pk__in=slugs.values("post"))
            | Q(pk__in=bylines.values("post"))
        ), False

    @admin.display(description="state", ordering="published_at")
    def state_column(self, post: Post) -> str:
        return state_in_words(post)

    @admin.display(description="saved", ordering="edited_at")
    def edited(self, post: Post) -> str:
        return moment(post.edited_at)

    @admin.display(description="by")
    def byline_column(self, post: Post) -> str:
        return ", ".join(byline.author.name for byline in post.bylines.all())

    # The screen.

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path(route, self.admin_site.admin_view(view), name=f"blog_post_{name}")
            for route, view, name in ROUTES
        ]
        return [*ours, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only read has no text field and no plans: the preview shows what there is."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [(name, options) for name, options in fieldsets if name not in FOR_WRITERS]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> "type[forms.ModelForm[Post]]":
        """A form that knows who writes."""
        kwargs["form"] = type("PostForm", (self.form,), {"user": request.user})
        return super().get_form(request, obj, change, **kwargs)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """The first byline of a new post is the user's own."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        author = Author.objects.filter(user=signed_in(request)).first()
        if request.method == "GET" and obj.pk is None and author:
            kwargs["initial"] = [{"author": author.pk}]
        return kwargs

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Post | None:
        """With who asks: `referring` has no request, and not everybody may see every post."""
        post: Any = super().get_object(request, *args, **kwargs)
        if post is not None:
            post.asked_by = request.user
        return post  # type: ignore[no-any-return]

    @admin.display(description="Referred to by")
    def referring(self, post: Any) -> str:
        if post.pk is None:
            return "Nobody yet."
        named, _ = lines_of_posts(self.posts_using(post), post.asked_by)
        return format_html_join("", "<div>{}</div>", ((line,) for line in named)) or "Nobody yet."

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        post: Post | None = context["original"]
        may = post is None or self.has_change_permission(request, post)
        publishes = request.user.has_perm("blog.publish_post")
        context |= {
            "state": post.state().value if post else "draft",
            "state_in_words": state_in_words(post) if post else "Not saved yet",
            "may_save": may,
            "may_publish": publishes and (post is None or may_publish(request.user, post)),
            "report_form": ReportForm(),
            "unsettled": problems(post.body, user=request.user, post=post) if post and may else [],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving.

    def save_model(self, request: HttpRequest, obj: Post, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = signed_in(request)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Bylines first, which may make the post the user's own; then what the button asked for."""
        super().save_related(request, form, formsets, change)
        self._fulfil(request, form.instance, form, form.cleaned_data.get("goes_out_at"))

    def _fulfil(
        self, request: HttpRequest, post: Post, form: PostForm, at: datetime | None
    ) -> None:
        try:
            done = fulfil(form.wish, post, signed_in(request), at)
        except PublishingRefused as refused:
            self.message_user(request, f"Saved, but: {refused}", messages.ERROR)
            return
        if done:
            note(request, post, done)
        self.message_user(request, done or "Saved.", messages.SUCCESS)
        self._warn(request, post)

    def _warn(self, request: HttpRequest, post: Post) -> None:
        """The screen that follows lists them; here is how many."""
        count = len(problems(post.body, user=signed_in(request), post=post))
        if count:
            things = "One thing is" if count == 1 else f"{count} things are"
            self.message_user(request, f"{things} not settled in the text.", messages.WARNING)

    def response_add(
        self, request: HttpRequest, obj: Post, post_url_continue: str | None = None
    ) -> HttpResponse:
        return redirect("admin:blog_post_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Post) -> HttpResponse:
        return redirect("admin:blog_post_change", obj.pk)
