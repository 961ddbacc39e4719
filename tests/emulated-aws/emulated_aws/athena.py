"""Athena: named queries can be deleted; queries are run when asked for."""

from __future__ import annotations

import json
from typing import Any

from moto.athena.models import AthenaBackend, QueryResults
from moto.athena.responses import AthenaResponse

from .mending import adds_to, replaces
from .running import is_on, started


@adds_to(AthenaResponse)
def delete_named_query(self: Any) -> str:
    self.athena_backend.named_queries.pop(self._get_param("NamedQueryId"), None)
    return json.dumps({})


@replaces(AthenaResponse, "get_named_query")
def get_named_query(moto: Any, self: Any) -> Any:
    """moto fails on the id of none, which Terraform asks for after a destroy that was cut off."""
    asked = self._get_param("NamedQueryId")
    known = asked in self.athena_backend.named_queries
    return moto(self) if known else self.error(f"NamedQuery {asked} was not found", 400)


@replaces(AthenaBackend, "start_query_execution")
def start_query_execution(moto: Any, self: Any, *args: Any, **given: Any) -> str:
    """Where queries are run, it returns when the query is over."""
    exec_id: str = moto(self, *args, **given)
    if is_on():
        _run(self, self.executions[exec_id])
    return exec_id


def _run(backend: AthenaBackend, execution: Any) -> None:
    query = {
        "sql": execution.query,
        "parameters": execution.execution_parameters or [],
        "database": (execution.context or {}).get("Database", "default"),
    }
    answer, said = started("run-query.ts", query, region=backend.region_name).communicate()
    answered: dict[str, Any] = json.loads(answer) if answer else {"failure": said}
    if "failure" in answered:
        execution.failure = answered["failure"]
        return
    backend.query_results[execution.id] = QueryResults(
        rows=answered["Rows"], column_info=answered["ResultSetMetadata"]["ColumnInfo"]
    )
    backend._store_query_result_in_s3(execution.id)


@replaces(AthenaResponse, "get_query_execution")
def get_query_execution(moto: Any, self: Any) -> str:
    """One that failed says why; moto's all succeed."""
    told = json.loads(moto(self))
    failure = _failure(self)
    if failure is not None:
        # 2 is the user's own: the SQL, not the engine
        error = {"ErrorCategory": 2, "ErrorType": 1301, "Retryable": False, "ErrorMessage": failure}
        told["QueryExecution"]["Status"] |= {
            "State": "FAILED",
            "StateChangeReason": failure,
            "AthenaError": error,
        }
    return json.dumps(told)


@replaces(AthenaResponse, "get_query_results")
def get_query_results(moto: Any, self: Any) -> Any:
    failure = _failure(self)
    return moto(self) if failure is None else self.error(f"Query has no result: {failure}", 400)


def _failure(response: AthenaResponse) -> str | None:
    execution = response.athena_backend.executions.get(response._get_param("QueryExecutionId"))
    failure: str | None = vars(execution).get("failure") if execution else None
    return failure
