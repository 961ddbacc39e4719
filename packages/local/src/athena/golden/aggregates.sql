-- Trino, Aggregate functions
SELECT count(*), count(x), count(DISTINCT x), sum(x), avg(x), min(x), max(x) FROM (VALUES 1, 2, 2, NULL) AS t (x)
--: bigint | bigint | bigint | bigint | double | integer | integer
--> 4 | 3 | 2 | 5 | 1.6666666666666667 | 1 | 2

SELECT count(*), count(x), sum(x), avg(x), max(x), array_agg(x), bool_and(x > 1), stddev(x), approx_percentile(x, 0.5), map_agg(x, x) FROM (VALUES 1) AS t (x) WHERE false
--: bigint | bigint | bigint | double | integer | array(integer) | boolean | double | bigint | map(integer, integer)
--> 0 | 0 | <null> | <null> | <null> | <null> | <null> | <null> | <null> | <null>

-- decimals: a sum is a decimal(38,s), an average keeps the type and is rounded half away from zero
SELECT sum(x), avg(x), typeof(avg(x)), min(x), max(x) FROM (VALUES 1.50, 2.25, 2.00) AS t (x)
--: decimal(38,2) | decimal(3,2) | varchar | decimal(3,2) | decimal(3,2)
--> 5.75 | 1.92 | decimal(3,2) | 1.50 | 2.25

SELECT avg(x), avg(DISTINCT x), avg(-x) FROM (VALUES 0.01, 0.02, 0.02, 0.01, 0.01, 0.02) AS t (x)
--: decimal(2,2) | decimal(2,2) | decimal(2,2)
--> 0.02 | 0.02 | -0.02

SELECT sum(x), avg(x), sum(y), avg(y), sum(z), avg(z) FROM (VALUES (1e0, CAST(1 AS real), 9223372036854775807), (2e0, CAST(2.5 AS real), 0)) AS t (x, y, z)
--: double | double | float | float | bigint | double
--> 3.0 | 1.5 | 3.5 | 1.75 | 9223372036854775807 | 4.611686018427388E18

SELECT sum(x) FROM (VALUES 9223372036854775807, 1) AS t (x)
--! QUERY_FAILED: Type INT128 with value 9223372036854775808 can't be cast because the value is out of range for the destination type INT64

SELECT sum(i), sum(to_milliseconds(i)) FROM (VALUES INTERVAL '1' HOUR, INTERVAL '30' MINUTE) AS t (i)
--: interval day to second | bigint
--> 0 01:30:00.000 | 5400000

SELECT count_if(x > 1), count_if(x > 9), count(*) FILTER (WHERE x > 1), sum(x) FILTER (WHERE x < 3), sum(DISTINCT x), count_if(NULL) FROM (VALUES 1, 2, 3, 3, NULL) AS t (x)
--: bigint | bigint | bigint | bigint | bigint | bigint
--> 3 | 0 | 3 | 3 | 6 | 0

-- rows without a key don't count, a NULL value does
SELECT max_by(x, y), min_by(x, y), max_by(x, z) FROM (VALUES ('a', 1, NULL), ('b', 2, 1), (NULL, 3, 2), ('c', NULL, NULL)) AS t (x, y, z)
--: varchar | varchar | varchar
--> <null> | a | <null>

SELECT max_by(x, y, 2) FROM (VALUES (1, 1)) AS t (x, y)
--! NOT_SUPPORTED: max_by with 3 arguments is not supported here: two are known; on Athena it works

SELECT any_value(x), arbitrary(x), bool_and(y), bool_or(y), every(y) FROM (VALUES (NULL, true), (1, false), (1, NULL)) AS t (x, y)
--: integer | integer | boolean | boolean | boolean
--> 1 | 1 | false | true | false

-- NULLs are among the elements
SELECT array_agg(x ORDER BY x), array_agg(x ORDER BY x DESC), array_agg(x ORDER BY x NULLS FIRST), array_agg(DISTINCT x ORDER BY x), array_agg(x ORDER BY x) FILTER (WHERE x IS NOT NULL) FROM (VALUES 2, NULL, 1, 2) AS t (x)
--: array(integer) | array(integer) | array(integer) | array(integer) | array(integer)
--> [1, 2, 2, null] | [2, 2, 1, null] | [null, 1, 2, 2] | [1, 2, null] | [1, 2, 2]

SELECT listagg(x, ',') WITHIN GROUP (ORDER BY x), listagg(x) WITHIN GROUP (ORDER BY x DESC) FROM (VALUES 'c', 'a', NULL, 'b') AS t (x)
--: varchar | varchar
--> a,b,c | cba

SELECT map_agg(k, v) FROM (VALUES ('a', 1), (NULL, 3)) AS t (k, v)
--: map(varchar, integer)
--> {a=1}

SELECT m['a'], m['b'], cardinality(m) FROM (SELECT map_agg(k, v) AS m FROM (VALUES ('a', 1), ('b', NULL), (NULL, 3)) AS t (k, v))
--: integer | integer | bigint
--> 1 | <null> | 2

-- exact here, an estimate on Athena
SELECT approx_distinct(x) FROM (VALUES 1, 2, 2, NULL) AS t (x)
--: bigint
--> 2

-- TestApproximatePercentileAggregation
SELECT approx_percentile(x, 0.5), approx_percentile(x, ARRAY[0.2, 0.5, 0.8]), approx_percentile(x, ARRAY[0.5, 0.99]), approx_percentile(x, 0), approx_percentile(x, 1) FROM (VALUES NULL, 1, 2, 3) AS t (x)
--: bigint | array(bigint) | array(bigint) | bigint | bigint
--> 2 | [1, 2, 3] | [2, 3] | 1 | 3

SELECT approx_percentile(x, 0.5), approx_percentile(x, ARRAY[0.01, 0.5]) FROM (VALUES 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 5, 6, 7) AS t (x)
--: bigint | array(bigint)
--> 3 | [1, 3]

SELECT approx_percentile(x, 0.5), approx_percentile(y, 0.5), approx_percentile(z, 0.9) FROM (VALUES (-1e0, CAST(-1 AS real), 1.5), (1e0, CAST(1 AS real), 2.5)) AS t (x, y, z)
--: double | float | double
--> 1.0 | 1.0 | 2.5

SELECT approx_percentile(x, 0.99) FROM UNNEST(sequence(0, 9999)) AS t (x)
--: bigint
--> 9900

SELECT approx_percentile(x, 2, 0.5) FROM (VALUES 1) AS t (x)
--! NOT_SUPPORTED: approx_percentile with weights or an accuracy is not supported here: only approx_percentile(x, percentage) is known; on Athena it works

SELECT stddev(x), stddev_samp(x), stddev_pop(x), variance(x), var_samp(x), var_pop(x) FROM (VALUES 2, 4, 4, 4, 5, 5, 7, 9) AS t (x)
--: double | double | double | double | double | double
--> 2.138089935299395 | 2.138089935299395 | 2.0 | 4.571428571428571 | 4.571428571428571 | 4.0

SELECT stddev(x), variance(x), stddev_pop(x), var_pop(x) FROM (VALUES 2) AS t (x)
--: double | double | double | double
--> <null> | <null> | 0.0 | 0.0

-- Trino, SELECT > GROUP BY: positions, expressions, grouping sets
SELECT x, y, count(*) AS n FROM (VALUES ('a', 1), ('a', 2), ('b', 1)) AS t (x, y) GROUP BY ROLLUP (x, y) ORDER BY x, y
--: x varchar | y integer | n bigint
--> a | 1 | 1
--> a | 2 | 1
--> a | <null> | 2
--> b | 1 | 1
--> b | <null> | 1
--> <null> | <null> | 3

SELECT x, sum(y), grouping(x) FROM (VALUES ('a', 1), ('b', 2)) AS t (x, y) GROUP BY GROUPING SETS ((x), ()) ORDER BY 3, 1
--: x varchar | bigint | bigint
--> a | 1 | 0
--> b | 2 | 0
--> <null> | 3 | 1

SELECT x % 2 AS parity, count(*) FROM (VALUES 1, 2, 3) AS t (x) GROUP BY x % 2 HAVING count(*) > 1
--: parity integer | bigint
--> 1 | 2

SELECT x % 2, x % 2 + 1, count(*) FROM (VALUES 1, 2, 3) AS t (x) GROUP BY 1 ORDER BY count(*) DESC
--: integer | integer | bigint
--> 1 | 2 | 2
--> 0 | 1 | 1

-- GROUP BY knows no aliases
SELECT x % 2 AS parity, count(*) FROM (VALUES 1) AS t (x) GROUP BY parity
--! COLUMN_NOT_FOUND: Column 'parity' cannot be resolved

SELECT x, count(*) FROM (VALUES 1) AS t (x)
--! EXPRESSION_NOT_AGGREGATE: 'x' must be an aggregate expression or appear in GROUP BY clause

SELECT x FROM (VALUES 1) AS t (x) WHERE count(*) > 0
--! SYNTAX_ERROR: WHERE clause cannot contain aggregations or window functions: count

SELECT sum(count(*)) FROM (VALUES 1) AS t (x)
--! SYNTAX_ERROR: an aggregation cannot contain aggregations or window functions: count

SELECT count(DISTINCT x, y) FROM (VALUES (1, 2)) AS t (x, y)
--! NOT_SUPPORTED: count(DISTINCT a, b) is not supported here: several columns; on Athena it works; here write a subquery with SELECT DISTINCT

SELECT corr(x, y) FROM (VALUES (1e0, 2e0)) AS t (x, y)
--! NOT_SUPPORTED: Function corr is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works
