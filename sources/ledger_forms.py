"""The forms in which claims, reports and rulings are entered."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from sources.models import Claim, Report, Ruling
from sources.recording import today

NOT_YET = "%(day)s has not come yet. Enter the day on which it was said: today at the latest."
NOT_YOURS = (
    "This ledger is not yours to add to. Ask an author or an editor to enter the line, or choose "
    "another claim."
)


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})


class ClaimForm(forms.ModelForm):
    class Meta:
        model = Claim
        fields = ("statement", "slug", "would_confirm", "note")
        widgets: ClassVar = {
            "statement": lines(2),
            "would_confirm": lines(2),
            "note": lines(3),
        }


class ReportForm(forms.ModelForm):
    """One line of a ledger. The second day may stay empty, where there is only one."""

    class Meta:
        model = Report
        fields = (
            "claim",
            "origin",
            "stance",
            "said_from",
            "said_to",
            "said_words",
            "source",
            "relayed_through",
            "attribution",
            "anonymity_reason",
            "quotation",
            "note",
            "repeats",
            "has_authority",
        )
        widgets: ClassVar = {
            "said_from": DayInput,
            "said_to": DayInput,
            "anonymity_reason": lines(2),
            "quotation": lines(3),
            "note": lines(2),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "said_to" in self.fields:
            self.fields["said_to"].required = False
        if isinstance(repeats := self.fields.get("repeats"), forms.ModelChoiceField):
            of_claim = Report.objects.filter(claim=self._claim_id()).unstruck()
            repeats.queryset = of_claim.with_origins().by_day()
            repeats.widget.can_add_related = False

    def may_report(self, claim: Claim) -> bool:
        """Whether whoever fills it in may add to that ledger; the desk asks for its user."""
        return True

    def _claim_id(self) -> int | None:
        """Of which ledger, as far as the form knows when it is shown."""
        given = (
            self.instance.claim_id
            or self.data.get(self.add_prefix("claim"))
            or self.initial.get("claim")
        )
        written = str(getattr(given, "pk", given))
        return int(written) if written.isdecimal() else None

    def clean_claim(self) -> Claim:
        claim: Claim = self.cleaned_data["claim"]
        if not self.may_report(claim):
            raise ValidationError(NOT_YOURS)
        return claim

    def clean_said_from(self) -> date:
        return day_that_has_come(self.cleaned_data["said_from"])

    def clean_said_to(self) -> date | None:
        last: date | None = self.cleaned_data["said_to"] or self.cleaned_data.get("said_from")
        return day_that_has_come(last) if last else None


class RulingForm(forms.ModelForm):
    class Meta:
        model = Ruling
        fields = ("claim", "standing", "reason", "ruled_on")
        widgets: ClassVar = {"reason": lines(3), "ruled_on": DayInput}

    def clean_ruled_on(self) -> date:
        return day_that_has_come(self.cleaned_data["ruled_on"])


def day_that_has_come(day: date) -> date:
    """The day, where the site is. Raises ValidationError for one that is still to come."""
    if day > today():
        raise ValidationError(NOT_YET, params={"day": f"{day.day} {day:%B %Y}"})
    return day
