"""What readers see, as machines take it: Markdown, JSON, citations, schema.org."""
