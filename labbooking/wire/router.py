"""Routers of the API, whose operations share what describes a problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ninja import Router as AnyRouter
from ninja import Schema
from ninja.constants import NOT_SET

from labbooking.wire.problems import Problem


class ProblemAnswer(Schema):
    """As ninja wraps what an operation answers with."""

    response: Problem


class Router(AnyRouter):
    """ninja makes a model for every status of every operation. Nearly all of them are problems, for
    which one is enough: a thousand more took most of the time in which a process starts."""

    def add_api_operation(
        self,
        path: str,
        methods: list[str],
        view_func: Callable[..., Any],
        *,
        response: Any = NOT_SET,
        **options: Any,
    ) -> None:
        problems = {status for status, model in response.items() if model is Problem}
        others = {status: model for status, model in response.items() if status not in problems}
        super().add_api_operation(path, methods, view_func, response=others, **options)
        answers = vars(view_func)["_ninja_operation"].response_models
        answers |= {status: ProblemAnswer for status in response if status in problems}
