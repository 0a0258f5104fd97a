"""Python's search for garbage, which finds little while a region is read and a site is made, and takes much of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage while many values are made and none is thrown away."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_SELDOM = (50_000, 20, 20)
"""New values before the youngest are looked through, and how often that is done before older ones are; Python's own: 700, 10, 10."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Let Python look for garbage seldom, where there is some but most of what is made stays."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
