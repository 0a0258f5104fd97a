"""Processes that are started, when the one that starts them is interrupted or killed."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Start processes that Ctrl+C does not reach: whoever starts them hears it, and ends them."""
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # when it starts, it lets through again what is held back
    with held_back():
        yield


@contextmanager
def held_back() -> Iterator[None]:
    """Hold Ctrl+C back, to hear it afterwards; a process takes over which signals are held back, from its first moment on.

    Another thread may take the signal and hand it to this one all the same: so it is only noted meanwhile.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    heard: list[int] = []
    is_main = threading.current_thread() is threading.main_thread()  # no other may say what is done
    usual = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number)) if is_main else None
    try:
        yield
    finally:
        if is_main:
            signal.signal(signal.SIGINT, usual or signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def end_with_parent() -> None:
    """Let this process end when the one that started it is killed: it would wait forever for what nobody sends."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        threading.Thread(target=_end_after, args=(parent.join,), daemon=True).start()


def _end_after(waited: Callable[[], None]) -> None:
    waited()
    os._exit(1)
