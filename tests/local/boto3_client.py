"""What boto3 sees of the daemon at AWS_ENDPOINT_URL: one JSON object with each service's answers."""

import json
import sys
import time

import boto3
from botocore.exceptions import ClientError


def code_of(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"]]
    return None


def execute(states, machine, **given):
    arn = states.start_execution(stateMachineArn=machine, input=json.dumps(given))["executionArn"]
    while True:
        execution = states.describe_execution(executionArn=arn)
        if execution["status"] != "RUNNING":
            return execution
        time.sleep(0.05)


def run_query(athena, sql):
    context = {"Database": "penstock"}
    started = athena.start_query_execution(
        QueryString=sql, QueryExecutionContext=context, WorkGroup="penstock-local"
    )
    query = started["QueryExecutionId"]
    while True:
        status = athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]
        if status["State"] not in ("QUEUED", "RUNNING"):
            break
        time.sleep(0.02)
    if status["State"] != "SUCCEEDED":
        return [status["State"], status["StateChangeReason"]]
    rows = athena.get_query_results(QueryExecutionId=query)["ResultSet"]["Rows"]
    return [status["State"], [[value.get("VarCharValue") for value in row["Data"]] for row in rows]]


seen = {}
states, glue, sns = boto3.client("stepfunctions"), boto3.client("glue"), boto3.client("sns")
functions, tables = boto3.client("lambda"), boto3.client("dynamodb")
machine = states.list_state_machines()["stateMachines"][0]
arn = machine["stateMachineArn"]
seen["machine"] = machine["name"]
seen["account"] = boto3.client("sts").get_caller_identity()["Account"]

execution = execute(states, arn, name="Ada", job=True)
seen["execution"] = {key: execution.get(key) for key in ("status", "output", "error", "cause")}
history = states.get_execution_history(executionArn=execution["executionArn"], maxResults=1000)["events"]
seen["events"] = [event["type"] for event in history]
seen["listed"] = len(states.list_executions(stateMachineArn=arn)["executions"])

failing = execute(states, arn, name="fail", job=True)
seen["failing"] = [failing["status"], failing["error"], json.loads(failing["cause"])["ErrorMessage"]]
logs = boto3.client("logs")
stream = json.loads(failing["cause"])["Id"]
lines = logs.filter_log_events(logGroupName="/aws-glue/jobs/error", logStreamNames=[stream])["events"]
seen["traceback"] = lines[-1]["message"]
tail = logs.get_log_events(logGroupName="/aws-glue/jobs/error", logStreamName=stream, limit=1)["events"]
seen["tail"] = tail[0]["message"] == seen["traceback"]
throwing = execute(states, arn, fail="no")
seen["throwing"] = [throwing["status"], throwing["error"], json.loads(throwing["cause"])["errorMessage"]]

job = machine["name"]
run = glue.start_job_run(JobName=job, Arguments={"--greeting": "by boto3", "--lake": "none"})["JobRunId"]
seen["concurrent"] = code_of(glue.start_job_run, JobName=job)[0]
while glue.get_job_run(JobName=job, RunId=run)["JobRun"]["JobRunState"] in ("STARTING", "RUNNING"):
    time.sleep(0.05)
seen["job_run"] = glue.get_job_run(JobName=job, RunId=run)["JobRun"]["JobRunState"]
seen["job_runs"] = len(glue.get_job_runs(JobName=job)["JobRuns"])

invoked = functions.invoke(FunctionName=f"{job}-greet", Payload=json.dumps({"name": "Bo"}), LogType="Tail")
seen["invoked"] = json.loads(invoked["Payload"].read())["greeting"]
failed = functions.invoke(FunctionName=f"{job}-greet", Payload=json.dumps({"fail": "no"}))
seen["function_error"] = [failed["FunctionError"], json.loads(failed["Payload"].read())["errorType"]]

key = {"pipeline": {"S": "p"}, "item": {"S": "lease"}}
tables.put_item(TableName="penstock-local-ledger", Item={**key, "n": {"N": "1"}})
read = tables.get_item(TableName="penstock-local-ledger", Key=key)
seen["item"] = read["Item"]["n"]
seen["tables"] = tables.list_tables()["TableNames"]

queues = boto3.client("sqs")
queue = queues.get_queue_url(QueueName=f"{job}-dead-letters")["QueueUrl"]
kind = {"kind": {"DataType": "String", "StringValue": "a test"}}
queues.send_message(QueueUrl=queue, MessageBody="é & <b>", MessageAttributes=kind)
received = queues.receive_message(QueueUrl=queue, MessageAttributeNames=["All"])["Messages"][0]
seen["received"] = [received["Body"], received["MessageAttributes"] == kind]
queues.delete_message(QueueUrl=queue, ReceiptHandle=received["ReceiptHandle"])
waiting = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
seen["waiting"] = waiting["ApproximateNumberOfMessages"]
seen["queues"] = [url.rsplit("/", 1)[1] for url in queues.list_queues()["QueueUrls"]]

topic = sns.list_topics()["Topics"][0]["TopicArn"]
attributes = {"kind": {"DataType": "String", "StringValue": "a <test> & more"}}
published = sns.publish(TopicArn=topic, Message="é & <b>", Subject="s", MessageAttributes=attributes)
seen["published"] = bool(published["MessageId"])

secrets = boto3.client("secretsmanager")
name = "penstock-local-pseudonym-key"
secret = secrets.get_secret_value(SecretId=name)["SecretString"]
seen["secret"] = [len(secret), secret == secrets.get_secret_value(SecretId=name)["SecretString"]]

athena = boto3.client("athena")
seen["query"] = run_query(athena, "SELECT count(*) AS n FROM (VALUES 1, 2, 3) AS t (x)")

seen["databases"] = [found["Name"] for found in glue.get_databases()["DatabaseList"]]
seen["refused"] = {
    "glue": code_of(glue.create_database, DatabaseInput={"Name": "x"}),
    "states": code_of(states.describe_execution, executionArn=execution["executionArn"] + "x"),
    "sns": code_of(sns.publish, TopicArn="arn:aws:sns:eu-west-1:000000000000:no", Message="m"),
    "sns action": code_of(sns.list_subscriptions),
    "function": code_of(functions.invoke, FunctionName="no"),
    "function operation": code_of(functions.delete_function, FunctionName="no"),
    "dynamodb": code_of(tables.describe_endpoints),
    "logs": code_of(logs.get_log_events, logGroupName="/aws/lambda/no", logStreamName="local"),
    "queue": code_of(queues.get_queue_url, QueueName="no"),
    "queue operation": code_of(queues.purge_queue, QueueUrl=queue),
    "other": code_of(boto3.client("kinesis").list_streams),
}
json.dump(seen, sys.stdout, indent=1)
