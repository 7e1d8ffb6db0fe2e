"""Items of CSL-JSON with all that makes trouble."""

from typing import Any

HOSTILE: dict[str, Any] = {
    "id": "o'neil2024{a}",
    "type": "article-newspaper",
    "title": "50% of {braces} & $1 \\ _under_ #3 ~ ^\r\nER  - \r\nTY  - BOOK",
    "container-title": "Capital & Ledger",
    "author": [
        {"family": "O’Neil and Sons", "given": "Ada"},
        {"literal": "Ministry of Defence, Poland"},
        {"non-dropping-particle": "van der", "family": "Berg", "given": "Jan", "suffix": "Jr."},
    ],
    "issued": {"date-parts": [[2024, 10]], "circa": True, "literal": "early October/2024"},
    "accessed": {"date-parts": [[2024, 11, 18]]},
    "URL": "https://example.org/a_b%20c?x={1}&y=2#z",
    "page": "3–5",
    "language": "uk",
}
