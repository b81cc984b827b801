"""What ninja's description of the API leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from labbooking.wire.problems import MEDIA_TYPE


def finished(schema: OpenAPISchema) -> OpenAPISchema:
    """Problems under their own media type, headers that answers carry, and what is open to all."""
    schema["components"].get("securitySchemes", {}).pop("Anybody", None)
    for operation in _operations(schema):
        # An empty requirement is OpenAPI's way to say that nobody needs to sign in.
        operation["security"] = [
            {} if "Anybody" in way else way for way in operation.get("security", [])
        ]
        for status, response in operation["responses"].items():
            if int(status) >= 400 and "application/json" in response.get("content", {}):
                response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
            if headers := _HEADERS.get(int(status)):
                response["headers"] = headers
    return schema


def _operations(schema: OpenAPISchema) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        yield from path.values()


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


_HEADERS = {
    401: {"WWW-Authenticate": _header("How to say who you are.")},
    429: {"Retry-After": _header("Seconds to wait.")},
}
