"""Charging sessions: CSV files in, one Iceberg table out.

Generated from packages/pipelines/charging-sessions; do not edit.
"""

from penstock_runtime.contract import Column, Dataset, Job, Profile, Rule
from penstock_runtime.run import run

charging_sessions = Dataset(
    name="charging_sessions",
    description="A completed charging session, one row each.",
    columns=[
        Column(
            "session_id",
            "string",
            "Operator's id, or a hash of operator, charger, connector and start.",
            required=True,
        ),
        Column("site_id", "string", required=True),
        Column("charger_id", "string", required=True),
        Column("connector_id", "string"),
        Column("connector_type", "string", one_of=["CCS", "CHAdeMO", "Type 2"]),
        Column("started_at", "timestamp", required=True),
        Column("ended_at", "timestamp", required=True),
        Column("energy_kwh", "decimal(10,3)", required=True, at_least="0", at_most="1000"),
        Column("user_id", "string", pseudonymise=True),
    ],
    primary_key=["session_id"],
    newest_by=["energy_kwh"],
    rules=[
        Rule("does not end before it starts", "ended_at >= started_at"),
        Rule("lasts at most 7 days", "ended_at <= started_at + interval 7 days"),
    ],
    most_quarantined=0.2,
    table="""
        CREATE TABLE IF NOT EXISTS {catalog}.{database}.charging_sessions (
          session_id string NOT NULL COMMENT 'Operator\\'s id, or a hash of operator, charger, connector and start.',
          site_id string NOT NULL,
          charger_id string NOT NULL,
          connector_id string,
          connector_type string,
          started_at timestamp NOT NULL,
          ended_at timestamp NOT NULL,
          energy_kwh decimal(10,3) NOT NULL,
          user_id string,
          _run_id string COMMENT 'The run that wrote this version of the row.',
          _file string COMMENT 'The object the row came from, as a key in the lake.',
          _line bigint COMMENT 'The row\\'s line in that object; the header is line 1.',
          _modified timestamp COMMENT 'When that object was last modified.',
          _row_hash bigint COMMENT 'A hash of the contract\\'s columns: equal means unchanged.'
        )
        USING iceberg
        PARTITIONED BY (months(started_at))
        COMMENT 'A completed charging session, one row each.'
        TBLPROPERTIES (
          'format-version' = '2',
          'write.format.default' = 'parquet',
          'write.wap.enabled' = 'true'
        )
    """,
    ruleset="""
        Rules = [
          IsPrimaryKey "session_id",
          IsComplete "session_id",
          IsComplete "site_id",
          IsComplete "charger_id",
          ColumnValues "connector_type" in ["CCS", "CHAdeMO", "Type 2"] where "connector_type is not null",
          IsComplete "started_at",
          IsComplete "ended_at",
          IsComplete "energy_kwh",
          ColumnValues "energy_kwh" >= 0,
          ColumnValues "energy_kwh" <= 1000,
          CustomSql "select count(*) from primary where not (ended_at >= started_at)" = 0,
          CustomSql "select count(*) from primary where not (ended_at <= started_at + interval 7 days)" = 0,
          Mean "energy_kwh" >= 0.5,
          Mean "energy_kwh" <= 80
        ]
    """,
)

own = Profile(
    name="own",
    header=[
        "session_id",
        "site_id",
        "charger_id",
        "connector_id",
        "connector_type",
        "started_at",
        "ended_at",
        "energy_kwh",
        "user_id",
    ],
    sql={
        "charging_sessions": """
            SELECT
              session_id,
              site_id,
              charger_id,
              connector_id,
              connector_type,
              try_to_timestamp(started_at) AS started_at,
              try_to_timestamp(ended_at) AS ended_at,
              try_cast(energy_kwh AS decimal(10,3)) AS energy_kwh,
              user_id
            FROM raw
        """,
    },
    sources={
        "charging_sessions": {
            "session_id": ["session_id"],
            "site_id": ["site_id"],
            "charger_id": ["charger_id"],
            "connector_id": ["connector_id"],
            "connector_type": ["connector_type"],
            "started_at": ["started_at"],
            "ended_at": ["ended_at"],
            "energy_kwh": ["energy_kwh"],
            "user_id": ["user_id"],
        },
    },
)

perth_dmy = Profile(
    name="perth-dmy",
    header=[
        "CP ID",
        "Connector",
        "Start Date",
        "Start Time",
        "End Date",
        "End Time",
        "Total kWh",
        "Site",
        "Model",
    ],
    sql={
        "charging_sessions": """
            SELECT
              sha2(concat_ws('|', 'perth-kinross', trim(`CP ID`), trim(Connector), `Start Date`, `Start Time`), 256) AS session_id,
              trim(Site) AS site_id,
              trim(`CP ID`) AS charger_id,
              trim(Connector) AS connector_id,
              CAST(NULL AS string) AS connector_type,
              to_utc_timestamp(try_to_timestamp(concat(`Start Date`, ' ', `Start Time`), 'dd/MM/yyyy HH:mm'), 'Europe/London') AS started_at,
              to_utc_timestamp(try_to_timestamp(concat(`End Date`, ' ', `End Time`), 'dd/MM/yyyy HH:mm'), 'Europe/London') AS ended_at,
              try_cast(`Total kWh` AS decimal(10,3)) AS energy_kwh,
              CAST(NULL AS string) AS user_id
            FROM raw
        """,
    },
    sources={
        "charging_sessions": {
            "site_id": ["Site"],
            "charger_id": ["CP ID"],
            "connector_id": ["Connector"],
            "started_at": ["Start Date", "Start Time"],
            "ended_at": ["End Date", "End Time"],
            "energy_kwh": ["Total kWh"],
        },
    },
)

if __name__ == "__main__":
    run(Job(pipeline="charging-sessions", datasets=[charging_sessions], profiles=[own, perth_dmy]))
