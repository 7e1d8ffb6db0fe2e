"""What readers can see of this room.

All of it counts, also what no public post uses: a text that is already public may come to lead
there, and then no row of the post changes.
"""

from publication.generation.terms import Table

VISIBLE = (
    Table("sources_outlet"),
    Table("sources_outlethost"),
    Table("sources_source"),
    Table("sources_formercitekey"),
    Table("sources_origin"),
    Table("sources_claim"),
    Table("sources_formerclaimslug"),
    Table("sources_formerstatement"),
    Table("sources_report", moments=("recorded_at",)),
    Table("sources_ruling", moments=("recorded_at",)),
    Table("sources_standingchange", moments=("at",)),
)
