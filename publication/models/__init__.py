"""What this room keeps. Import models from here, whichever file they live in."""

from publication.models.generation import Generation
from publication.models.jobs import Job, TaskResultStatus
from publication.models.site import Publication, host_of, validate_time_zone

__all__ = ["Generation", "Job", "Publication", "TaskResultStatus", "host_of", "validate_time_zone"]
