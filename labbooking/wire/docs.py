"""The page that shows the API and lets people try it, in the house's own look.

Made on the server from the API's own description, so it can be read without any script. ninja's
own page would bring 1.4 MB of other people's script along.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from ninja.openapi.docs import DocsBase

from labbooking.period import DAY, HOUR
from labbooking.when import lab_zone
from labbooking.wire.problems import CODES, TITLES

if TYPE_CHECKING:
    from ninja import NinjaAPI

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Input:
    """One value a request takes; `place` is `path`, `query`, `header` or `body`."""

    name: str
    place: str
    type: str
    required: bool
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation, as the page shows it."""

    key: str
    group: str
    method: str
    path: str
    purpose: str
    details: str
    needs_sign_in: bool
    scope: str
    inputs: list[Input]
    fields: list[Input]
    body: str
    answers: list[tuple[str, str]]


class DocsPage(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        shown = list(_operations(schema, _examples(timezone.now().astimezone(lab_zone()))))
        groups: dict[str, list[Shown]] = {}
        for each in shown:
            groups.setdefault(each.group, []).append(each)
        problems = [(code, title, _status(code)) for code, title in TITLES.items()]
        return render(
            request,
            "api/docs.html",
            {"api": api, "groups": groups.items(), "problems": problems},
        )


def _status(code: str) -> str:
    """The status a code comes with, as far as it always is the same."""
    usual = {name: status for status, name in CODES.items()}
    others = {
        "unclear_time": 400,
        "csrf_failed": 403,
        "slot_taken": 409,
        "call_closed": 409,
        "idempotency_mismatch": 422,
        "internal": 500,
    }
    return str((usual | others)[code])


def _examples(now: datetime) -> dict[str, Any]:
    """Values that work when somebody tries them today."""
    midnight = datetime.combine(now.date(), time.min, now.tzinfo)
    start = midnight + DAY + 10 * HOUR
    return {
        "starts_at": start.isoformat(),
        "ends_at": (start + 2 * HOUR).isoformat(),
        "from": midnight.isoformat(),
        "to": (midnight + 7 * DAY).isoformat(),
        "minutes": 60,
        "type": "seat",
        "slug": "seat-1",
    }


def _operations(schema: Schema, examples: dict[str, Any]) -> Iterator[Shown]:
    definitions = schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            purpose, _gap, details = _plain(operation).partition("\n\n")
            fields = list(_fields(operation, definitions))
            written = _body(operation, definitions, examples)
            yield Shown(
                key=operation["operationId"],
                group=operation["tags"][0],
                method=method.upper(),
                path=path,
                purpose=purpose,
                details=details,
                needs_sign_in={} not in operation["security"],
                scope=next(
                    (each[0] for way in operation["security"] for each in way.values() if each), ""
                ),
                inputs=[
                    _parameter(each, definitions, examples) for each in operation["parameters"]
                ],
                fields=fields,
                body=json.dumps(written, indent=2, ensure_ascii=False) if fields else "",
                answers=[
                    (str(status), _plain(answer))
                    for status, answer in operation["responses"].items()
                ],
            )


def _parameter(parameter: Schema, definitions: Schema, examples: dict[str, Any]) -> Input:
    name, wanted = parameter["name"], parameter["required"]
    return Input(
        name=name,
        place=parameter["in"],
        type=_type(parameter["schema"], definitions),
        required=wanted,
        description=_plain(parameter),
        example=str(examples.get(name, "")) if wanted or name == "type" else "",
    )


def _fields(operation: Schema, definitions: Schema) -> Iterator[Input]:
    body = _sent(operation, definitions)
    for name, field in body.get("properties", {}).items():
        yield Input(
            name=name,
            place="body",
            type=_type(field, definitions),
            required=name in body.get("required", ()),
            description=_plain(field),
            example="",
        )


def _sent(operation: Schema, definitions: Schema) -> Schema:
    if "requestBody" not in operation:
        return {}
    content = operation["requestBody"]["content"]["application/json"]
    return _resolved(content["schema"], definitions)


def _body(operation: Schema, definitions: Schema, examples: dict[str, Any]) -> dict[str, Any]:
    """The example of its description, at times that are ahead."""
    example: dict[str, Any] = next(iter(_sent(operation, definitions).get("examples", ())), {})
    return {name: examples.get(name, value) for name, value in example.items()}


def _plain(described: Schema) -> str:
    return str(described.get("description", "")).replace("`", "")


def _resolved(schema: Schema, definitions: Schema) -> Schema:
    """What a reference points to, also where it is wrapped to carry a default."""
    wrapped = (each["$ref"] for each in schema.get("allOf", ()) if "$ref" in each)
    reference = schema.get("$ref") or next(wrapped, "")
    return definitions[reference.rsplit("/", 1)[1]] if reference else schema


def _type(schema: Schema, definitions: Schema) -> str:
    """Such as `date-time`, `string[]` or `refuse | skip`."""
    schema = _resolved(schema, definitions)
    if "anyOf" in schema:
        kinds = (_type(each, definitions) for each in schema["anyOf"])
        return " | ".join(kind for kind in kinds if kind != "null")
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"{_type(schema['items'], definitions)}[]"
    return str(schema.get("format") or schema.get("type", ""))
