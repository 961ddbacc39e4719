"""Nothing is left behind by a `kill -9` of the daemon."""

from __future__ import annotations

import os
import signal
import threading
import time


def end_with_parent() -> None:
    """Ends this process as soon as the one that started it is gone, whatever it is doing then.

    One that leads a process group takes all of it along. PENSTOCK_STARTED_BY says who that was: it may be
    gone before this is called, and whoever is the parent then never goes.
    """
    parent = int(os.environ["PENSTOCK_STARTED_BY"])

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
