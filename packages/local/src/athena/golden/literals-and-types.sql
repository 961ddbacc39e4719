-- Trino, Language > Types: an unsuffixed number is an integer, a bigint when it does not fit
SELECT 1, 2147483647, 2147483648, 9223372036854775807
--: integer | integer | bigint | bigint
--> 1 | 2147483647 | 2147483648 | 9223372036854775807

-- Trino, Decimal literals: as many digits as are written; leading zeros of a plain number do not count (TestDecimals.testParse)
SELECT 1.50, 0.5, 12345.67890, -1.5
--: decimal(3,2) | decimal(1,1) | decimal(10,5) | decimal(2,1)
--> 1.50 | 0.5 | 12345.67890 | -1.5

-- java.lang.Double.toString
SELECT 1e0, 1e10, 123456789e0, 1e7, 9999999e0, 1e-3, 1e-4, 0e0, -2.5e0, 1e0 / 3
--: double | double | double | double | double | double | double | double | double | double
--> 1.0 | 1.0E10 | 1.23456789E8 | 1.0E7 | 9999999.0 | 0.001 | 1.0E-4 | 0.0 | -2.5 | 0.3333333333333333

SELECT infinity(), -infinity(), nan(), 1e0 / 0, -1e0 / 0, 0e0 / 0
--: double | double | double | double | double | double
--> Infinity | -Infinity | NaN | Infinity | -Infinity | NaN

SELECT CAST(0.1 AS real), CAST(16777216 AS real), CAST(3.4e38 AS real), CAST(1.17e-5 AS real)
--: float | float | float | float
--> 0.1 | 1.6777216E7 | 3.4E38 | 1.17E-5

SELECT true, false, NULL, 'it''s', ''
--: boolean | boolean | unknown | varchar | varchar
--> true | false | <null> | it's | 

-- Trino, Date and time types: a timestamp has as many digits of a second as are written
SELECT DATE '2001-08-22', TIMESTAMP '2001-08-22 03:04:05.321', TIMESTAMP '2001-08-22 03:04', TIMESTAMP '2001-08-22'
--: date | timestamp(3) | timestamp(0) | timestamp(0)
--> 2001-08-22 | 2001-08-22 03:04:05.321 | 2001-08-22 03:04:00 | 2001-08-22 00:00:00

SELECT TIMESTAMP '2014-11-18 15:40:26.000000 UTC', TIMESTAMP '2012-10-31 01:00:00.000 America/Los_Angeles'
--: timestamp(6) with time zone | timestamp(3) with time zone
--> 2014-11-18 15:40:26.000000 UTC | 2012-10-31 01:00:00.000 America/Los_Angeles

SELECT INTERVAL '2' DAY, INTERVAL '90' MINUTE, INTERVAL '1.5' SECOND, INTERVAL '3' MONTH, INTERVAL '2' YEAR, INTERVAL '-3' HOUR
--: interval day to second | interval day to second | interval day to second | interval year to month | interval year to month | interval day to second
--> 2 00:00:00.000 | 0 01:30:00.000 | 0 00:00:01.500 | 0-3 | 2-0 | -0 03:00:00.000

SELECT ARRAY[1, 2, NULL], ARRAY['a', 'b'], ARRAY[1, 1.2, 4], ROW(1, 'x'), MAP(ARRAY['a', 'b'], ARRAY[1, 2])
--: array(integer) | array(varchar) | array(decimal(11,1)) | row(integer, varchar) | map(varchar, integer)
--> [1, 2, null] | [a, b] | [1.0, 1.2, 4.0] | {field0=1, field1=x} | {a=1, b=2}

SELECT CAST(ROW(1, 'x') AS ROW(id bigint, name varchar)), CAST(ROW(1, 'x') AS ROW(id bigint, name varchar)).name
--: row(id bigint, name varchar) | name varchar
--> {id=1, name=x} | x

-- the name of an output is the column's, the alias, or its place
SELECT x, x + 1, x AS "Y z", (x) FROM (VALUES 1) AS t (x)
--: x integer | integer | Y z integer | x integer
--> 1 | 2 | 1 | 1

SELECT DATE '2001-02-30'
--! SYNTAX_ERROR: '2001-02-30' is not a valid DATE literal

SELECT TIME '10:00'
--! NOT_SUPPORTED: A time literal is not supported here: it is not on the list of faithful literals; on Athena it works

SELECT TIMESTAMP '2001-08-22 03:04:05 +07:09'
--! NOT_SUPPORTED: Time zone '+07:09' is not supported here: zones are known by name only; on Athena it works; here write a name such as 'Europe/London'

SELECT INTERVAL '2 03:04' DAY TO MINUTE
--! NOT_SUPPORTED: INTERVAL in this form is not supported here: one number in quotes and one unit are read; on Athena it works; here write INTERVAL '1' HOUR

SELECT 1_000
--! NOT_SUPPORTED: The number 1_000 is not supported here: only decimal digits are read; on Athena it works

SELECT X'00ff'
--! NOT_SUPPORTED: A hex string literal is not supported here: it is not on the list of faithful literals; on Athena it works

SELECT typeof(1), typeof(1.5), typeof(1e0), typeof(DATE '2020-01-01'), typeof(ARRAY[1])
--: varchar | varchar | varchar | varchar | varchar
--> integer | decimal(2,1) | double | date | array(integer)
