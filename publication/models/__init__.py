"""What this room keeps. Import models from here, whichever file they live in."""

from publication.models.site import Publication, host_of, validate_time_zone

__all__ = ["Publication", "host_of", "validate_time_zone"]
