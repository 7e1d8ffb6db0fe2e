"""The faces that a page asks for at once because of the letters that it has.

A page is painted once, with the faces that are there by then (static/css/pages.css). Two are asked
for by every page. Italics, and letters beyond those, are in files of their own, which a browser
would ask for when it has laid the page out already, and that is too late: so they are named before
the text.
"""

import re

from django import template
from django.template.base import NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# By the first byte that their letters have in UTF-8: Ѐ to ҿ, and Ā to ʿ. A text of twenty pages is
# searched for a byte in microseconds, and for a class of letters in a hundred of them.
FIRST_BYTES = {"cyrillic": b"\xd0\xd1\xd2", "latin-ext": b"\xc4\xc5\xc6\xc7\xc8\xc9\xca"}
# What a picture tells is set in the sans, and shown while it is pointed at.
PICTURES = re.compile(rb"<svg.*?</svg>", re.DOTALL)
# What stands in italics, by itself or by static/css/.
ITALICS = re.compile(
    r'<(?:address|cite|dfn|em|h4|i|var)\b|class="[^"]*\b(?:date|empty|instead|motto|quoted|signed|standfirst)\b'
)
SLANTED = rb'(?:<(?:cite|em|i)\b|class="standfirst)[^<]*[%s]'
# What is bold, too: a word in a heading or in bold, or a heading of the fourth rank.
HEAVY = re.compile(
    rb"(?:<h4\b[^>]*>|<(?:b|strong|h[23])\b[^>]*>[^<]*<(?:cite|em|i)\b[^>]*>"
    rb"|<(?:cite|em|i)\b[^>]*>[^<]*<(?:b|strong)\b[^>]*>)([^<]*)"
)
LINK = '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>\n'


@register.tag
def faces(parser: Parser, token: Token) -> template.Node:
    """`{% faces %}…{% endfaces %}`: what stands within, after links to the faces it needs."""
    within = parser.parse(("endfaces",))
    parser.delete_first_token()
    return Faces(within)


class Faces(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        files = ((static(f"fonts/{name}.woff2"),) for name in further_faces(html))
        return format_html_join("", LINK, files) + html


def further_faces(html: str) -> list[str]:
    """Names of files of the serif; of the sans, one has every script but extended Latin."""
    names = ["brygada-latin-italic"] if ITALICS.search(html) else []
    text = html.encode()
    heavy = b"".join(HEAVY.findall(text)) if names else b""
    if heavy:
        names.append("brygada-latin-bold-italic")
    if not any(byte in text for byte in b"".join(FIRST_BYTES.values())):
        return names
    text = PICTURES.sub(b"", text)
    for letters, first_bytes in FIRST_BYTES.items():
        if any(byte in text for byte in first_bytes):
            names.append(f"brygada-{letters}")
            if re.search(SLANTED % first_bytes, text):
                names.append(f"brygada-{letters}-italic")
            if any(byte in heavy for byte in first_bytes):
                names.append(f"brygada-{letters}-bold-italic")
    return names
