"""How this package changes moto: a call that moto lacks is added, one that it answers otherwise is replaced.

Both fail at start-up when moto is no longer as expected, so that what it has learnt by
then is taken out here.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

Function = Callable[..., Any]


def adds_to(owner: type, called: str | None = None) -> Callable[[Function], Function]:
    """Gives `owner` a method that it hasn't, under the function's name or another."""

    def add(function: Function) -> Function:
        name = called or function.__name__
        if hasattr(owner, name):
            raise RuntimeError(f"moto has {owner.__name__}.{name} by now: it need not be added")
        setattr(owner, name, function)
        return function

    return add


def replaces(owner: Any, name: str) -> Callable[[Function], Function]:
    """Puts a function in the place of `owner.name`; it gets the replaced one, then its arguments."""

    def replace(function: Function) -> Function:
        static = isinstance(inspect.getattr_static(owner, name), staticmethod)
        moto = getattr(owner, name)
        getter = moto.fget if isinstance(moto, property) else None
        original = getter or moto

        @functools.wraps(original)
        def instead(*args: Any, **kwargs: Any) -> Any:
            return function(original, *args, **kwargs)

        wrap: Any = property if getter else staticmethod if static else (lambda same: same)
        setattr(owner, name, wrap(instead))
        return function

    return replace
