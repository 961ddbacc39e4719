-- Trino, Conversion functions; rounding of DoubleOperators and DecimalCasts: half away from zero
SELECT CAST(2.5e0 AS bigint), CAST(-2.5e0 AS bigint), CAST(0.5e0 AS integer), CAST(3.5 AS integer), CAST(-2.5 AS integer), CAST(2.4 AS bigint)
--: bigint | bigint | integer | integer | integer | bigint
--> 3 | -3 | 1 | 4 | -3 | 2

-- BigDecimal.valueOf(value).setScale(scale, HALF_UP)
SELECT CAST(1.005e0 AS decimal(10,2)), CAST(1.255 AS decimal(10,2)), CAST('1.255' AS decimal(10,2)), CAST(-1.255 AS decimal(3,2)), CAST(5 AS decimal(5,2))
--: decimal(10,2) | decimal(10,2) | decimal(10,2) | decimal(3,2) | decimal(5,2)
--> 1.01 | 1.26 | 1.26 | -1.26 | 5.00

SELECT CAST('12' AS integer), CAST('-12' AS bigint), CAST('1.5' AS double), CAST(' 1.5 ' AS double), CAST('1e3' AS decimal(10,0)), CAST('true' AS boolean), CAST('F' AS boolean), CAST('0' AS boolean)
--: integer | bigint | double | double | decimal(10,0) | boolean | boolean | boolean
--> 12 | -12 | 1.5 | 1.5 | 1000 | true | false | false

-- Long.parseLong takes no fraction, no spaces, no underscores
SELECT try_cast('1.5' AS bigint), try_cast(' 12' AS bigint), try_cast('1_000' AS bigint), try_cast('abc' AS double), try_cast('' AS integer), try_cast('99999999999' AS integer), try_cast('yes' AS boolean)
--: bigint | bigint | bigint | double | integer | integer | boolean
--> <null> | <null> | <null> | <null> | <null> | <null> | <null>

SELECT CAST('1.5' AS bigint)
--! QUERY_FAILED: Cannot cast '1.5' to BIGINT

SELECT CAST(x AS integer) FROM (VALUES '1', 'x') AS t (x)
--! QUERY_FAILED: Cannot cast 'x' to INTEGER

SELECT CAST('2020-01-05' AS date), CAST('2020-1-5' AS date), CAST('2020-01-05 10:30:00.123' AS timestamp), CAST('2020-01-05 10:30' AS timestamp), CAST('2020-01-05' AS timestamp(6)), CAST('2020-01-05 10:30:00 Europe/London' AS timestamp(3))
--! QUERY_FAILED: Cannot cast '2020-01-05 10:30:00 Europe/London' to TIMESTAMP(3)

SELECT CAST('2020-01-05' AS date), CAST('2020-1-5' AS date), CAST('2020-01-05 10:30:00.123' AS timestamp), CAST('2020-01-05 10:30' AS timestamp), CAST('2020-01-05' AS timestamp(6)), CAST('2020-01-05 10:30:00 UTC' AS timestamp(3) with time zone)
--: date | date | timestamp(3) | timestamp(3) | timestamp(6) | timestamp(3) with time zone
--> 2020-01-05 | 2020-01-05 | 2020-01-05 10:30:00.123 | 2020-01-05 10:30:00.000 | 2020-01-05 00:00:00.000000 | 2020-01-05 10:30:00.000 UTC

SELECT try_cast('2020/01/05' AS date), try_cast('2020-02-30' AS date), try_cast('2020-01-05T10:30:00' AS timestamp), try_cast('05/01/2020' AS date)
--: date | date | timestamp(3) | date
--> <null> | <null> | <null> | <null>

-- to text: java.lang.Double.toString, decimals with their scale
SELECT CAST(1e10 AS varchar), CAST(0.1e0 AS varchar), CAST(123.456e0 AS varchar), CAST(1e-5 AS varchar), CAST(1.50 AS varchar), CAST(0.5 AS varchar), CAST(true AS varchar), CAST(12 AS varchar), CAST(1.25e17 AS varchar), CAST(-1e7 AS varchar)
--: varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar
--> 1.0E10 | 0.1 | 123.456 | 1.0E-5 | 1.50 | 0.5 | true | 12 | 1.25E17 | -1.0E7

SELECT CAST(DATE '2020-01-05' AS varchar), CAST(TIMESTAMP '2020-01-05 10:30:00' AS varchar), CAST(TIMESTAMP '2020-01-05 10:30:00.120' AS varchar), CAST(TIMESTAMP '2020-01-05 10:30:00 UTC' AS varchar), CAST(TIMESTAMP '2020-07-05 10:30:00.5 Europe/London' AS varchar)
--: varchar | varchar | varchar | varchar | varchar
--> 2020-01-05 | 2020-01-05 10:30:00 | 2020-01-05 10:30:00.120 | 2020-01-05 10:30:00 UTC | 2020-07-05 10:30:00.5 Europe/London

SELECT CAST('abcdef' AS varchar(3)), CAST(NULL AS varchar), CAST(1 AS boolean), CAST(0e0 AS boolean), CAST(true AS integer), CAST(false AS double)
--: varchar | varchar | boolean | boolean | integer | double
--> abc | <null> | true | false | 1 | 0.0

-- timestamp is timestamp(3), and fewer digits are rounded
SELECT CAST(TIMESTAMP '2020-01-01 00:00:00.123456' AS timestamp), CAST(TIMESTAMP '2020-01-01 00:00:00.123500' AS timestamp(3)), CAST(TIMESTAMP '2020-01-01 23:59:59.999999' AS timestamp(0)), CAST(TIMESTAMP '2020-01-01 23:59:59.999999' AS date)
--: timestamp(3) | timestamp(3) | timestamp(0) | date
--> 2020-01-01 00:00:00.123 | 2020-01-01 00:00:00.124 | 2020-01-02 00:00:00 | 2020-01-01

-- the date and the time are those of the value's own zone
SELECT CAST(TIMESTAMP '2020-07-01 23:30:00 UTC' AT TIME ZONE 'Europe/London' AS date), CAST(TIMESTAMP '2020-07-01 23:30:00 UTC' AT TIME ZONE 'Europe/London' AS timestamp), CAST(TIMESTAMP '2020-07-01 23:30:00 UTC' AS date), CAST(DATE '2020-07-01' AS timestamp), CAST(TIMESTAMP '2020-07-01 10:00:00' AS timestamp with time zone)
--: date | timestamp(3) | date | timestamp(3) | timestamp(3) with time zone
--> 2020-07-02 | 2020-07-02 00:30:00.000 | 2020-07-01 | 2020-07-01 00:00:00.000 | 2020-07-01 10:00:00.000 UTC

SELECT CAST(300 AS tinyint)
--! QUERY_FAILED: Type INT32 with value 300 can't be cast because the value is out of range for the destination type INT8

SELECT CAST(ARRAY[1, 2] AS array(varchar)), CAST(ARRAY['1', 'x'] AS array(varchar)), try_cast(ARRAY['1', 'x'] AS array(integer))
--: array(varchar) | array(varchar) | array(integer)
--> [1, 2] | [1, x] | [1, null]

SELECT CAST(1 AS date)
--! TYPE_MISMATCH: Cannot cast integer to date

SELECT CAST('a' AS json)
--! NOT_SUPPORTED: Type json is not supported here: it is not on the list of faithful types; on Athena it works

SELECT CAST('a' AS char(3))
--! NOT_SUPPORTED: Type char is not supported here: it is not on the list of faithful types; on Athena it works

SELECT DECIMAL '1.5'
--! NOT_SUPPORTED: DECIMAL '…' and a cast of a literal to DECIMAL is not supported here: they look alike to the parser; on Athena it works; here write decimal(p,s), or the number itself

SELECT '1'::integer
--! SYNTAX_ERROR: mismatched input '::'
