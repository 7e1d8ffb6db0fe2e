"""What readers can see of this room. Jobs are for the desk alone."""

from publication.generation.terms import Table

VISIBLE = (Table("publication_publication"),)
