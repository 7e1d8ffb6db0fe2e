"""The words of bibliography that the models, the desk and CSL-JSON share."""

from django.db import models

from sources.wordlists import words


class OutletKind(models.TextChoices):
    NEWSPAPER = "newspaper", "Newspaper"
    MAGAZINE = "magazine", "Magazine"
    AGENCY = "agency", "News agency"
    BROADCASTER = "broadcaster", "Broadcaster"
    SITE = "site", "News site"
    OFFICIAL = "official", "Ministry or official body"
    SOCIAL = "social", "Social account"
    RESEARCH = "research", "Research body"
    BLOG = "blog", "Blog"
    OTHER = "other", "Other"


class Attribution(models.TextChoices):
    """On whose word, as the source itself says (AP's terms, cut down to what readers can check)."""

    ON_RECORD = "on_record", "On the record"
    OFFICIAL_STATEMENT = "official_statement", "Official statement"
    DOCUMENT = "document", "Document"
    UNNAMED_OFFICIAL = "unnamed_official", "Unnamed official"
    UNNAMED_PERSON = "unnamed_person", "Unnamed person"
    UNATTRIBUTED = "unattributed", "Unattributed"


# All 45 types of CSL, so that nothing changes its type on the way in and out; the usual ones first.
CSL_TYPES: dict[str, dict[str, str]] = {
    "Press and web": {
        "article-newspaper": "Newspaper report",
        "article-magazine": "Magazine article",
        "webpage": "Web page",
        "post-weblog": "Blog post",
        "post": "Post on a social network",
        "article": "Article or preprint",
    },
    "Spoken and filmed": {
        "broadcast": "Broadcast",
        "interview": "Interview",
        "speech": "Speech or briefing",
        "motion_picture": "Film or video",
        "personal_communication": "Letter, message or conversation",
    },
    "Books and research": {
        "book": "Book",
        "chapter": "Chapter",
        "article-journal": "Journal article",
        "report": "Report",
        "dataset": "Dataset",
        "paper-conference": "Conference paper",
        "thesis": "Thesis",
        "entry-encyclopedia": "Entry in an encyclopaedia",
    },
    "Law and government": {
        "document": "Document",
        "legislation": "Law",
        "bill": "Bill",
        "regulation": "Regulation",
        "treaty": "Treaty",
        "legal_case": "Court decision",
        "hearing": "Hearing",
    },
    "Everything else": {
        "classic": "Classic",
        "collection": "Archival collection",
        "entry": "Entry in a database",
        "entry-dictionary": "Entry in a dictionary",
        "event": "Event",
        "figure": "Figure",
        "graphic": "Picture",
        "manuscript": "Manuscript",
        "map": "Map",
        "musical_score": "Musical score",
        "pamphlet": "Pamphlet",
        "patent": "Patent",
        "performance": "Performance",
        "periodical": "Periodical",
        "review": "Review",
        "review-book": "Book review",
        "software": "Software",
        "song": "Song or recording",
        "standard": "Standard",
    },
}
CSL_TYPE_LABELS = {code: label for group in CSL_TYPES.values() for code, label in group.items()}
CSL_TYPE_CHOICES = [(group, list(types.items())) for group, types in CSL_TYPES.items()]

# Our field for each plain variable of CSL that the desk offers.
CSL_VARIABLES = {
    "title": "title",
    "original-title": "original_title",
    "container-title": "container_title",
    "publisher": "publisher",
    "publisher-place": "publisher_place",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "number": "number",
    "edition": "edition",
    "event-title": "event",
    "medium": "medium",
    "genre": "genre",
    "abstract": "abstract",
    "note": "note",
    "language": "language",
    "URL": "url",
    "DOI": "doi",
    "ISBN": "isbn",
}

# Variables of CSL-JSON that have no field here: kept as they came and given back (`other_csl`).
OTHER_CSL_NAMES = words(
    "chair collection-editor compiler composer container-author contributor curator director "
    "editor editorial-director executive-producer guest host interviewer illustrator narrator "
    "organizer original-author performer producer recipient reviewed-author script-writer "
    "series-creator translator"
)
OTHER_CSL_DATES = words("available-date event-date original-date submitted")
OTHER_CSL_STRINGS = words(
    "title-short container-title-short collection-title ISSN PMID section status version "
    "keyword archive archive_location archive-place authority jurisdiction event-place "
    "part-title references page-first chapter-number locator part supplement "
    "collection-number number-of-pages number-of-volumes original-publisher "
    "original-publisher-place PMCID annote call-number dimensions division scale source "
    "volume-title year-suffix"
)

# Beside what every source has, the fields that a type makes use of.
_PERIODICAL = "container_title volume issue page"
FITTING_FIELDS: dict[str, list[str]] = {
    code: names.split()
    for codes, names in {
        "article-newspaper": "container_title edition page",
        "article-magazine": "container_title volume issue page",
        "article-journal review": f"{_PERIODICAL} doi",
        "article": "doi publisher number genre",
        "review-book": f"{_PERIODICAL} doi",
        "webpage post post-weblog": "container_title genre",
        "broadcast interview": "container_title medium genre number",
        "motion_picture song": "publisher publisher_place medium genre number",
        "speech": "event genre publisher publisher_place",
        "performance event": "event genre publisher_place",
        "personal_communication": "genre medium",
        "book": "publisher publisher_place edition volume isbn doi",
        "chapter": "container_title publisher publisher_place edition volume page isbn doi",
        "report document": "publisher publisher_place number genre doi isbn",
        "dataset software": "publisher edition number medium genre doi",
        "paper-conference": "container_title event publisher publisher_place page doi isbn",
        "thesis": "publisher publisher_place genre doi",
        "entry entry-dictionary entry-encyclopedia": (
            "container_title publisher edition volume page"
        ),
        "legislation bill regulation treaty": "container_title number volume page publisher genre",
        "legal_case hearing": "container_title number volume page publisher event genre",
        "patent standard": "number publisher publisher_place genre",
    }.items()
    for code in codes.split()
}
