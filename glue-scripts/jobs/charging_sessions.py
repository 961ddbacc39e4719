"""EV charging sessions from operators' CSV files, and how well the chargers are used.

Reads the files of one run, sets aside the rows that break the contract, and publishes the others.

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
            "The operator's id of the session, or a hash of operator, charger, connector and start.",
            required=True,
        ),
        Column("operator", "string", "Who runs the charger, and whose ids these are.", required=True),
        Column(
            "site_id",
            "string",
            "The place that chargers stand at: a car park, a depot, an office.",
            required=True,
        ),
        Column("site_name", "string", "The site's name as people know it."),
        Column("charger_id", "string", "The device, which has one connector or more.", required=True),
        Column("charger_model", "string", "The charger's make and model, as the operator writes it."),
        Column(
            "connector_id",
            "string",
            "Which connector of the charger; one charger is one connector where the source doesn't say.",
        ),
        Column(
            "connector_type",
            "string",
            "The plug.",
            one_of=[
                "CCS",
                "CHAdeMO",
                "NACS",
                "Type 1",
                "Type 2",
                "Type 3",
                "GB/T AC",
                "GB/T DC",
                "Domestic socket",
            ],
        ),
        Column(
            "started_at",
            "timestamp",
            "When the car was plugged in.",
            required=True,
            at_least="2010-01-01T00:00:00Z",
            at_most="2037-01-01T00:00:00Z",
        ),
        Column(
            "ended_at",
            "timestamp",
            "When it was unplugged; a session that is still open has none.",
            required=True,
        ),
        Column("time_zone", "string", "The site's IANA time zone, such as Europe/London.", required=True),
        Column(
            "energy_kwh",
            "decimal(10,3)",
            "Energy delivered, in kWh.",
            required=True,
            at_least="0",
            at_most="1000",
        ),
        Column("user_id", "string", "Who charged, as a pseudonym.", pseudonymise=True),
        Column(
            "repaired",
            "string",
            "What was certainly wrong in the source and was put right; empty when nothing was.",
        ),
    ],
    primary_key=["operator", "session_id"],
    newest_by=["energy_kwh"],
    rules=[
        Rule("does not end before it starts", "ended_at >= started_at"),
        Rule("lasts at most 7 days", "ended_at <= started_at + INTERVAL 7 DAYS"),
        Rule(
            "has a known time zone",
            (
                "time_zone IS NULL OR time_zone IN ('UTC', 'America/Chicago', 'America/Denver', "
                "'America/Los_Angeles', 'America/New_York', 'America/Toronto', 'Asia/Kolkata', 'Asia/Seoul', "
                "'Asia/Shanghai', 'Asia/Singapore', 'Asia/Tokyo', 'Australia/Sydney', 'Europe/Amsterdam', "
                "'Europe/Berlin', 'Europe/Brussels', 'Europe/Copenhagen', 'Europe/Dublin', "
                "'Europe/Helsinki', 'Europe/Lisbon', 'Europe/London', 'Europe/Madrid', 'Europe/Oslo', "
                "'Europe/Paris', 'Europe/Rome', 'Europe/Stockholm', 'Europe/Vienna', 'Europe/Warsaw', "
                "'Europe/Zurich') OR (time_zone RLIKE "
                "'^(UTC|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)/.+)$' "
                "AND try_cast(concat('2000-01-01 00:00:00 ', time_zone) AS timestamp) IS NOT NULL)"
            ),
        ),
    ],
    most_quarantined=0.2,
    table=r"""
        CREATE TABLE IF NOT EXISTS {table} (
          session_id string NOT NULL COMMENT 'The operator\'s id of the session, or a hash of operator, charger, connector and start.',
          operator string NOT NULL COMMENT 'Who runs the charger, and whose ids these are.',
          site_id string NOT NULL COMMENT 'The place that chargers stand at: a car park, a depot, an office.',
          site_name string COMMENT 'The site\'s name as people know it.',
          charger_id string NOT NULL COMMENT 'The device, which has one connector or more.',
          charger_model string COMMENT 'The charger\'s make and model, as the operator writes it.',
          connector_id string COMMENT 'Which connector of the charger; one charger is one connector where the source doesn\'t say.',
          connector_type string COMMENT 'The plug.',
          started_at timestamp NOT NULL COMMENT 'When the car was plugged in.',
          ended_at timestamp NOT NULL COMMENT 'When it was unplugged; a session that is still open has none.',
          time_zone string NOT NULL COMMENT 'The site\'s IANA time zone, such as Europe/London.',
          energy_kwh decimal(10,3) NOT NULL COMMENT 'Energy delivered, in kWh.',
          user_id string COMMENT 'Who charged, as a pseudonym.',
          repaired string COMMENT 'What was certainly wrong in the source and was put right; empty when nothing was.',
          _run_id string COMMENT 'The run that wrote this version of the row.',
          _source_file string COMMENT 'The object the row came from, as a key in the lake.',
          _line bigint COMMENT 'The line of that object; its header is line 1.',
          _modified timestamp COMMENT 'When that object was last modified.',
          _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
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
          IsPrimaryKey "operator" "session_id",
          IsComplete "session_id",
          IsComplete "operator",
          IsComplete "site_id",
          IsComplete "charger_id",
          ColumnValues "connector_type" in ["CCS", "CHAdeMO", "NACS", "Type 1", "Type 2", "Type 3", "GB/T AC", "GB/T DC", "Domestic socket"] where "connector_type is not null",
          IsComplete "started_at",
          RowCount = 0 where "started_at < timestamp '2010-01-01T00:00:00Z' or started_at > timestamp '2037-01-01T00:00:00Z'",
          IsComplete "ended_at",
          IsComplete "time_zone",
          IsComplete "energy_kwh",
          ColumnValues "energy_kwh" >= 0,
          ColumnValues "energy_kwh" <= 1000,
          RowCount = 0 where "not (ended_at >= started_at)",
          RowCount = 0 where "not (ended_at <= started_at + INTERVAL 7 DAYS)",
          RowCount = 0 where "not (time_zone IS NULL OR time_zone IN ('UTC', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/New_York', 'America/Toronto', 'Asia/Kolkata', 'Asia/Seoul', 'Asia/Shanghai', 'Asia/Singapore', 'Asia/Tokyo', 'Australia/Sydney', 'Europe/Amsterdam', 'Europe/Berlin', 'Europe/Brussels', 'Europe/Copenhagen', 'Europe/Dublin', 'Europe/Helsinki', 'Europe/Lisbon', 'Europe/London', 'Europe/Madrid', 'Europe/Oslo', 'Europe/Paris', 'Europe/Rome', 'Europe/Stockholm', 'Europe/Vienna', 'Europe/Warsaw', 'Europe/Zurich') OR (time_zone RLIKE '^(UTC|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)/.+)$' AND try_cast(concat('2000-01-01 00:00:00 ', time_zone) AS timestamp) IS NOT NULL))",
          Mean "energy_kwh" >= 0.5,
          Mean "energy_kwh" <= 80
        ]
    """,
)

sites = Dataset(
    name="sites",
    description="What an operator says about a site: optional, and what utilisation is measured against.",
    columns=[
        Column("site_id", "string", "The site, as the sessions name it.", required=True),
        Column("site_name", "string", "The site's name as people know it."),
        Column("time_zone", "string", "The site's IANA time zone, such as Europe/London.", required=True),
        Column(
            "connectors",
            "int",
            "How many cars can charge at once.",
            required=True,
            at_least="1",
            at_most="10000",
        ),
        Column(
            "opens_at",
            "string",
            "When the site opens each day, local time, HH:MM; open all day when empty.",
        ),
        Column("closes_at", "string", "When it closes, on the same day, HH:MM up to 24:00."),
    ],
    primary_key=["site_id"],
    rules=[
        Rule(
            "has a known time zone",
            (
                "time_zone IS NULL OR time_zone IN ('UTC', 'America/Chicago', 'America/Denver', "
                "'America/Los_Angeles', 'America/New_York', 'America/Toronto', 'Asia/Kolkata', 'Asia/Seoul', "
                "'Asia/Shanghai', 'Asia/Singapore', 'Asia/Tokyo', 'Australia/Sydney', 'Europe/Amsterdam', "
                "'Europe/Berlin', 'Europe/Brussels', 'Europe/Copenhagen', 'Europe/Dublin', "
                "'Europe/Helsinki', 'Europe/Lisbon', 'Europe/London', 'Europe/Madrid', 'Europe/Oslo', "
                "'Europe/Paris', 'Europe/Rome', 'Europe/Stockholm', 'Europe/Vienna', 'Europe/Warsaw', "
                "'Europe/Zurich') OR (time_zone RLIKE "
                "'^(UTC|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)/.+)$' "
                "AND try_cast(concat('2000-01-01 00:00:00 ', time_zone) AS timestamp) IS NOT NULL)"
            ),
        ),
        Rule("opens at a time of day", "opens_at RLIKE '^([01][0-9]|2[0-3]):[0-5][0-9]$'"),
        Rule("closes at a time of day", "closes_at RLIKE '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'"),
        Rule("opens before it closes", "coalesce(opens_at, '00:00') < coalesce(closes_at, '24:00')"),
    ],
    most_quarantined=0.2,
    table=r"""
        CREATE TABLE IF NOT EXISTS {table} (
          site_id string NOT NULL COMMENT 'The site, as the sessions name it.',
          site_name string COMMENT 'The site\'s name as people know it.',
          time_zone string NOT NULL COMMENT 'The site\'s IANA time zone, such as Europe/London.',
          connectors int NOT NULL COMMENT 'How many cars can charge at once.',
          opens_at string COMMENT 'When the site opens each day, local time, HH:MM; open all day when empty.',
          closes_at string COMMENT 'When it closes, on the same day, HH:MM up to 24:00.',
          _run_id string COMMENT 'The run that wrote this version of the row.',
          _source_file string COMMENT 'The object the row came from, as a key in the lake.',
          _line bigint COMMENT 'The line of that object; its header is line 1.',
          _modified timestamp COMMENT 'When that object was last modified.',
          _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
        )
        USING iceberg
        COMMENT 'What an operator says about a site: optional, and what utilisation is measured against.'
        TBLPROPERTIES (
          'format-version' = '2',
          'write.format.default' = 'parquet',
          'write.wap.enabled' = 'true'
        )
    """,
    ruleset="""
        Rules = [
          IsPrimaryKey "site_id",
          IsComplete "site_id",
          IsComplete "time_zone",
          IsComplete "connectors",
          ColumnValues "connectors" >= 1,
          ColumnValues "connectors" <= 10000,
          RowCount = 0 where "not (time_zone IS NULL OR time_zone IN ('UTC', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/New_York', 'America/Toronto', 'Asia/Kolkata', 'Asia/Seoul', 'Asia/Shanghai', 'Asia/Singapore', 'Asia/Tokyo', 'Australia/Sydney', 'Europe/Amsterdam', 'Europe/Berlin', 'Europe/Brussels', 'Europe/Copenhagen', 'Europe/Dublin', 'Europe/Helsinki', 'Europe/Lisbon', 'Europe/London', 'Europe/Madrid', 'Europe/Oslo', 'Europe/Paris', 'Europe/Rome', 'Europe/Stockholm', 'Europe/Vienna', 'Europe/Warsaw', 'Europe/Zurich') OR (time_zone RLIKE '^(UTC|(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)/.+)$' AND try_cast(concat('2000-01-01 00:00:00 ', time_zone) AS timestamp) IS NOT NULL))",
          RowCount = 0 where "not (opens_at RLIKE '^([01][0-9]|2[0-3]):[0-5][0-9]$')",
          RowCount = 0 where "not (closes_at RLIKE '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$')",
          RowCount = 0 where "not (coalesce(opens_at, '00:00') < coalesce(closes_at, '24:00'))"
        ]
    """,
)

from_penstock = Profile(
    name="penstock",
    header=[
        "session_id",
        "operator",
        "site_id",
        "site_name",
        "charger_id",
        "charger_model",
        "connector_id",
        "connector_type",
        "started_at",
        "ended_at",
        "time_zone",
        "energy_kwh",
        "user_id",
    ],
    sql={
        "charging_sessions": """
            -- The project's own format. A time says its offset (Z, +01:00): a bare one could be any hour, so it is unparsable. The
            -- first case is what nearly all times look like; Spark reads one without an offset, as UTC, much faster.
            SELECT
              nullif(trim(`session_id`), '') AS session_id,
              nullif(trim(`operator`), '') AS operator,
              nullif(trim(`site_id`), '') AS site_id,
              nullif(trim(`site_name`), '') AS site_name,
              nullif(trim(`charger_id`), '') AS charger_id,
              nullif(trim(`charger_model`), '') AS charger_model,
              nullif(trim(`connector_id`), '') AS connector_id,
              nullif(trim(`connector_type`), '') AS connector_type,
              CASE
                WHEN `started_at` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
                  THEN try_cast(left(`started_at`, 19) AS timestamp)
                WHEN trim(`started_at`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:.*(Z|[+-][0-9]{2}:?[0-9]{2})$'
                  THEN try_cast(trim(`started_at`) AS timestamp)
              END AS started_at,
              CASE
                WHEN `ended_at` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
                  THEN try_cast(left(`ended_at`, 19) AS timestamp)
                WHEN trim(`ended_at`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:.*(Z|[+-][0-9]{2}:?[0-9]{2})$'
                  THEN try_cast(trim(`ended_at`) AS timestamp)
              END AS ended_at,
              nullif(trim(`time_zone`), '') AS time_zone,
              try_cast(trim(`energy_kwh`) AS decimal(10, 3)) AS energy_kwh,
              nullif(trim(`user_id`), '') AS user_id
            FROM raw
        """,
    },
    sources={
        "charging_sessions": {
            "session_id": ["session_id"],
            "operator": ["operator"],
            "site_id": ["site_id"],
            "site_name": ["site_name"],
            "charger_id": ["charger_id"],
            "charger_model": ["charger_model"],
            "connector_id": ["connector_id"],
            "connector_type": ["connector_type"],
            "started_at": ["started_at"],
            "ended_at": ["ended_at"],
            "time_zone": ["time_zone"],
            "energy_kwh": ["energy_kwh"],
            "user_id": ["user_id"],
        },
    },
)

from_perth_kinross = Profile(
    name="perth-kinross",
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
            -- Public chargers of Perth & Kinross Council (OGL v3), dates as DD/MM/YYYY, local time. There is no id of a session,
            -- so it is a hash of operator, charger, connector and local start: never of end or energy, so that an open session
            -- can be completed by a later file. `Connector` is a number, not a type. Sites have names only: the id is the name
            -- in small letters and hyphens.
            WITH read AS (
              SELECT
                nullif(trim(`CP ID`), '') AS charger_id,
                nullif(trim(`Model`), '') AS charger_model,
                nullif(trim(`Connector`), '') AS connector_id,
                nullif(trim(`Site`), '') AS site_name,
                try_to_timestamp(concat(trim(`Start Date`), ' ', trim(`Start Time`)), 'd/M/yyyy H:mm') AS started_local,
                try_to_timestamp(concat(trim(`End Date`), ' ', trim(`End Time`)), 'd/M/yyyy H:mm') AS ended_local,
                try_cast(trim(`Total kWh`) AS decimal(10, 3)) AS energy_kwh
              FROM raw
            )
            SELECT
              sha2(
                concat_ws(
                  '|', 'perth-kinross', charger_id, coalesce(connector_id, ''), date_format(started_local, 'yyyy-MM-dd HH:mm')
                ),
                256
              ) AS session_id,
              'perth-kinross' AS operator,
              trim(BOTH '-' FROM regexp_replace(lower(site_name), '[^a-z0-9]+', '-')) AS site_id,
              site_name,
              charger_id,
              charger_model,
              connector_id,
              to_utc_timestamp(started_local, 'Europe/London') AS started_at,
              to_utc_timestamp(ended_local, 'Europe/London') AS ended_at,
              'Europe/London' AS time_zone,
              energy_kwh
            FROM read
        """,
    },
    sources={
        "charging_sessions": {
            "session_id": ["CP ID", "Connector", "Start Date", "Start Time"],
            "site_id": ["Site"],
            "site_name": ["Site"],
            "charger_id": ["CP ID"],
            "charger_model": ["Model"],
            "connector_id": ["Connector"],
            "started_at": ["Start Date", "Start Time"],
            "ended_at": ["End Date", "End Time"],
            "energy_kwh": ["Total kWh"],
        },
    },
)

from_perth_kinross_iso = Profile(
    name="perth-kinross-iso",
    header=[
        "_id",
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
            -- Public chargers of Perth & Kinross Council (OGL v3), as exported with dates like 2017-08-31T00:00:00 and a row
            -- number. Whoever exported them read DD/MM/YYYY month first wherever that gave a date, so 12 August stands there as
            -- 2017-12-08: a date has two readings, as written and swapped, unless its day is past 12 or is its month's number.
            -- A reading counts when nothing else is possible; the pipeline's README has the evidence. What decides a start:
            --   1. the row itself: it has one reading, or only one of the two has an end within 7 days after it;
            --   2. the rows around it: `_id` counts from the newest start to the oldest, so it lies between those that 1 decided.
            -- An end is the reading within 7 days after the start; its two are 27 days apart or more. Since
            -- start and end depend on each other, it has to be said here which of them is missing.
            -- All else is as in perth-kinross, the id too: a session has one id, in whichever export it comes.
            WITH read AS (
              SELECT
                _file AS file,
                try_cast(trim(`_id`) AS int) AS place,
                nullif(trim(`CP ID`), '') AS charger_id,
                nullif(trim(`Model`), '') AS charger_model,
                nullif(trim(`Connector`), '') AS connector_id,
                nullif(trim(`Site`), '') AS site_name,
                concat(regexp_replace(trim(`Start Date`), 'T00:00:00$', ''), ' ', trim(`Start Time`)) AS started,
                concat(regexp_replace(trim(`End Date`), 'T00:00:00$', ''), ' ', trim(`End Time`)) AS ended,
                try_cast(trim(`Total kWh`) AS decimal(10, 3)) AS energy_kwh
              FROM raw
            ),
            written AS (
              SELECT
                *,
                try_to_timestamp(started, 'yyyy-MM-dd H:mm') AS started_written,
                try_to_timestamp(ended, 'yyyy-MM-dd H:mm') AS ended_written
              FROM read
            ),
            -- a date with one reading has it twice
            readings AS (
              SELECT
                *,
                CASE
                  WHEN started_written IS NOT NULL
                    THEN coalesce(try_to_timestamp(started, 'yyyy-dd-MM H:mm'), started_written)
                END AS started_swapped,
                CASE
                  WHEN ended_written IS NOT NULL THEN coalesce(try_to_timestamp(ended, 'yyyy-dd-MM H:mm'), ended_written)
                END AS ended_swapped
              FROM written
            ),
            ends AS (
              SELECT
                *,
                ended_written BETWEEN started_written AND started_written + INTERVAL 7 DAYS
                OR ended_swapped BETWEEN started_written AND started_written + INTERVAL 7 DAYS AS written_ends,
                ended_written BETWEEN started_swapped AND started_swapped + INTERVAL 7 DAYS
                OR ended_swapped BETWEEN started_swapped AND started_swapped + INTERVAL 7 DAYS AS swapped_ends
              FROM readings
            ),
            alone AS (
              SELECT
                *,
                CASE
                  WHEN started_written = started_swapped THEN started_written
                  WHEN written_ends AND NOT swapped_ends THEN started_written
                  WHEN swapped_ends AND NOT written_ends THEN started_swapped
                END AS sure
              FROM ends
            ),
            -- both windows look back, the second from the end: Spark goes through a window that looks ahead once for every row
            placed AS (
              SELECT
                *,
                coalesce(min(sure) OVER (PARTITION BY file ORDER BY place), TIMESTAMP '9999-01-01 00:00:00') AS latest,
                coalesce(max(sure) OVER (PARTITION BY file ORDER BY place DESC), TIMESTAMP '0001-01-01 00:00:00') AS earliest
              FROM alone
            ),
            -- the order says nothing in a file where it is broken anywhere
            ordered AS (
              SELECT
                *,
                NOT coalesce(max(sure > latest OR place IS NULL) OVER (PARTITION BY file), false) AS is_ordered
              FROM placed
            ),
            decided AS (
              SELECT
                *,
                CASE
                  WHEN sure IS NOT NULL THEN sure
                  WHEN NOT is_ordered THEN NULL
                  WHEN started_written BETWEEN earliest AND latest AND NOT started_swapped BETWEEN earliest AND latest
                    THEN started_written
                  WHEN started_swapped BETWEEN earliest AND latest AND NOT started_written BETWEEN earliest AND latest
                    THEN started_swapped
                END AS started_local
              FROM ordered
            ),
            sessions AS (
              SELECT
                *,
                CASE
                  WHEN ended_written = ended_swapped OR started_local IS NULL THEN ended_written
                  WHEN ended_written BETWEEN started_local AND started_local + INTERVAL 7 DAYS THEN ended_written
                  WHEN ended_swapped BETWEEN started_local AND started_local + INTERVAL 7 DAYS THEN ended_swapped
                END AS ended_local,
                started_local IS NULL AND started_written IS NOT NULL AS is_undecided
              FROM decided
            )
            SELECT
              CASE
                WHEN NOT is_undecided THEN sha2(
                  concat_ws(
                    '|', 'perth-kinross', charger_id, coalesce(connector_id, ''), date_format(started_local, 'yyyy-MM-dd HH:mm')
                  ),
                  256
                )
              END AS session_id,
              'perth-kinross' AS operator,
              trim(BOTH '-' FROM regexp_replace(lower(site_name), '[^a-z0-9]+', '-')) AS site_id,
              site_name,
              charger_id,
              charger_model,
              connector_id,
              to_utc_timestamp(started_local, 'Europe/London') AS started_at,
              to_utc_timestamp(ended_local, 'Europe/London') AS ended_at,
              'Europe/London' AS time_zone,
              energy_kwh,
              nullif(
                concat_ws(
                  '; ',
                  CASE WHEN started_local <> started_written THEN 'started_at: day and month swapped' END,
                  CASE WHEN ended_local <> ended_written THEN 'ended_at: day and month swapped' END
                ),
                ''
              ) AS repaired,
              array(
                CASE
                  WHEN coalesce(trim(started), '') = '' THEN 'started_at: missing'
                  WHEN is_undecided THEN 'started_at: day and month may be swapped, and neither the end nor the rows around decide'
                END,
                CASE
                  WHEN coalesce(trim(ended), '') = '' THEN 'ended_at: missing'
                  WHEN ended_local IS NULL AND ended_written IS NOT NULL
                    THEN 'ended_at: day and month may be swapped, and neither date is within 7 days after the start'
                END
              ) AS _problems
            FROM sessions
        """,
    },
    sources={
        "charging_sessions": {
            "session_id": ["_id", "CP ID", "Connector", "Start Date", "Start Time", "End Date", "End Time"],
            "site_id": ["Site"],
            "site_name": ["Site"],
            "charger_id": ["CP ID"],
            "charger_model": ["Model"],
            "connector_id": ["Connector"],
            "started_at": ["_id", "Start Date", "Start Time", "End Date", "End Time"],
            "ended_at": ["_id", "Start Date", "Start Time", "End Date", "End Time"],
            "energy_kwh": ["Total kWh"],
        },
    },
)

from_sites = Profile(
    name="sites",
    header=["site_id", "site_name", "time_zone", "connectors", "opens_at", "closes_at"],
    sql={
        "sites": """
            -- What the operator says about its sites; optional.
            SELECT
              nullif(trim(`site_id`), '') AS site_id,
              nullif(trim(`site_name`), '') AS site_name,
              nullif(trim(`time_zone`), '') AS time_zone,
              try_cast(trim(`connectors`) AS int) AS connectors,
              nullif(trim(`opens_at`), '') AS opens_at,
              nullif(trim(`closes_at`), '') AS closes_at
            FROM raw
        """,
    },
    sources={
        "sites": {
            "site_id": ["site_id"],
            "site_name": ["site_name"],
            "time_zone": ["time_zone"],
            "connectors": ["connectors"],
            "opens_at": ["opens_at"],
            "closes_at": ["closes_at"],
        },
    },
)

from_workplace = Profile(
    name="workplace",
    header=[
        "sessionId",
        "dollars",
        "created",
        "ended",
        "startTime",
        "endTime",
        "chargeTimeHrs",
        "weekday",
        "platform",
        "distance",
        "userId",
        "stationId",
        "locationId",
        "managerVehicle",
        "facilityType",
        "Mon",
        "Tues",
        "Wed",
        "Thurs",
        "Fri",
        "Sat",
        "Sun",
        "reportedZip",
        "kwhTotal",
    ],
    sql={
        "charging_sessions": """
            -- Workplace chargers (Asensio et al., doi:10.7910/DVN/QF1PMO). sessionId is the publisher's own id, unique in it.
            -- Years are written 0014 and 0015 and mean 2014 and 2015. The publisher gives no zone: the clock on the wall is
            -- taken for UTC. A station has one connector; its type is not said.
            SELECT
              nullif(trim(`sessionId`), '') AS session_id,
              'workplace' AS operator,
              nullif(trim(`locationId`), '') AS site_id,
              nullif(trim(`stationId`), '') AS charger_id,
              try_to_timestamp(regexp_replace(trim(`created`), '^00', '20'), 'yyyy-MM-dd HH:mm:ss') AS started_at,
              try_to_timestamp(regexp_replace(trim(`ended`), '^00', '20'), 'yyyy-MM-dd HH:mm:ss') AS ended_at,
              'UTC' AS time_zone,
              try_cast(trim(`kwhTotal`) AS decimal(10, 3)) AS energy_kwh,
              nullif(trim(`userId`), '') AS user_id,
              nullif(
                concat_ws(
                  '; ',
                  CASE WHEN trim(`created`) RLIKE '^00' THEN 'started_at: century added' END,
                  CASE WHEN trim(`ended`) RLIKE '^00' THEN 'ended_at: century added' END
                ),
                ''
              ) AS repaired
            FROM raw
        """,
    },
    sources={
        "charging_sessions": {
            "session_id": ["sessionId"],
            "site_id": ["locationId"],
            "charger_id": ["stationId"],
            "started_at": ["created"],
            "ended_at": ["ended"],
            "energy_kwh": ["kwhTotal"],
            "user_id": ["userId"],
        },
    },
)

if __name__ == "__main__":
    run(
        Job(
            pipeline="charging-sessions",
            datasets=[charging_sessions, sites],
            profiles=[from_penstock, from_perth_kinross, from_perth_kinross_iso, from_sites, from_workplace],
        ),
    )
