"""Energy that sites generate and consume every five minutes, and what is odd about it.

Reads the files of one run, sets aside the rows that break the contract, and publishes the others.

Generated from packages/pipelines/energy; do not edit.
"""

from penstock_runtime.contract import Column, Dataset, Job, Profile, Rule
from penstock_runtime.run import run

energy_readings = Dataset(
    name="energy_readings",
    description="What a site generated and consumed in one interval, one row each.",
    columns=[
        Column("site_id", "string", "The site, as in the pipeline's configuration.", required=True),
        Column("timestamp", "timestamp", "The instant that the source gives the interval.", required=True),
        Column(
            "energy_generated_kwh",
            "decimal(14,4)",
            "Generated in the interval; a negative value is an anomaly.",
            required=True,
        ),
        Column(
            "energy_consumed_kwh",
            "decimal(14,4)",
            "Consumed in the interval; a negative value is an anomaly.",
            required=True,
        ),
        Column("net_energy_kwh", "decimal(14,4)", "Generated less consumed.", required=True),
    ],
    primary_key=["site_id", "timestamp"],
    rules=[
        Rule(
            "site is known",
            (
                "site_id IN ('site-alpha-pv-farm-01', 'site-bravo-wind-farm-01', 'site-charlie-battery-01', "
                "'site-delta-office-01', 'site-echo-pv-farm-01', 'ausgrid-home', 'citylearn-building-1', "
                "'citylearn-building-2', 'citylearn-building-3', 'citylearn-building-4', "
                "'citylearn-building-5')"
            ),
        ),
        Rule("whole second", "`timestamp` = date_trunc('SECOND', `timestamp`)"),
    ],
    most_quarantined=0.5,
    table=r"""
        CREATE TABLE IF NOT EXISTS {table} (
          site_id string NOT NULL COMMENT 'The site, as in the pipeline\'s configuration.',
          timestamp timestamp NOT NULL COMMENT 'The instant that the source gives the interval.',
          energy_generated_kwh decimal(14,4) NOT NULL COMMENT 'Generated in the interval; a negative value is an anomaly.',
          energy_consumed_kwh decimal(14,4) NOT NULL COMMENT 'Consumed in the interval; a negative value is an anomaly.',
          net_energy_kwh decimal(14,4) NOT NULL COMMENT 'Generated less consumed.',
          _run_id string COMMENT 'The run that wrote this version of the row.',
          _source_file string COMMENT 'The object the row came from, as a key in the lake.',
          _line bigint COMMENT 'The line of that object; its header is line 1.',
          _modified timestamp COMMENT 'When that object was last modified.',
          _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
        )
        USING iceberg
        PARTITIONED BY (months(timestamp))
        COMMENT 'What a site generated and consumed in one interval, one row each.'
        TBLPROPERTIES (
          'format-version' = '2',
          'write.format.default' = 'parquet',
          'write.wap.enabled' = 'true'
        )
    """,
    ruleset="""
        Rules = [
          IsPrimaryKey "site_id" "timestamp",
          IsComplete "site_id",
          IsComplete "timestamp",
          IsComplete "energy_generated_kwh",
          IsComplete "energy_consumed_kwh",
          IsComplete "net_energy_kwh",
          RowCount = 0 where "not (site_id IN ('site-alpha-pv-farm-01', 'site-bravo-wind-farm-01', 'site-charlie-battery-01', 'site-delta-office-01', 'site-echo-pv-farm-01', 'ausgrid-home', 'citylearn-building-1', 'citylearn-building-2', 'citylearn-building-3', 'citylearn-building-4', 'citylearn-building-5'))",
          RowCount = 0 where "not (`timestamp` = date_trunc('SECOND', `timestamp`))"
        ]
    """,
)

energy_anomalies = Dataset(
    name="energy_anomalies",
    description="What was found odd about a reading, one row each.",
    columns=[
        Column("site_id", "string", "The reading's site.", required=True),
        Column("timestamp", "timestamp", "The reading's time.", required=True),
        Column(
            "anomaly",
            "boolean",
            "Whether it is one; false when it was, and is none any more.",
            required=True,
        ),
        Column("reasons", "string", "Codes of what is odd, separated by commas; empty when nothing is."),
        Column("assessed_at", "timestamp", "When that was found; the newest finding stands.", required=True),
    ],
    primary_key=["site_id", "timestamp"],
    newest_by=["assessed_at"],
    rules=[
        Rule(
            "site is known",
            (
                "site_id IN ('site-alpha-pv-farm-01', 'site-bravo-wind-farm-01', 'site-charlie-battery-01', "
                "'site-delta-office-01', 'site-echo-pv-farm-01', 'ausgrid-home', 'citylearn-building-1', "
                "'citylearn-building-2', 'citylearn-building-3', 'citylearn-building-4', "
                "'citylearn-building-5')"
            ),
        ),
        Rule("whole second", "`timestamp` = date_trunc('SECOND', `timestamp`)"),
    ],
    most_quarantined=0.5,
    table=r"""
        CREATE TABLE IF NOT EXISTS {table} (
          site_id string NOT NULL COMMENT 'The reading\'s site.',
          timestamp timestamp NOT NULL COMMENT 'The reading\'s time.',
          anomaly boolean NOT NULL COMMENT 'Whether it is one; false when it was, and is none any more.',
          reasons string COMMENT 'Codes of what is odd, separated by commas; empty when nothing is.',
          assessed_at timestamp NOT NULL COMMENT 'When that was found; the newest finding stands.',
          _run_id string COMMENT 'The run that wrote this version of the row.',
          _source_file string COMMENT 'The object the row came from, as a key in the lake.',
          _line bigint COMMENT 'The line of that object; its header is line 1.',
          _modified timestamp COMMENT 'When that object was last modified.',
          _row_hash bigint COMMENT 'A hash of the columns of the contract: equal means unchanged.'
        )
        USING iceberg
        PARTITIONED BY (months(timestamp))
        COMMENT 'What was found odd about a reading, one row each.'
        TBLPROPERTIES (
          'format-version' = '2',
          'write.format.default' = 'parquet',
          'write.wap.enabled' = 'true'
        )
    """,
    ruleset="""
        Rules = [
          IsPrimaryKey "site_id" "timestamp",
          IsComplete "site_id",
          IsComplete "timestamp",
          IsComplete "anomaly",
          IsComplete "assessed_at",
          RowCount = 0 where "not (site_id IN ('site-alpha-pv-farm-01', 'site-bravo-wind-farm-01', 'site-charlie-battery-01', 'site-delta-office-01', 'site-echo-pv-farm-01', 'ausgrid-home', 'citylearn-building-1', 'citylearn-building-2', 'citylearn-building-3', 'citylearn-building-4', 'citylearn-building-5'))",
          RowCount = 0 where "not (`timestamp` = date_trunc('SECOND', `timestamp`))"
        ]
    """,
)

from_anomalies = Profile(
    name="anomalies",
    header=["site_id", "timestamp", "anomaly", "reasons", "assessed_at"],
    sql={
        "energy_anomalies": """
            -- What the processing of readings found, one object a line.
            SELECT
              nullif(trim(`site_id`), '') AS site_id,
              CASE
                WHEN `timestamp` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
                  THEN try_cast(left(`timestamp`, 19) AS timestamp)
              END AS `timestamp`,
              try_cast(trim(`anomaly`) AS boolean) AS anomaly,
              nullif(trim(`reasons`), '') AS reasons,
              CASE
                WHEN `assessed_at` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$'
                  THEN try_cast(left(`assessed_at`, 23) AS timestamp)
              END AS assessed_at
            FROM raw
        """,
    },
    sources={
        "energy_anomalies": {
            "site_id": ["site_id"],
            "timestamp": ["timestamp"],
            "anomaly": ["anomaly"],
            "reasons": ["reasons"],
            "assessed_at": ["assessed_at"],
        },
    },
    format="json",
    folder="anomalies/",
)

from_ausgrid = Profile(
    name="ausgrid",
    header=["_1", "GC", "GG"],
    sql={
        "energy_readings": """
            -- A home in Ausgrid's network (CC BY 4.0), half-hours by the clock on the wall in Sydney, each named by its beginning:
            -- GC is what it consumed, GG what its panels generated, in kWh. The first column has no name.
            -- Every day has 48 half-hours, those on which the clock changes too. In October the hour that is skipped is filled with
            -- noughts: no such half-hours were, so they are refused. In April the hour that comes twice has one row for both times,
            -- with about twice what its neighbours have: it is the sum, so each time is given half, the second what is left after
            -- rounding.
            WITH read AS (
              SELECT
                try_to_timestamp(trim(`_1`), 'yyyy-MM-dd HH:mm:ss') AS read_local,
                to_utc_timestamp(try_to_timestamp(trim(`_1`), 'yyyy-MM-dd HH:mm:ss'), 'Australia/Sydney') AS first_at,
                try_cast(trim(`GG`) AS decimal(14, 4)) AS generated,
                try_cast(trim(`GC`) AS decimal(14, 4)) AS consumed
              FROM raw
            ),
            timed AS (
              SELECT
                *,
                from_utc_timestamp(first_at, 'Australia/Sydney') <> read_local AS is_skipped,
                from_utc_timestamp(first_at + INTERVAL 1 HOUR, 'Australia/Sydney') = read_local AS is_twice
              FROM read
            ),
            halves AS (
              SELECT
                is_skipped,
                first_at AS read_at,
                generated AS energy_generated_kwh,
                consumed AS energy_consumed_kwh
              FROM timed
              WHERE NOT coalesce(is_twice, false)
              UNION ALL
              SELECT
                is_skipped,
                first_at AS read_at,
                CAST(generated / 2 AS decimal(14, 4)) AS energy_generated_kwh,
                CAST(consumed / 2 AS decimal(14, 4)) AS energy_consumed_kwh
              FROM timed
              WHERE is_twice
              UNION ALL
              SELECT
                is_skipped,
                first_at + INTERVAL 1 HOUR AS read_at,
                generated - CAST(generated / 2 AS decimal(14, 4)) AS energy_generated_kwh,
                consumed - CAST(consumed / 2 AS decimal(14, 4)) AS energy_consumed_kwh
              FROM timed
              WHERE is_twice
            )
            SELECT
              'ausgrid-home' AS site_id,
              read_at AS `timestamp`,
              energy_generated_kwh,
              energy_consumed_kwh,
              -- a reading that lacks one of the two is refused for that alone
              coalesce(energy_generated_kwh - energy_consumed_kwh, 0) AS net_energy_kwh,
              array(CASE WHEN is_skipped THEN 'timestamp: in the hour that daylight saving skips' END) AS _problems
            FROM halves
        """,
    },
    sources={
        "energy_readings": {
            "timestamp": ["_1"],
            "energy_generated_kwh": ["GG"],
            "energy_consumed_kwh": ["GC"],
            "net_energy_kwh": ["GC", "GG"],
        },
    },
)

from_citylearn = Profile(
    name="citylearn",
    header=[
        "month",
        "hour",
        "day_type",
        "daylight_savings_status",
        "indoor_dry_bulb_temperature",
        "average_unmet_cooling_setpoint_difference",
        "indoor_relative_humidity",
        "non_shiftable_load",
        "dhw_demand",
        "cooling_demand",
        "heating_demand",
        "solar_generation",
    ],
    sql={
        "energy_readings": """
            -- Buildings of the CityLearn challenge 2022 (MIT): hours of one year in Fontana, California, a file a building, which
            -- only the file's name tells. There is no time, only month, hour 1 to 24 and day of the week (1 is Monday), so a row is
            -- known by its line. The rows are whole days by the clock on the wall from 1 August 2016 to 31 July 2017, the only year
            -- in which these days of the week fit; an hour names the instant at which it begins, and midnight is hour 24 of the day
            -- before. The sun says so, too: generation centres on 12:50 in August and 11:30 in November. A row that
            -- does not have the month, hour and day of its line is refused, since it may be of any time.
            -- Every day has 24 hours: the one that is skipped in March has made-up values and is refused; of the one that comes
            -- twice in November there is one row, taken for the first time.
            -- `solar_generation` is in W per kW of panels (citylearn.net: Data Files), so that it is multiplied by what the building
            -- has, of the challenge's schema.json: 4 kW, building 4 has 5. `non_shiftable_load` is in kWh, the building's meter.
            -- Heat and cold are no electricity, and nought in these files.
            WITH read AS (
              SELECT
                nullif(regexp_extract(_file, 'Building_([0-9]+)[^/]*$', 1), '') AS building,
                timestampadd(HOUR, CAST(_line AS int) - 2, TIMESTAMP '2016-08-01 00:00:00') AS read_local,
                try_cast(trim(`month`) AS int) AS month_given,
                try_cast(trim(`hour`) AS int) AS hour_given,
                try_cast(trim(`day_type`) AS int) AS day_given,
                try_cast(trim(`solar_generation`) AS decimal(18, 9)) AS watts_per_kw,
                try_cast(trim(`non_shiftable_load`) AS decimal(14, 4)) AS consumed
              FROM raw
            ),
            timed AS (
              SELECT
                *,
                to_utc_timestamp(read_local, 'America/Los_Angeles') AS read_at,
                CAST(watts_per_kw * if(building = '4', 5, 4) / 1000 AS decimal(14, 4)) AS generated,
                -- midnight belongs to the day before
                read_local - INTERVAL 1 HOUR AS hour_before
              FROM read
            )
            SELECT
              concat('citylearn-building-', building) AS site_id,
              read_at AS `timestamp`,
              generated AS energy_generated_kwh,
              consumed AS energy_consumed_kwh,
              -- a reading that lacks one of the two is refused for that alone
              coalesce(generated - consumed, 0) AS net_energy_kwh,
              array(
                CASE WHEN building IS NULL THEN 'site_id: the name of the file is not Building_1.csv or the like' END,
                CASE
                  WHEN coalesce(month_given <> month(hour_before), true)
                    OR coalesce(hour_given <> hour(hour_before) + 1, true)
                    OR coalesce(day_given <> weekday(hour_before) + 1, true)
                    OR read_local >= TIMESTAMP '2017-08-01 00:00:00'
                    THEN 'timestamp: not the hour of this line in the year from August 2016'
                  WHEN from_utc_timestamp(read_at, 'America/Los_Angeles') <> read_local
                    THEN 'timestamp: in the hour that daylight saving skips'
                END
              ) AS _problems
            FROM timed
        """,
    },
    sources={
        "energy_readings": {
            "timestamp": ["hour"],
            "energy_generated_kwh": ["solar_generation"],
            "energy_consumed_kwh": ["non_shiftable_load"],
            "net_energy_kwh": ["non_shiftable_load", "solar_generation"],
        },
    },
)

from_readings = Profile(
    name="readings",
    header=["site_id", "timestamp", "energy_generated_kwh", "energy_consumed_kwh"],
    sql={
        "energy_readings": """
            -- The project's own format. A time says its offset (Z, +01:00): a bare one could be any hour, so it is unparsable. The
            -- first case is what nearly all times look like; Spark reads one without an offset, as UTC, much faster.
            WITH read AS (
              SELECT
                nullif(trim(`site_id`), '') AS site_id,
                CASE
                  WHEN `timestamp` RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
                    THEN try_cast(left(`timestamp`, 19) AS timestamp)
                  WHEN trim(`timestamp`) RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}:){2}[0-9]{2}([.][0-9]{1,6}0*)? *(Z|[+-][0-9]{2}:?[0-9]{2})$'
                    THEN try_cast(trim(`timestamp`) AS timestamp)
                END AS read_at,
                try_cast(trim(`energy_generated_kwh`) AS decimal(14, 4)) AS energy_generated_kwh,
                try_cast(trim(`energy_consumed_kwh`) AS decimal(14, 4)) AS energy_consumed_kwh
              FROM raw
            )
            SELECT
              site_id,
              CASE WHEN year(read_at) BETWEEN 1 AND 9999 THEN read_at END AS `timestamp`,
              energy_generated_kwh,
              energy_consumed_kwh,
              -- a reading that lacks one of the two is refused for that alone
              coalesce(energy_generated_kwh - energy_consumed_kwh, 0) AS net_energy_kwh
            FROM read
        """,
    },
    sources={
        "energy_readings": {
            "site_id": ["site_id"],
            "timestamp": ["timestamp"],
            "energy_generated_kwh": ["energy_generated_kwh"],
            "energy_consumed_kwh": ["energy_consumed_kwh"],
            "net_energy_kwh": ["energy_generated_kwh", "energy_consumed_kwh"],
        },
    },
    format="json",
)

if __name__ == "__main__":
    run(
        Job(
            pipeline="energy",
            datasets=[energy_readings, energy_anomalies],
            profiles=[from_anomalies, from_ausgrid, from_citylearn, from_readings],
        ),
    )
