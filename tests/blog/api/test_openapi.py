"""The description of the API is OpenAPI 3.1, as its own schema reads it."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.test import Client

from tests.factories import make_publication

pytestmark = pytest.mark.django_db
SCHEMA = "raw.githubusercontent.com/OAI/OpenAPI-Specification/main/schemas/v3.1/schema.json"


def test_the_description_is_as_openapi_wants_it(checkers: Path) -> None:
    make_publication()
    schema = json.loads((checkers / "schemastore/schemas/json" / SCHEMA).read_text())
    described = json.loads(Client().get("/api/v1/openapi.json").content)
    jsonschema.Draft202012Validator(schema).validate(described)
