-- Trino, Date and time functions > Truncation function: the values of its table
SELECT date_trunc('millisecond', t), date_trunc('second', t), date_trunc('minute', t), date_trunc('hour', t), date_trunc('day', t), date_trunc('week', t), date_trunc('month', t), date_trunc('quarter', t), date_trunc('year', t) FROM (VALUES TIMESTAMP '2001-08-22 03:04:05.321') AS x (t)
--: timestamp(3) | timestamp(3) | timestamp(3) | timestamp(3) | timestamp(3) | timestamp(3) | timestamp(3) | timestamp(3) | timestamp(3)
--> 2001-08-22 03:04:05.321 | 2001-08-22 03:04:05.000 | 2001-08-22 03:04:00.000 | 2001-08-22 03:00:00.000 | 2001-08-22 00:00:00.000 | 2001-08-20 00:00:00.000 | 2001-08-01 00:00:00.000 | 2001-07-01 00:00:00.000 | 2001-01-01 00:00:00.000

SELECT date_trunc('month', DATE '2022-10-20'), date_trunc('week', DATE '2022-10-20'), date_trunc('DAY', TIMESTAMP '2022-10-20 05:10:00 UTC')
--: date | date | timestamp(0) with time zone
--> 2022-10-01 | 2022-10-17 | 2022-10-20 00:00:00 UTC

SELECT date_trunc('hour', DATE '2022-10-20')
--! INVALID_ARGUMENT: 'hour' is not a valid DATE field

SELECT date_trunc('fortnight', TIMESTAMP '2022-10-20 05:10:00')
--! INVALID_ARGUMENT: 'fortnight' is not a valid unit for date_trunc

-- a day begins where the zone's clocks show midnight; an hour of the doubled one stays in its own half
SELECT date_trunc('day', TIMESTAMP '2021-07-01 23:30:00 UTC' AT TIME ZONE 'Europe/London'), date_trunc('hour', TIMESTAMP '2021-10-31 00:30:00 UTC' AT TIME ZONE 'Europe/London'), date_trunc('hour', TIMESTAMP '2021-10-31 01:30:00 UTC' AT TIME ZONE 'Europe/London'), date_trunc('hour', TIMESTAMP '2021-07-01 12:40:00 UTC' AT TIME ZONE 'Asia/Kolkata')
--: timestamp(0) with time zone | timestamp(0) with time zone | timestamp(0) with time zone | timestamp(0) with time zone
--> 2021-07-02 00:00:00 Europe/London | 2021-10-31 01:00:00 Europe/London | 2021-10-31 01:00:00 Europe/London | 2021-07-01 18:00:00 Asia/Kolkata

SELECT to_unixtime(date_trunc('hour', TIMESTAMP '2021-10-31 00:30:00 UTC' AT TIME ZONE 'Europe/London')), to_unixtime(date_trunc('hour', TIMESTAMP '2021-10-31 01:30:00 UTC' AT TIME ZONE 'Europe/London'))
--: double | double
--> 1.6356384E9 | 1.635642E9

-- Trino, Interval functions: complete units only
SELECT date_diff('second', TIMESTAMP '2020-03-01 00:00:00', TIMESTAMP '2020-03-02 00:00:00'), date_diff('hour', TIMESTAMP '2020-03-01 00:00:00 UTC', TIMESTAMP '2020-03-02 00:00:00 UTC'), date_diff('day', DATE '2020-03-01', DATE '2020-03-02'), date_diff('millisecond', TIMESTAMP '2020-06-01 12:30:45.000000', TIMESTAMP '2020-06-02 12:30:45.123456')
--: bigint | bigint | bigint | bigint
--> 86400 | 24 | 1 | 86400123

-- not how often midnight or the first of a month lies between
SELECT date_diff('day', TIMESTAMP '2020-01-01 23:00', TIMESTAMP '2020-01-02 22:00'), date_diff('day', TIMESTAMP '2020-01-01 23:00', TIMESTAMP '2020-01-02 23:00'), date_diff('hour', TIMESTAMP '2020-01-01 00:59', TIMESTAMP '2020-01-01 01:01'), date_diff('minute', TIMESTAMP '2020-01-01 00:02', TIMESTAMP '2020-01-01 00:00:30'), date_diff('week', DATE '2020-01-01', DATE '2020-01-14'), date_diff('quarter', DATE '2020-01-15', DATE '2020-10-14')
--: bigint | bigint | bigint | bigint | bigint | bigint
--> 0 | 1 | 0 | -1 | 1 | 2

-- Joda's getDifference: the last day of a month completes it
SELECT date_diff('month', DATE '2020-01-31', DATE '2020-02-29'), date_diff('month', DATE '2020-01-30', DATE '2020-02-29'), date_diff('month', DATE '2020-01-30', DATE '2020-02-28'), date_diff('month', DATE '2020-02-29', DATE '2020-03-31'), date_diff('month', DATE '2020-03-31', DATE '2020-02-29'), date_diff('month', TIMESTAMP '2020-01-31 10:00', TIMESTAMP '2020-02-29 09:00'), date_diff('year', DATE '2019-03-01', DATE '2020-02-29'), date_diff('year', DATE '2020-02-29', DATE '2021-02-28'), date_diff('month', DATE '2020-05-15', DATE '2020-01-14')
--: bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint
--> 1 | 1 | 0 | 1 | -1 | 0 | 0 | 1 | -4

-- days by the first one's clocks, hours along the time line
SELECT date_diff('day', TIMESTAMP '2021-03-27 12:00 Europe/London', TIMESTAMP '2021-03-28 12:00 Europe/London'), date_diff('hour', TIMESTAMP '2021-03-27 12:00 Europe/London', TIMESTAMP '2021-03-28 12:00 Europe/London')
--: bigint | bigint
--> 1 | 23

SELECT date_add('second', 86, TIMESTAMP '2020-03-01 00:00:00'), date_add('hour', 9, TIMESTAMP '2020-03-01 00:00:00'), date_add('day', -1, TIMESTAMP '2020-03-01 00:00:00 UTC'), date_add('month', 1, DATE '2020-01-31'), date_add('quarter', 1, DATE '2020-01-31'), date_add('week', 2, DATE '2020-01-31'), date_add('year', -1, DATE '2020-02-29')
--: timestamp(0) | timestamp(0) | timestamp(0) with time zone | date | date | date | date
--> 2020-03-01 00:01:26 | 2020-03-01 09:00:00 | 2020-02-29 00:00:00 UTC | 2020-02-29 | 2020-04-30 | 2020-02-14 | 2019-02-28

SELECT date_add('hour', 1, DATE '2020-01-31')
--! INVALID_ARGUMENT: 'hour' is not a valid DATE field

-- Trino, Extraction: ISO weeks, Monday is 1
SELECT year(t), quarter(t), month(t), week(t), week_of_year(t), year_of_week(t), yow(t), day(t), day_of_month(t), day_of_week(t), dow(t), day_of_year(t), doy(t), hour(t), minute(t), second(t), millisecond(t) FROM (VALUES TIMESTAMP '2021-01-03 04:05:06.789') AS x (t)
--: bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint
--> 2021 | 1 | 1 | 53 | 53 | 2020 | 2020 | 3 | 3 | 7 | 7 | 3 | 3 | 4 | 5 | 6 | 789

SELECT extract(YEAR FROM t), extract(MONTH FROM t), extract(DAY FROM t), extract(HOUR FROM t), extract(MINUTE FROM t), extract(SECOND FROM t), extract(DOW FROM t), extract(DAY_OF_WEEK FROM t), extract(DOY FROM t), extract(QUARTER FROM t), extract(WEEK FROM t) FROM (VALUES TIMESTAMP '2021-01-03 04:05:06.789') AS x (t)
--: bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint
--> 2021 | 1 | 3 | 4 | 5 | 6 | 7 | 7 | 3 | 1 | 53

SELECT hour(TIMESTAMP '2021-07-01 23:30:00 UTC' AT TIME ZONE 'Europe/London'), day(TIMESTAMP '2021-07-01 23:30:00 UTC' AT TIME ZONE 'Europe/London'), day_of_week(DATE '2021-07-02'), last_day_of_month(DATE '2020-02-05'), last_day_of_month(TIMESTAMP '2021-02-05 10:00:00')
--: bigint | bigint | bigint | date | date
--> 0 | 2 | 5 | 2020-02-29 | 2021-02-28

SELECT hour(DATE '2021-01-01')
--! TYPE_MISMATCH: hour wants a timestamp, found date

SELECT day(i), hour(i), minute(i), second(i), millisecond(i), to_milliseconds(i), year(m), month(m) FROM (VALUES (INTERVAL '93784.5' SECOND, INTERVAL '14' MONTH)) AS x (i, m)
--: bigint | bigint | bigint | bigint | bigint | bigint | bigint | bigint
--> 1 | 2 | 3 | 4 | 500 | 93784500 | 1 | 2

-- TestDateTimeFunctions.testFromUnixTimeWithTimeZone
SELECT from_unixtime(7200, 'Asia/Shanghai'), from_unixtime(7200, 'Europe/Moscow'), from_unixtime(7200, 'America/New_York'), from_unixtime(0.5), from_unixtime(1e9)
--: timestamp(3) with time zone | timestamp(3) with time zone | timestamp(3) with time zone | timestamp(3) with time zone | timestamp(3) with time zone
--> 1970-01-01 10:00:00.000 Asia/Shanghai | 1970-01-01 05:00:00.000 Europe/Moscow | 1969-12-31 21:00:00.000 America/New_York | 1970-01-01 00:00:00.500 UTC | 2001-09-09 01:46:40.000 UTC

SELECT to_unixtime(TIMESTAMP '2001-09-09 01:46:40 UTC'), to_unixtime(TIMESTAMP '1970-01-01 00:00:00.500'), to_unixtime(TIMESTAMP '2020-07-01 01:00:00 Europe/London')
--: double | double | double
--> 1.0E9 | 0.5 | 1.5935616E9

-- Trino, Time zone conversion
SELECT timestamp '2012-10-31 01:00 UTC' AT TIME ZONE 'America/Los_Angeles', at_timezone(TIMESTAMP '2012-10-31 01:00:00.000 UTC', 'America/Los_Angeles'), with_timezone(TIMESTAMP '2022-11-01 09:08:07.321', 'America/Los_Angeles'), at_timezone(TIMESTAMP '2022-11-01 09:08:07.321', 'America/Los_Angeles')
--: timestamp(0) with time zone | timestamp(3) with time zone | timestamp(3) with time zone | timestamp(3) with time zone
--> 2012-10-30 18:00:00 America/Los_Angeles | 2012-10-30 18:00:00.000 America/Los_Angeles | 2022-11-01 09:08:07.321 America/Los_Angeles | 2022-11-01 02:08:07.321 America/Los_Angeles

-- the zone may be a column; a value keeps its own
SELECT at_timezone(t, z), t AT TIME ZONE z, hour(at_timezone(t, z)), CAST(at_timezone(t, z) AS date), date_trunc('day', at_timezone(t, z)), date_format(at_timezone(t, z), '%H:%i') FROM (VALUES (TIMESTAMP '2021-07-01 23:30:00.000000 UTC', 'Europe/London'), (TIMESTAMP '2021-07-01 23:30:00.000000 UTC', 'America/New_York'), (NULL, 'UTC'), (TIMESTAMP '2021-07-01 23:30:00.000000 UTC', NULL)) AS x (t, z)
--: timestamp(6) with time zone | timestamp(6) with time zone | bigint | date | timestamp(6) with time zone | varchar
--> 2021-07-02 00:30:00.000000 Europe/London | 2021-07-02 00:30:00.000000 Europe/London | 0 | 2021-07-02 | 2021-07-02 00:00:00.000000 Europe/London | 00:30
--> 2021-07-01 19:30:00.000000 America/New_York | 2021-07-01 19:30:00.000000 America/New_York | 19 | 2021-07-01 | 2021-07-01 00:00:00.000000 America/New_York | 19:30
--> <null> | <null> | <null> | <null> | <null> | <null>
--> <null> | <null> | <null> | <null> | <null> | <null>

-- different zones in one column: each row keeps its own; they compare and sort as instants
SELECT t, t = TIMESTAMP '2020-01-01 00:00 UTC' FROM (VALUES TIMESTAMP '2020-01-01 01:00 UTC', TIMESTAMP '2020-01-01 00:00 Europe/London', TIMESTAMP '2020-01-01 00:30 Europe/Berlin') AS x (t) ORDER BY t
--: t timestamp(0) with time zone | boolean
--> 2020-01-01 00:30:00 Europe/Berlin | false
--> 2020-01-01 00:00:00 Europe/London | true
--> 2020-01-01 01:00:00 UTC | false

SELECT at_timezone(t, z), count(*) FROM (VALUES (TIMESTAMP '2021-07-01 23:30:00 UTC', 'Europe/London')) AS x (t, z) GROUP BY at_timezone(t, z)
--! NOT_SUPPORTED: GROUP BY on a timestamp whose zone is a column is not supported here: equal instants have different clocks; on Athena it works; here write cast(… AS timestamp(6)) around it

SELECT max(at_timezone(t, z)) FROM (VALUES (TIMESTAMP '2021-07-01 23:30:00 UTC', 'Europe/London')) AS x (t, z)
--! NOT_SUPPORTED: max of a timestamp whose zone is a column is not supported here: the zone to keep; on Athena it works; here write cast(… AS timestamp(6)) around it

-- java.time: of an hour that comes twice the first, of one that is left out the hour after
SELECT to_unixtime(TIMESTAMP '2021-10-31 01:30:00 Europe/London'), with_timezone(TIMESTAMP '2021-03-28 01:30:00', 'Europe/London'), to_unixtime(with_timezone(t, z)) FROM (VALUES (TIMESTAMP '2021-10-31 01:30:00', 'Europe/London')) AS x (t, z)
--: double | timestamp(0) with time zone | double
--> 1.6356402E9 | 2021-03-28 02:30:00 Europe/London | 1.6356402E9

SELECT timezone_hour(TIMESTAMP '2021-07-01 12:00 Asia/Kolkata'), timezone_minute(TIMESTAMP '2021-07-01 12:00 Asia/Kolkata'), timezone_hour(TIMESTAMP '2021-07-01 12:00 America/New_York'), current_timezone()
--: bigint | bigint | bigint | varchar
--> 5 | 30 | -4 | UTC

SELECT at_timezone(TIMESTAMP '2021-07-01 12:00:00 UTC', 'Nope/Zone')
--! INVALID_ARGUMENT: 'Nope/Zone' is not a valid time zone

-- Trino, ISO forms
SELECT to_iso8601(DATE '2020-05-11'), to_iso8601(TIMESTAMP '2001-08-22 03:04:05.321'), to_iso8601(TIMESTAMP '2001-08-22 03:04:05.321 UTC'), from_iso8601_date('2020-05-11'), from_iso8601_timestamp('2020-05-11'), from_iso8601_timestamp('2020-05-11T11:15:05'), from_iso8601_timestamp('2020-05-11T11:15:05.055Z'), from_iso8601_timestamp('2020-05-11T11:15')
--: varchar | varchar | varchar | date | timestamp(3) with time zone | timestamp(3) with time zone | timestamp(3) with time zone | timestamp(3) with time zone
--> 2020-05-11 | 2001-08-22T03:04:05.321 | 2001-08-22T03:04:05.321Z | 2020-05-11 | 2020-05-11 00:00:00.000 UTC | 2020-05-11 11:15:05.000 UTC | 2020-05-11 11:15:05.055 UTC | 2020-05-11 11:15:00.000 UTC

SELECT from_iso8601_timestamp('2020-05-11T11:15:05.055+01:00')
--! QUERY_FAILED: '2020-05-11T11:15:05.055+01:00' is not read here as ISO 8601

SELECT from_iso8601_date('2020-W10')
--! QUERY_FAILED: '2020-W10' is not read here as ISO 8601

SELECT date('2020-05-11'), date(TIMESTAMP '2020-05-11 23:00')
--: date | date
--> 2020-05-11 | 2020-05-11

-- of one query the present is one
SELECT now() = current_timestamp, current_timestamp(3) = now(), CAST(now() AS date) = current_date, CAST(localtimestamp AS date) = current_date, typeof(now()), typeof(current_date), typeof(localtimestamp)
--: boolean | boolean | boolean | boolean | varchar | varchar | varchar
--> true | true | true | true | timestamp(3) with time zone | date | timestamp(3)

-- Trino, MySQL date functions; TestDateTimeFunctions.testDateFormat
SELECT date_format(t, '%a'), date_format(t, '%b'), date_format(t, '%c'), date_format(t, '%d'), date_format(t, '%e'), date_format(t, '%H'), date_format(t, '%h'), date_format(t, '%I'), date_format(t, '%i'), date_format(t, '%j'), date_format(t, '%k'), date_format(t, '%l'), date_format(t, '%M'), date_format(t, '%m'), date_format(t, '%p'), date_format(t, '%r'), date_format(t, '%S'), date_format(t, '%s'), date_format(t, '%T'), date_format(t, '%v'), date_format(t, '%W'), date_format(t, '%Y'), date_format(t, '%y'), date_format(t, '%%'), date_format(t, 'foo') FROM (VALUES TIMESTAMP '2001-01-09 13:04:05.321') AS x (t)
--: varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar
--> Tue | Jan | 1 | 09 | 9 | 13 | 01 | 01 | 04 | 009 | 13 | 1 | January | 01 | PM | 01:04:05 PM | 05 | 05 | 13:04:05 | 02 | Tuesday | 2001 | 01 | % | foo

SELECT date_format(DATE '2020-02-03', '%Y-%m-%d %H:%i'), date_parse('2020-02-03 04:05:06', '%Y-%m-%d %H:%i:%s'), date_parse('03/02/2020', '%d/%m/%Y')
--: varchar | timestamp(3) | timestamp(3)
--> 2020-02-03 00:00 | 2020-02-03 04:05:06.000 | 2020-02-03 00:00:00.000

SELECT date_parse('2020-13-01', '%Y-%m-%d')
--! QUERY_FAILED: Invalid format: "2020-13-01"

SELECT date_format(TIMESTAMP '2020-01-01 00:00', '%D')
--! NOT_SUPPORTED: date_format with %D is not supported here: this specifier is not on the list of faithful ones; on Athena it works

-- Trino, Java date functions: Joda's letters
SELECT format_datetime(t, 'yyyy-MM-dd HH:mm:ss.SSS'), format_datetime(t, 'EEE, d MMM yyyy'), format_datetime(t, 'EEEE MMMM'), format_datetime(t, 'h:mm a'), format_datetime(t, '''day'' D'), format_datetime(t, 'xxxx-''W''ww-e') FROM (VALUES TIMESTAMP '2001-01-09 13:04:05.321') AS x (t)
--: varchar | varchar | varchar | varchar | varchar | varchar
--> 2001-01-09 13:04:05.321 | Tue, 9 Jan 2001 | Tuesday January | 1:04 PM | day 9 | 2001-W02-2

SELECT format_datetime(TIMESTAMP '2001-01-09 13:04:05 UTC', 'HH:mm Z')
--! NOT_SUPPORTED: format_datetime with Z is not supported here: this field is not on the list of faithful ones; on Athena it works

SELECT parse_datetime('2020', 'yyyy')
--! NOT_SUPPORTED: Function parse_datetime is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works
