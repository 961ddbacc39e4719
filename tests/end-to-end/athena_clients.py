"""One query by boto3 and by PyAthena, as they come; prints the rows that each got as JSON."""

import json
import sys
import time

import boto3
from pyathena import connect

query, results = sys.argv[1:3]

client = boto3.client("athena")
started = client.start_query_execution(
    QueryString=query, QueryExecutionContext={"Database": "penstock"}, WorkGroup="penstock-local"
)
query_id = started["QueryExecutionId"]
while (execution := client.get_query_execution(QueryExecutionId=query_id)["QueryExecution"])["Status"][
    "State"
] in ("QUEUED", "RUNNING"):
    time.sleep(0.1)
if execution["Status"]["State"] != "SUCCEEDED":
    sys.exit(execution["Status"]["StateChangeReason"])
boto_rows = [
    [cell.get("VarCharValue") for cell in row["Data"]]
    for page in client.get_paginator("get_query_results").paginate(QueryExecutionId=query_id)
    for row in page["ResultSet"]["Rows"]
]

cursor = connect(
    work_group="penstock-local", schema_name="penstock", region_name="eu-west-1", s3_staging_dir=results
).cursor()
cursor.execute(query)
names = [column[0] for column in cursor.description]
pyathena_rows = [[str(value) for value in row] for row in cursor.fetchall()]

print(json.dumps({"boto3": boto_rows, "pyathena": [names, *pyathena_rows]}))
