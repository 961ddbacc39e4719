"""One Glue job run: a Python process of its own that attaches to the warm JVM and runs one script.

Reads one line of JSON from stdin, {"script": path, "argv": […], "group": job run id}, and is that job. On
file descriptor 3 it says {"event": "attached", "thread": …} for each thread that speaks to the JVM, before it
asks for anything, and {"event": "failed", "error": …} when the script fails.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from typing import Any

import pyspark
from parent import end_with_parent
from py4j.java_gateway import JavaPackage, JVMView  # type: ignore[import-untyped]
from pyspark import InheritableThread, SparkConf, SparkContext
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession


def say(event: str, **fields: Any) -> None:
    os.write(3, (json.dumps({"event": event, **fields}) + "\n").encode())


def remember_names() -> None:
    """Looks up what a name in the JVM is but once in this process.

    Each part of `jvm.org.apache.spark` that is no class is looked for in all jars, and pyspark does so with
    nearly every call.
    """
    for kind in (JVMView, JavaPackage):

        def found(self: Any, name: str, look_up: Any = kind.__getattr__) -> Any:
            self.__dict__[name] = look_up(self, name)
            return self.__dict__[name]

        kind.__getattr__ = found


def attach() -> SparkContext:
    """The context that the host JVM already runs, in this process."""
    remember_names()
    gateway = launch_gateway()  # type: ignore[no-untyped-call]
    jvm = gateway.jvm
    running = jvm.org.apache.spark.SparkContext.getOrCreate()
    jsc = jvm.org.apache.spark.api.java.JavaSparkContext(running)
    return SparkContext(gateway=gateway, jsc=jsc, conf=SparkConf(_jconf=running.conf()))


def new_session(context: SparkContext, group: str) -> SparkSession:
    """A session of this job's own: settings and temporary views of other jobs are not in it."""
    jvm = context._jvm
    assert jvm is not None
    host = jvm.org.apache.spark.sql.SparkSession.getDefaultSession().get()
    own = host.newSession()
    jvm.org.apache.spark.sql.SparkSession.setActiveSession(own)
    session = SparkSession(context, own)
    SparkSession._instantiatedSession = session
    # A job that stops "its" Spark must not stop everybody's.
    SparkSession.stop = lambda self: None  # type: ignore[method-assign]
    SparkContext.stop = lambda self: None  # type: ignore[method-assign]
    context.setJobGroup(group, group, interruptOnCancel=False)
    return session


class Attached(InheritableThread):
    """A thread of a script: it says what its thread in the JVM is, so that it can be waited for."""

    def run(self) -> None:
        say_attached()
        super().run()


def say_attached() -> None:
    assert SparkContext._jvm is not None
    say("attached", thread=SparkContext._jvm.java.lang.Thread.currentThread().getId())


def reason(error: BaseException) -> str:
    """The error in one line, as Glue gives it: the class, and what it says first."""
    text = str(error).strip()
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def run(script: str, argv: list[str]) -> int:
    sys.argv = [script, *argv]
    try:
        runpy.run_path(script, run_name="__main__")
        return 0
    except SystemExit as end:
        if end.code in (None, 0):
            return 0
        say("failed", error=f"SystemExit: {end.code}")
        return end.code if isinstance(end.code, int) else 1
    except BaseException as error:
        traceback.print_exc()
        say("failed", error=reason(error))
        return 1


def main() -> None:
    end_with_parent()
    spec = json.loads(sys.stdin.readline())
    context = attach()
    new_session(context, spec["group"])
    say_attached()
    pyspark.InheritableThread = Attached  # type: ignore[misc]
    code = run(spec["script"], spec["argv"])
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads that a script left behind, and the gateway's own, must not keep the process.
    os._exit(code)


if __name__ == "__main__":
    main()
