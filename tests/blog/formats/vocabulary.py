"""Of schema.org (30.0) what our pages say: each type, and which properties it may have."""

from collections.abc import Mapping

from sources.wordlists import words

THING = "name url image description mainEntityOfPage"
WORK = (
    f"{THING} headline author datePublished dateModified inLanguage publisher citation isBasedOn "
    "correction about mentions keywords text archivedAt isAccessibleForFree"
)
PROPERTIES: Mapping[str, frozenset[str]] = {
    "BlogPosting": words(WORK),
    "Book": words(WORK),
    "BreadcrumbList": words(f"{THING} itemListElement"),
    "Chapter": words(WORK),
    "Claim": words(f"{WORK} firstAppearance appearance"),
    "CorrectionComment": words(WORK),
    "CreativeWork": words(WORK),
    "Dataset": words(WORK),
    "EntryPoint": words(f"{THING} urlTemplate"),
    "ImageObject": words(f"{WORK} width height caption creditText"),
    "Legislation": words(WORK),
    "ListItem": words(f"{THING} position item"),
    "Map": words(WORK),
    "Movie": words(WORK),
    "NewsArticle": words(f"{WORK} articleSection wordCount"),
    "NewsMediaOrganization": words(
        f"{THING} logo email slogan masthead publishingPrinciples correctionsPolicy "
        "unnamedSourcesPolicy"
    ),
    "OpinionNewsArticle": words(f"{WORK} articleSection wordCount"),
    "Organization": words(f"{THING} logo email"),
    "Person": words(f"{THING} givenName familyName worksFor sameAs"),
    "ProfilePage": words(f"{WORK} mainEntity"),
    "Report": words(WORK),
    "ScholarlyArticle": words(WORK),
    "SearchAction": words(f"{THING} target query-input"),
    "SocialMediaPosting": words(WORK),
    "Thesis": words(WORK),
    "WebPage": words(WORK),
    "WebSite": words(f"{WORK} potentialAction"),
}
