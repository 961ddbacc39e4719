"""The run's OpenLineage events, one JSON object a line: what was read, what was written, and how good it was.

The format: https://openlineage.io/spec/2-0-2/OpenLineage.json
"""

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from . import objects
from .arguments import Arguments
from .contract import Dataset, Job
from .manifest import Manifest
from .report import Report

_PRODUCER = "https://github.com/penstock/penstock/tree/main/glue-scripts/runtime"
_EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_FACETS = "https://openlineage.io/spec/facets"


class Lineage:
    """Adds events to the run's file; an attempt made later adds its own."""

    def __init__(
        self, arguments: Arguments, job: Job, manifest: Manifest, now: Callable[[], datetime]
    ) -> None:
        self._arguments = arguments
        self._job = job
        self._manifest = manifest
        self._now = now
        self._url = f"{arguments.lake}runs/{manifest.pipeline}/{arguments.run_id}/lineage.ndjson"

    def start(self) -> None:
        self._emit("START", [])

    def complete(self, report: Report) -> None:
        """A broken gate is a failure, told with its figures."""
        outputs = [self._output(dataset, report) for dataset in self._job.datasets]
        self._emit("COMPLETE" if report.outcome == "published" else "FAIL", outputs)

    def fail(self, error: Exception) -> None:
        """Names the kind of error only: its message may quote a row."""
        message = {
            **_facet("1-0-0/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet"),
            "message": type(error).__name__,
            "programmingLanguage": "python",
        }
        self._emit("FAIL", [], {"errorMessage": message})

    def _emit(self, kind: str, outputs: list[dict[str, Any]], facets: dict[str, Any] | None = None) -> None:
        event = {
            "eventType": kind,
            "eventTime": self._now().isoformat(),
            "producer": _PRODUCER,
            "schemaURL": _EVENT,
            "run": {
                # OpenLineage wants a UUID; the same run has the same one.
                "runId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"penstock:{self._arguments.run_id}")),
                "facets": facets or {},
            },
            "job": {"namespace": "penstock", "name": self._job.pipeline, "facets": {}},
            "inputs": [
                {"namespace": self._arguments.lake, "name": file.key} for file in self._manifest.files
            ],
            "outputs": outputs,
        }
        earlier = objects.read_if_there(self._url) or b""
        objects.write(self._url, earlier + json.dumps(event).encode() + b"\n")

    def _output(self, dataset: Dataset, report: Report) -> dict[str, Any]:
        counts = report.datasets[dataset.name]
        assertions = [
            {"assertion": result["rule"], "success": result["passed"]}
            for result in report.gates
            if result["dataset"] == dataset.name
        ]
        fields = [
            {"name": column.name, "type": column.type, "description": column.description}
            for column in dataset.columns
        ]
        statistics = "1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet"
        quality = "1-0-1/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet"
        return {
            "namespace": f"{self._arguments.catalog}.{self._arguments.database}",
            "name": dataset.name,
            "facets": {
                "schema": {
                    **_facet("1-1-1/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet"),
                    "fields": fields,
                },
                "dataQualityAssertions": {**_facet(quality), "assertions": assertions},
            },
            "outputFacets": {
                "outputStatistics": {
                    **_facet(statistics),
                    "rowCount": counts["inserted"] + counts["updated"],
                }
            },
        }


def _facet(schema: str) -> dict[str, str]:
    return {"_producer": _PRODUCER, "_schemaURL": f"{_FACETS}/{schema}"}
