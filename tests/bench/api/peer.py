"""The peer of the API: one route as FastAPI, uvicorn and boto3 do it, over the DynamoDB at AWS_ENDPOINT_URL.

It is written to be quick where one would write it so by hand: the low-level client, whose values are taken
out without boto3's deserializer, a response that is encoded without a look at its types, and gzip at the
level that ours has. Says its port on the first line.
"""

import socket
from typing import Any

import boto3
import uvicorn
from botocore.config import Config
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware.gzip import GZipMiddleware

COLUMNS = ["energy_generated_kwh", "energy_consumed_kwh", "net_energy_kwh"]

app = FastAPI()
app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=1)
client = boto3.client("dynamodb", config=Config(max_pool_connections=50))


@app.get("/records/{site_id}")
def records(site_id: str, start: str, end: str, limit: int = 10_000) -> JSONResponse:
    query: dict[str, Any] = {
        "TableName": "rows",
        "KeyConditionExpression": "site_id = :site AND #t BETWEEN :start AND :end",
        "ExpressionAttributeNames": {"#t": "timestamp"},
        "ExpressionAttributeValues": {":site": {"S": site_id}, ":start": {"S": start}, ":end": {"S": end}},
    }
    found: list[dict[str, Any]] = []
    while True:
        page = client.query(**query, Limit=limit + 1 - len(found))
        found.extend(record(item) for item in page["Items"])
        if "LastEvaluatedKey" not in page or len(found) > limit:
            break
        query["ExclusiveStartKey"] = page["LastEvaluatedKey"]
    return JSONResponse({"site_id": site_id, "records": found[:limit], "next_cursor": None})


def record(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "site_id": item["site_id"]["S"],
        "timestamp": item["timestamp"]["S"],
        **{name: float(item[name]["N"]) for name in COLUMNS},
        "note": item["note"]["S"] if "note" in item else None,
        "anomaly": item["anomaly"]["BOOL"],
        "anomaly_reasons": [reason["S"] for reason in item["anomaly_reasons"]["L"]],
    }


if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listening])
