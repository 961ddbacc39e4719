-- Trino, Mathematical operators: division of integers truncates
SELECT 7 / 2, -7 / 2, 7 % 2, -7 % 2, 7 % -2, mod(-7, 2)
--: integer | integer | integer | integer | integer | integer
--> 3 | -3 | 1 | -1 | 1 | -1

SELECT 1 / 0
--! QUERY_FAILED: Division by zero

SELECT x / y FROM (VALUES (1, 0)) AS t (x, y)
--! QUERY_FAILED: Division by zero

SELECT x % y FROM (VALUES (1, 0)) AS t (x, y)
--! QUERY_FAILED: Division by zero

-- a row that is filtered out does not fail
SELECT x / y FROM (VALUES (1, 0), (6, 2)) AS t (x, y) WHERE y <> 0
--: integer
--> 3

SELECT 1 + NULL, NULL / 0, 1 / NULL
--: integer | integer | integer
--> <null> | <null> | <null>

-- the wider integer wins, and overflow fails
SELECT 1 + 2147483648, CAST(1 AS smallint) + 1, CAST(1 AS tinyint) * CAST(2 AS tinyint)
--: bigint | integer | tinyint
--> 2147483649 | 2 | 2

SELECT 2147483647 + 1
--! QUERY_FAILED: Overflow in addition of INT32 (2147483647 + 1)!

-- Trino, Decimal functions and operators: result types (DecimalOperators for the division)
SELECT 1.1 + 2.22, 1.1 - 2.22, 1.1 * 2.22, 7.0 / 2, 10.00 / 3, 1 / 3.000, 5.5 % 2
--: decimal(4,2) | decimal(4,2) | decimal(5,3) | decimal(2,1) | decimal(4,2) | decimal(16,3) | decimal(2,1)
--> 3.32 | -1.12 | 2.442 | 3.5 | 3.33 | 0.333 | 1.5

-- a quotient is rounded half away from zero
SELECT 1.00 / 8, -1.00 / 8, 0.5 / 0.4, 2.0 / 3, -2.0 / 3
--: decimal(3,2) | decimal(3,2) | decimal(2,1) | decimal(2,1) | decimal(2,1)
--> 0.13 | -0.13 | 1.3 | 0.7 | -0.7

SELECT sum(x) / count(*), sum(-x) / count(*), sum(x) / 3 FROM (VALUES 1.50, 2.25) AS t (x)
--: decimal(38,2) | decimal(38,2) | decimal(38,2)
--> 1.88 | -1.88 | 1.25

SELECT x / y FROM (VALUES (1.0, 0.0)) AS t (x, y)
--! QUERY_FAILED: Division by zero

SELECT CAST(1 AS decimal(38,10)) / CAST(3 AS decimal(38,10))
--: decimal(38,10)
--> 0.3333333333

-- with a double everything is a double
SELECT 7 / 2e0, 1.5 + 1e0, 7e0 % 4, 0.1 + 0.2, 1e-1 + 2e-1
--: double | double | double | decimal(2,1) | double
--> 3.5 | 2.5 | 3.0 | 0.3 | 0.30000000000000004

SELECT -x, - -x, +x FROM (VALUES 1) AS t (x)
--: integer | integer | x integer
--> -1 | 1 | 1

SELECT 1 + 'a'
--! TYPE_MISMATCH: '+' cannot be applied to integer, varchar

SELECT 2 + 3 * 4 - 1, (2 + 3) * 4, 1 + 2 || 'x'
--! TYPE_MISMATCH: || wants varchar, found integer

-- Trino, Date and time operators
SELECT date '2012-08-08' + interval '2' day, timestamp '2012-08-08 01:00' + interval '29' hour, timestamp '2012-10-31 01:00' + interval '1' month, date '2012-08-08' - interval '2' day, timestamp '2012-08-08 01:00' - interval '29' hour, timestamp '2012-10-31 01:00' - interval '1' month
--: date | timestamp(3) | timestamp(0) | date | timestamp(3) | timestamp(0)
--> 2012-08-10 | 2012-08-09 06:00:00.000 | 2012-11-30 01:00:00 | 2012-08-06 | 2012-08-06 20:00:00.000 | 2012-09-30 01:00:00

SELECT interval '2' day + interval '3' hour, interval '3' year + interval '5' month, interval '2' day - interval '3' hour, interval '3' year - interval '5' month, 2 * interval '3' hour, interval '3' hour / 2
--: interval day to second | interval year to month | interval day to second | interval year to month | interval day to second | interval day to second
--> 2 03:00:00.000 | 3-5 | 1 21:00:00.000 | 2-7 | 0 06:00:00.000 | 0 01:30:00.000

SELECT timestamp '2020-03-01 12:00:00.500' - timestamp '2020-02-28 00:00:00', date '2020-03-01' - date '2020-02-28', interval '1' hour + timestamp '2020-01-01 00:00:00 UTC'
--: interval day to second | interval day to second | timestamp(3) with time zone
--> 2 12:00:00.500 | 2 00:00:00.000 | 2020-01-01 01:00:00.000 UTC

SELECT DATE '2020-01-01' + INTERVAL '1' HOUR
--! QUERY_FAILED: Cannot add hour, minutes or seconds to a date

-- a day of an interval is 24 hours, also over the change of the clocks
SELECT TIMESTAMP '2021-03-27 12:00:00 Europe/London' + INTERVAL '1' DAY, date_add('day', 1, TIMESTAMP '2021-03-27 12:00:00 Europe/London')
--: timestamp(3) with time zone | timestamp(0) with time zone
--> 2021-03-28 13:00:00.000 Europe/London | 2021-03-28 12:00:00 Europe/London
