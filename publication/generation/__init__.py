"""The key of what readers can see at a moment: the one key for every cache.

`tables` names what readers can see, a line for each table, and has the database raise the
number; `sqlite` and `postgresql` say how; `keys` reads it.
"""
