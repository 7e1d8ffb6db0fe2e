"""Other people's folders of Markdown, read as they were meant and turned into posts.

The pure parts (front matter, conventions, addresses, link forms, the report) know no
model; `loading` writes what they found.
"""
