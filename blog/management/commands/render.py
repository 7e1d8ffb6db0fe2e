import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.html import format_html, format_html_join

from blog.markup import Document, parse
from blog.models import Post
from blog.rendering import RenderedPost, preview_post


class Command(BaseCommand):
    help = (
        "Print the HTML of a Markdown file as this site would show it, notes last, "
        "or its marks as JSON."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A Markdown file, or - for standard input.")
        parser.add_argument("--marks", action="store_true", help="Print the marks as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        text = read(options["file"])
        self.stdout.write(marks_as_json(parse(text)) if options["marks"] else html(text))


def read(name: str) -> str:
    """The text of a file. Raises CommandError, naming the file, when it is not UTF-8 text."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read: {error}") from error


def html(text: str) -> str:
    """The page's body and notes; marks resolve in this site's database."""
    try:
        rendered = preview_post(Post(body=text))
    except DatabaseError as error:
        raise CommandError(
            f"The database does not answer ({error}). Make it with: manage.py migrate"
        ) from error
    return rendered.html + notes_html(rendered)


def notes_html(rendered: RenderedPost) -> str:
    if not rendered.notes:
        return ""
    items = format_html_join("\n", '<li id="{}">{}</li>', ((n.id, n.html) for n in rendered.notes))
    return format_html('\n<section class="notes">\n<ol>\n{}\n</ol>\n</section>', items)


def marks_as_json(document: Document) -> str:
    """The marks in reading order, each with its type, line, sentence and paragraph id."""
    marks = [{"mark": type(mark).__name__.lower(), **asdict(mark)} for mark in document.marks]
    return json.dumps(marks, ensure_ascii=False, indent=2)
