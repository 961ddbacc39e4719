"""The laptop's warm Spark: one JVM that outlives the jobs which run in it.

Started by the local daemon with Spark's settings as JSON in PENSTOCK_SPARK_CONF. Speaks lines of JSON:

  stdout  {"event": "ready", "port": …, "secret": …, "jvm": pid}    jobs may attach
          {"event": "drained", "group": …, "done": true}             nothing of that job runs any more
          {"event": "drained", "group": …, "done": false}            it does not stop: the JVM has to go
          {"event": "exited", "code": …}                             the JVM is gone
  stdin   {"command": "drain", "group": …, "threads": […]}

When stdin ends (the daemon is gone, however it went), the JVM ends with it: nothing is left behind.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from parent import end_with_parent
from pyspark import SparkConf, SparkContext
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

DRAIN_SECONDS = 20.0


def say(event: str, **fields: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
    sys.stdout.flush()


def start() -> SparkSession:
    conf = SparkConf(loadDefaults=False)
    for key, value in json.loads(os.environ["PENSTOCK_SPARK_CONF"]).items():
        conf.set(key, value)
    gateway = launch_gateway(conf, {"stdout": sys.stderr})  # type: ignore[no-untyped-call]
    return SparkSession(SparkContext(gateway=gateway, conf=conf))


def in_flight(spark: SparkSession, thread: int) -> bool:
    """Whether the JVM thread that serves a thread of a job's Python process is inside a call of it."""
    assert spark._jvm is not None
    threads = spark._jvm.java.lang.management.ManagementFactory.getThreadMXBean()
    info = threads.getThreadInfo(thread, 2**31 - 1)
    if info is None:
        return False
    return any(frame.getClassName() == "py4j.Gateway" for frame in info.getStackTrace())


def drain(spark: SparkSession, group: str, threads: Sequence[int]) -> bool:
    """Ends what a job left running, so that a dead job commits nothing.

    A command runs several Spark jobs one after the other, and a cancelled group may start the next:
    so it is cancelled until the threads that run commands have left them.
    """
    give_up = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < give_up:
        spark.sparkContext.cancelJobGroup(group)
        if not any(in_flight(spark, thread) for thread in threads):
            return True
        time.sleep(0.05)
    return False


def commands(spark: SparkSession) -> None:
    for line in sys.stdin:
        command = json.loads(line)
        done = drain(spark, command["group"], command["threads"])
        say("drained", group=command["group"], done=done)


def watch(process: Any) -> None:
    """Says so when the JVM ends, and ends too."""
    code = process.wait()
    say("exited", code=code)
    os._exit(0)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A JVM that has only begun to start does not end by itself: whoever ends this process ends its group.
    os.setpgrp()
    # Until Spark is there nobody reads stdin, and it may never come: its home can be deleted meanwhile.
    end_with_parent()
    spark = start()
    gateway = SparkContext._gateway
    assert gateway is not None
    threading.Thread(target=watch, args=(gateway.proc,), daemon=True).start()
    parameters = gateway.java_parameters
    say(
        "ready",
        port=parameters.port,
        secret=parameters.auth_token,
        jvm=gateway.proc.pid,
    )
    try:
        commands(spark)
    except Exception:
        # A JVM that is on its way out answers no more: `watch` says how it ended, and ends this process.
        with suppress(subprocess.TimeoutExpired):
            gateway.proc.wait(timeout=30)
            time.sleep(5)
        raise
    gateway.proc.stdin.close()
    gateway.proc.kill()


if __name__ == "__main__":
    main()
