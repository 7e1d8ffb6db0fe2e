"""What an author sends of the ledger from the post screen: a claim, a report about it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from blog.models.addresses import own_path
from blog.models.resolving import outside, own_hosts
from sources.ledger_forms import DayInput, day_that_has_come
from sources.models import Claim, Origin, Report, Source
from sources.models.origins import fold_name
from sources.recording import today
from sources.vocabulary import Attribution

LONGEST_NAME = 200
NAMED_ALREADY = "“%(name)s” is in the ledger as one that is named. Take the tick away."
NO_SOURCE = "No source has the key “%(key)s”. Paste the address of the page to make one."
OUR_OWN = "That is an address of this site. Give the page on which it was said."
NOT_A_SOURCE = "“%(source)s” is marked as not a source. Give another page."


class ClaimForm(forms.ModelForm):
    twin: Claim | None = None
    """The claim that says the same already."""

    class Meta:
        model = Claim
        fields = ("statement", "slug")
        error_messages: ClassVar = {
            "statement": {"required": "Say in one sentence what may turn out true or false."},
            "slug": {"unique": "Another claim has that slug. Choose another, or that claim."},
        }

    def clean_statement(self) -> str:
        statement = " ".join(self.cleaned_data["statement"].split())
        self.twin = Claim.objects.filter(statement__iexact=statement).first()
        if self.twin:
            raise ValidationError(f"The ledger has this claim already: “{self.twin.slug}”.")
        return statement


class ReportForm(forms.ModelForm):
    """A line of a ledger. Its origin and its source are found, or made when it is saved."""

    origin = forms.CharField(
        max_length=LONGEST_NAME,
        label="Whose word it is",
        error_messages={"required": "Say whose word it is."},
    )
    origin_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """Of an origin that was chosen from the list: names as told to outlets may look alike."""
    is_described = forms.BooleanField(required=False, label="Described, not named")
    body = forms.CharField(required=False, max_length=LONGEST_NAME, label="Speaks for")
    said_from = forms.DateField(
        label="Said on",
        initial=today,
        widget=DayInput,
        error_messages={"required": "Say on which day it was said."},
    )
    said_to = forms.DateField(required=False, label="or, between that day and", widget=DayInput)
    source = forms.CharField(required=False, max_length=2000, label="Source it came through")

    class Meta:
        model = Report
        fields = (
            "stance",
            "said_from",
            "said_to",
            "said_words",
            "relayed_through",
            "attribution",
            "anonymity_reason",
            "quotation",
            "note",
            "repeats",
            "has_authority",
        )
        labels: ClassVar = {
            "stance": "What they did",
            "said_words": "The date in words",
            "attribution": "On what terms, as the source says",
            "anonymity_reason": "Why they are not named, as the source says",
            "has_authority": "It is their own act: their word settles it",
        }
        widgets: ClassVar = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("anonymity_reason", "quotation", "note")
        }

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **({"label_suffix": "", "auto_id": "report-%s"} | kwargs))
        self.user = user
        self.fields["stance"].initial = "reports"
        terms = self.fields["attribution"]
        terms.choices = [("", "Not said"), *Attribution.choices]  # type: ignore[attr-defined]
        of_claim = Report.objects.filter(claim=self.instance.claim_id).unstruck()
        self.fields["repeats"].queryset = of_claim  # type: ignore[attr-defined]

    def clean_said_from(self) -> Any:
        return day_that_has_come(self.cleaned_data["said_from"])

    def clean_said_to(self) -> Any:
        """Said on one day, unless two are given."""
        day = self.cleaned_data["said_to"] or self.cleaned_data.get("said_from")
        return day_that_has_come(day) if day else day

    def clean_source(self) -> Source | str | None:
        """A source that we have, or the address of one to be made."""
        written: str = self.cleaned_data["source"].strip()
        if not written:
            return None
        if source := known_source(written):
            if source.is_not_a_source:
                raise ValidationError(NOT_A_SOURCE, params={"source": source})
            return source
        if not outside(written):
            raise ValidationError(NO_SOURCE, params={"key": written.lstrip("@")})
        if own_path(written, own_hosts()) is not None:
            raise ValidationError(OUR_OWN)
        if self.user is None or not self.user.has_perm("sources.add_source"):
            raise ValidationError("Adding sources is not among your permissions.")
        return written

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("origin"):
            self.known = self._known_origin(cleaned)
            if self.known is None:
                self._refuse_origin(cleaned)
            elif self.known.is_named and cleaned["is_described"]:
                refused = ValidationError(NAMED_ALREADY, params={"name": self.known})
                self.add_error("is_described", refused)
        return cleaned

    def _known_origin(self, cleaned: Mapping[str, Any]) -> Origin | None:
        if pk := cleaned.get("origin_id"):
            chosen = Origin.objects.with_body().filter(pk=pk).first()
            if chosen and fold_name(str(chosen)) == fold_name(cleaned["origin"]):
                return chosen
        outlet = self._told_to(cleaned)
        return Origin.objects.called(cleaned["origin"], told_to=outlet)

    def _told_to(self, cleaned: Mapping[str, Any]) -> Any:
        """A described origin is told from others of that description by its outlet."""
        source = cleaned.get("source")
        return source.outlet if cleaned["is_described"] and isinstance(source, Source) else None

    def _refuse_origin(self, cleaned: Mapping[str, Any]) -> None:
        if fold_name(cleaned["origin"]) == fold_name(cleaned.get("body", "")):
            self.add_error("body", "An origin does not speak for itself. Leave it empty.")
        if self.user is None or not self.user.has_perm("sources.add_origin"):
            self.add_error("origin", "Adding origins is not among your permissions.")

    def recorded(self, claim: Claim) -> Report:
        """The line, with what it needs. Call inside a transaction."""
        cleaned, report = self.cleaned_data, self.instance
        source = cleaned["source"]
        if isinstance(source, str):
            source = Source.objects.get_or_make_for_urls({source: ""})[source]
        report.claim, report.source, report.recorded_by = claim, source, self.user
        report.origin = self.known or Origin.objects.get_or_make(
            cleaned["origin"],
            is_named=not cleaned["is_described"],
            body=cleaned["body"],
            told_to=self._told_to(cleaned | {"source": source}),
        )
        report.save()
        return report  # type: ignore[no-any-return]


def known_source(written: str) -> Source | None:
    """By its key, as cited or bare, or by the address of its page."""
    key = written.removeprefix("[").removesuffix("]").removeprefix("@").strip("{}")
    if found := Source.objects.by_citekeys({key}).get(key):
        return found
    page = outside(written)
    return Source.objects.with_outlet().of_pages([page]).first() if page else None


def told(form: forms.BaseForm) -> dict[str, str]:
    """What is wrong, by field."""
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
