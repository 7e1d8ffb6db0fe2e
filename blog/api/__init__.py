"""The graph of posts, references, sources, claims and standings as data: to read, not to write.

Versioned: within `/api/v1/` names may be added, none goes and none comes to mean something else.
"""
