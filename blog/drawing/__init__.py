"""Pictures as numbers: where marks and lines stand, before anybody paints them.

Across in hundredths of the width, down in pixels, so that type never scales. Pure: it knows
no model and no request.
"""
