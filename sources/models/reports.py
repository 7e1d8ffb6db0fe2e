"""The ledger's rows: reports, and rulings. Nothing of them is deleted."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from sources import ledger
from sources.models.changes import announce
from sources.models.claims import Claim
from sources.models.origins import Origin
from sources.models.sources import Source
from sources.vocabulary import Attribution

STANCES = [
    (ledger.Stance.REPORTS.value, "says so (first word of it, or its own)"),
    (ledger.Stance.REPEATS.value, "repeats another’s report"),
    (ledger.Stance.CORROBORATES.value, "corroborates it, from knowledge of its own"),
    (ledger.Stance.CONFIRMS.value, "confirms it"),
    (ledger.Stance.CONCEDES.value, "concedes it"),
    (ledger.Stance.DENIES.value, "denies it"),
    (ledger.Stance.DECLINES.value, "declines to comment"),
    (ledger.Stance.RETRACTS.value, "takes back what it said"),
]
# As readers are told it, behind the name of the origin.
VERBS = {
    ledger.Stance.REPORTS: "says so",
    ledger.Stance.REPEATS: "says so, repeated from another report",
    ledger.Stance.CORROBORATES: "corroborates it",
    ledger.Stance.CONFIRMS: "confirms it",
    ledger.Stance.CONCEDES: "concedes it",
    ledger.Stance.DENIES: "denies it",
    ledger.Stance.DECLINES: "declines to comment",
    ledger.Stance.RETRACTS: "takes back what it said",
}
# What decides a standing: fixed once recorded. Who erred strikes the line and enters another.
DECIDING = ("claim", "origin", "stance", "said_from", "said_to", "has_authority", "repeats")


class ReportQuerySet(models.QuerySet["Report"]):
    def with_origins(self) -> "ReportQuerySet":
        return self.select_related("origin__body", "origin__told_to")

    def unstruck(self) -> "ReportQuerySet":
        return self.filter(struck_at__isnull=True)

    def by_day(self) -> "ReportQuerySet":
        return self.order_by("said_to", "said_from", "recorded_at", "pk")


class Report(models.Model):
    """One line of a claim's ledger: on this day this origin, through this source, took a stance."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reports")
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="reports")
    stance = models.CharField(max_length=20, choices=STANCES)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        help_text="Through which it came to us.",
    )
    relayed_through = models.CharField(
        max_length=200, blank=True, help_text="When the source had it from another: “Yonhap”."
    )
    said_from = models.DateField("said on, or between")
    said_to = models.DateField("and")
    said_words = models.CharField(
        "date in words", max_length=100, blank=True, help_text="“early October”"
    )
    attribution = models.CharField(max_length=20, choices=Attribution, blank=True, default="")
    anonymity_reason = models.TextField(
        "why it is not named", blank=True, help_text="As the outlet says."
    )
    quotation = models.TextField(blank=True, help_text="Exactly as it was said.")
    note = models.TextField(blank=True, help_text="For readers. Plain text.")
    repeats = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated_by",
        verbose_name="the report it repeats",
    )
    has_authority = models.BooleanField(
        "its own act",
        default=False,
        help_text="The claim is about what this origin itself does or decides: its confirmation "
        "settles the matter.",
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)
    struck_because = models.TextField(blank=True, editable=False)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["said_to", "said_from", "recorded_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(said_from__lte=models.F("said_to")),
                name="reports_begin_before_they_end",
                violation_error_message="The first of the two days is the later one. Swap them.",
            ),
            models.CheckConstraint(
                condition=models.Q(struck_at__isnull=True) | ~models.Q(struck_because=""),
                name="reports_are_struck_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(repeats__isnull=True)
                | models.Q(stance=ledger.Stance.REPEATS.value),
                name="only_repeats_name_what_they_repeat",
                violation_error_message="Only a line that repeats names the report it repeats.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.stance}, {self.said}"

    def save(self, *args: Any, is_announced: bool = True, **kwargs: Any) -> None:
        """Who enters a whole ledger announces once, when all of it is in."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_announced:
                announce(self.claim)

    @property
    def said(self) -> str:
        """When it was said, as readers are told it."""
        if self.said_words:
            return self.said_words
        first, last = self.said_from, self.said_to
        if first == last:
            return f"{last.day} {last:%B %Y}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {last.day} {last:%B %Y}"
        return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"

    @property
    def stance_words(self) -> str:
        return VERBS[ledger.Stance(self.stance)]

    @property
    def is_struck(self) -> bool:
        return self.struck_at is not None

    def line(self) -> ledger.Line:
        """As the ledger counts it; touches the origin."""
        return ledger.Line(
            key=self.pk,
            origin=self.origin.counted(),
            stance=ledger.Stance(self.stance),
            said_from=self.said_from,
            said_to=self.said_to,
            recorded_at=self.recorded_at,
            struck_at=self.struck_at,
            has_authority=self.has_authority,
        )

    def clean(self) -> None:
        if self.stance == ledger.Stance.REPEATS and self.repeats is None:
            raise ValidationError(
                {"repeats": "Choose the report it repeats. Where that is missing, enter it first."}
            )
        if self.repeats and self.repeats.claim_id != self.claim_id:
            raise ValidationError({"repeats": "That report is about another claim."})
        if self.has_authority and self.stance != ledger.Stance.CONFIRMS:
            raise ValidationError(
                {"has_authority": "Only a confirmation settles a matter. Choose “confirms it”."}
            )


class Ruling(models.Model):
    """What an editor decided, with the reason that readers are given."""

    STANDINGS: ClassVar = [(standing.value, standing.value) for standing in ledger.RULED]

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rulings")
    standing = models.CharField(max_length=20, choices=STANDINGS)
    reason = models.TextField(help_text="For readers: what shows it.")
    ruled_on = models.DateField("from")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    lifted_on = models.DateField(null=True, blank=True, editable=False)
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_because = models.TextField(blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        ordering: ClassVar = ["ruled_on", "recorded_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(standing__in=[each.value for each in ledger.RULED]),
                name="editors_rule_what_they_may",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="rulings_have_a_reason"),
            models.CheckConstraint(
                condition=models.Q(lifted_on__isnull=True, lifted_at__isnull=True)
                | models.Q(lifted_on__isnull=False, lifted_at__isnull=False),
                name="rulings_are_lifted_on_a_day_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standing}, from {self.ruled_on:%d %B %Y}"

    def save(self, *args: Any, is_announced: bool = True, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_announced:
                announce(self.claim)

    @property
    def is_lifted(self) -> bool:
        return self.lifted_on is not None

    def counted(self) -> ledger.Ruling:
        return ledger.Ruling(
            key=self.pk,
            standing=ledger.Standing(self.standing),
            ruled_on=self.ruled_on,
            recorded_at=self.recorded_at,
            reason=self.reason,
            lifted_on=self.lifted_on,
            lifted_at=self.lifted_at,
        )
