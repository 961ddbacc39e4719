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
