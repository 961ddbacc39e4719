"""A job of the tests' own: two small datasets, whose rows can be worked out on paper."""

from dataclasses import replace

from penstock_runtime.contract import Column, Dataset, Job, Profile, Rule

HEADER = "id,kind,amount,seen,version,person"

_LINEAGE = "_run_id string, _source_file string, _line bigint, _modified timestamp, _row_hash bigint"
_ICEBERG = "USING iceberg TBLPROPERTIES ('format-version' = '2', 'write.wap.enabled' = 'true')"

READINGS = Dataset(
    name="readings",
    description="What was read, newest version first.",
    columns=[
        Column("id", "string", required=True),
        Column("kind", "string", one_of=["solid", "liquid"]),
        Column("amount", "decimal(6,2)", required=True, at_least="0", at_most="100"),
        Column("seen", "date"),
        Column("version", "int", required=True),
        Column("person", "string", pseudonymise=True),
    ],
    primary_key=["id"],
    newest_by=["version"],
    rules=[Rule("a liquid is at least 1", "kind <> 'liquid' OR amount >= 1")],
    table=f"""
        CREATE TABLE IF NOT EXISTS {{table}} (
          id string NOT NULL, kind string, amount decimal(6,2) NOT NULL, seen date, version int NOT NULL,
          person string, {_LINEAGE}
        ) {_ICEBERG}
    """,
    ruleset='Rules = [IsPrimaryKey "id", Mean "amount" <= 90]',
)

PLACES = Dataset(
    name="places",
    description="Where.",
    columns=[Column("place", "string", required=True), Column("name", "string")],
    primary_key=["place"],
    table=f"""
        CREATE TABLE IF NOT EXISTS {{table}} (
          place string NOT NULL, name string, {_LINEAGE}
        ) {_ICEBERG}
    """,
    ruleset='Rules = [IsPrimaryKey "place"]',
)

_PLAIN = Profile(
    name="plain",
    header=HEADER.split(","),
    sql={
        "readings": """
            SELECT
              trim(id) AS id,
              trim(kind) AS kind,
              try_cast(trim(amount) AS decimal(6, 2)) AS amount,
              try_cast(trim(seen) AS date) AS seen,
              try_cast(trim(version) AS int) AS version,
              trim(person) AS person
            FROM raw
        """
    },
    sources={"readings": {name: [name] for name in HEADER.split(",")}},
)

_OF_PLACES = Profile(
    name="of-places",
    header=["Place", "Long Name"],
    sql={"places": "SELECT `Place` AS place, `Long Name` AS name FROM raw"},
    sources={"places": {"place": ["Place"], "name": ["Long Name"]}},
)

PROFILES = [_PLAIN, _OF_PLACES]

SMALL = Job("small", [READINGS], PROFILES)
"""Of one dataset, which most tests are about."""

BOTH = Job("small", [READINGS, PLACES], PROFILES)


def with_most_quarantined(share: float) -> Job:
    return Job("small", [replace(READINGS, most_quarantined=share)], PROFILES)
