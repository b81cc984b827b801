"""What ninja's description of the API leaves out. It is in English, as the names in it are."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from labbooking.wire.problems import MEDIA_TYPE


class ScopedSchema(OpenAPISchema):
    """Tells of every operation which scope a token needs for it, where OpenAPI looks for it, and
    describes each kind of answer once: most are problems, which every operation can answer."""

    _answers: dict[tuple[Any, bool, bool], tuple[dict[str, Any], bool]]

    def get_paths(self) -> dict[str, Any]:
        self._answers = {}
        paths: dict[str, Any] = super().get_paths()
        return paths

    def _create_schema_from_model(
        self, model: Any, by_alias: bool = True, remove_level: bool = True, mode: Any = "validation"
    ) -> tuple[dict[str, Any], bool]:
        if mode != "serialization" or set(model.model_fields) != {"response"}:
            return self._described(model, by_alias, remove_level, mode)
        kind = model.model_fields["response"].annotation, by_alias, remove_level
        if kind not in self._answers:
            self._answers[kind] = self._described(model, by_alias, remove_level, mode)
        schema, required = self._answers[kind]
        return deepcopy(schema), required

    def _described(
        self, model: Any, by_alias: bool, remove_level: bool, mode: Any
    ) -> tuple[dict[str, Any], bool]:
        told: tuple[dict[str, Any], bool] = super()._create_schema_from_model(
            model, by_alias, remove_level, mode
        )
        return told

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        told: list[dict[str, Any]] | None = super().operation_security(operation)
        for way in operation.auth_callbacks:
            if needed := getattr(way, "needed", None):
                scopes = [str(needed(each)) for each in operation.methods]
                told = [
                    each | {type(way).__name__: scopes} if type(way).__name__ in each else each
                    for each in told or []
                ]
        return told


def finished(schema: OpenAPISchema) -> OpenAPISchema:
    """Names as people write them, what problems mean and their own media type, headers that
    answers carry, and what is open to all."""
    schema["components"].get("securitySchemes", {}).pop("Anybody", None)
    for operation in _operations(schema):
        _may_be_malformed(operation["responses"])
        # An empty requirement is OpenAPI's way to say that nobody needs to sign in.
        operation["security"] = [
            {} if "Anybody" in way else way for way in operation.get("security", [])
        ]
        operation["summary"] = operation["summary"].capitalize()
        for status, response in operation["responses"].items():
            response["description"] = _MEANINGS.get(int(status), response["description"])
            if int(status) >= 400 and "application/json" in response.get("content", {}):
                response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
            if headers := _HEADERS.get(int(status)):
                response["headers"] = headers
            if int(status) == 201 and _is_kept_by_key(operation):
                response["headers"] = _REPEATED
    return schema


def _may_be_malformed(responses: dict[Any, dict[str, Any]]) -> None:
    """Every address may be asked with parameters that it does not know."""
    if not {400, "400"} & responses.keys():
        responses[400] = deepcopy(responses.get(401) or responses["401"])


def _is_kept_by_key(operation: dict[str, Any]) -> bool:
    return any(each["name"] == "Idempotency-Key" for each in operation["parameters"])


def _operations(schema: OpenAPISchema) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        yield from path.values()


_MEANINGS = {
    400: "The request makes no sense (`malformed`), or a local time in it is not one moment "
    "(`unclear_time`).",
    401: "Nobody is signed in (`unauthenticated`).",
    403: "You may not do this (`not_allowed`), or the browser sent no CSRF token (`csrf_failed`).",
    404: "There is no such thing, or it is not yours to see (`not_found`).",
    409: "The time is taken (`slot_taken`), or things have moved on meanwhile (`wrong_state`).",
    413: "The request is too large (`too_large`).",
    415: "The request is not JSON (`unsupported_media_type`).",
    422: "House rules say no (`refused`), or this key was used for another request "
    "(`idempotency_mismatch`).",
    429: "These are too many requests (`too_many_requests`).",
}


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


_REPEATED = {
    "Idempotent-Replayed": {
        "description": "`true` where it was made before under this key. What is told then is how "
        "it is by now: `state` may well be `cancelled`.",
        "schema": {"type": "string", "enum": ["true"]},
    }
}
_HEADERS = {
    401: {"WWW-Authenticate": _header("How to say who you are.")},
    429: {"Retry-After": _header("Seconds to wait.")},
}
