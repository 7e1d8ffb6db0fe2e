"""What many pages have in common is rendered once."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

register = template.Library()

# Of one part of a template; a site has one name, and one only at a time.
MOST = 25
# In characters: the picture of a story of hundreds of posts has 200,000, and is one post's.
LONGEST = 32_000


@register.tag
def kept(parser: Parser, token: Token) -> template.Node:
    """`{% kept a b %}…{% endkept %}`: says the same as long as these are the same.

    Whatever the part depends on is named, and only texts, numbers and what never changes: it is
    rendered once for their values, in this process. What is of one page has no place in it.
    """
    inputs = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    within = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(inputs, within)


class Kept(template.Node):
    """Lives as long as its template is loaded: who edits that sees the change."""

    def __init__(self, inputs: list[FilterExpression], nodelist: NodeList) -> None:
        self.inputs = inputs
        self.nodelist = nodelist
        self.rendered: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        inputs = tuple(one.resolve(context) for one in self.inputs)
        html = self.rendered.get(inputs)
        if html is None:
            html = self.nodelist.render(context)
            if len(self.rendered) == MOST:
                self.rendered.clear()
            if len(html) <= LONGEST:
                self.rendered[inputs] = html
        return html
