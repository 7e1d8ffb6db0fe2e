"""Everything back as plain files: posts as Markdown, what stands beside them as JSON.

What is written here is what `blog.importing.own` and `furniture` read.
"""
