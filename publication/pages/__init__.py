"""Whole pages kept for readers, and forgotten exactly when something has changed that they see.

A wrapper around the WSGI application: a page that is kept costs neither middleware nor database,
but the question whether it still holds (`publication.generation`).

`asking` says which requests may be answered so, `kept` what is kept of a page, `memory`, `shared`
and `folder` where; `cache` puts them together.
"""
