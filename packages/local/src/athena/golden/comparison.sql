-- Trino, Comparison functions and operators
SELECT 1 = 1.0, 1 < 2e0, 'a' < 'b', 'B' < 'a', 2 BETWEEN 1 AND 3, 2 NOT BETWEEN 1 AND 3, 1 <> 2, 1 != 1
--: boolean | boolean | boolean | boolean | boolean | boolean | boolean | boolean
--> true | true | true | true | true | false | true | false

SELECT NULL = 1, NULL IS NULL, 1 IS NOT NULL, NULL IS DISTINCT FROM 1, NULL IS NOT DISTINCT FROM NULL, 1 IN (2, NULL), 1 IN (1, NULL), 1 NOT IN (2, NULL)
--: boolean | boolean | boolean | boolean | boolean | boolean | boolean | boolean
--> <null> | true | true | true | true | <null> | true | <null>

-- Trino, Comparison: varchar and numbers have no common type
SELECT 1 = '1'
--! TYPE_MISMATCH: '=' cannot be applied to integer, varchar

SELECT DATE '2020-01-01' = '2020-01-01'
--! TYPE_MISMATCH: '=' cannot be applied to date, varchar

SELECT 1 IN (1, 'a')
--! TYPE_MISMATCH: '=' cannot be applied to integer, varchar

-- IEEE 754: NaN is unequal to everything; DuckDB takes it for the largest number
SELECT x = x, x <> x, x > 1, x < 1, x >= x, x BETWEEN 0 AND 1e300, 1 < x, x IS NOT DISTINCT FROM x FROM (VALUES nan()) AS t (x)
--: boolean | boolean | boolean | boolean | boolean | boolean | boolean | boolean
--> false | true | false | false | false | false | false | true

SELECT count(*) FROM (VALUES (1e0, 0e0), (0e0, 0e0), (1e0, 1e0)) AS t (x, y) WHERE x / y > 0.5
--: bigint
--> 2

-- instants compare, whatever their zones
SELECT TIMESTAMP '2012-10-31 01:00 UTC' = TIMESTAMP '2012-10-30 18:00 America/Los_Angeles', TIMESTAMP '2020-01-01 00:00 UTC' = DATE '2020-01-01', TIMESTAMP '2020-01-01 00:00' < DATE '2020-01-02'
--: boolean | boolean | boolean
--> true | true | true

SELECT ARRAY[1] = ARRAY[1]
--! NOT_SUPPORTED: '=' on array(integer) is not supported here: NULLs inside compare otherwise; on Athena it works; here write a comparison of the elements

-- Trino, Comparison: LIKE knows no escape character unless it is given one
SELECT 'abc' LIKE 'a%', 'abc' LIKE 'a_c', 'a%' LIKE 'a\%', 'a%c' LIKE 'a#%c' ESCAPE '#', 'abc' NOT LIKE 'b%', 'South_America' LIKE 'South\_America' ESCAPE '\'
--: boolean | boolean | boolean | boolean | boolean | boolean
--> true | true | false | true | true | true

-- Trino, Comparison: NULL if any argument is NULL
SELECT greatest(1, NULL, 3), least(1, NULL), greatest(1, 2.5), least('b', 'a'), greatest(1, 2), greatest(DATE '2020-01-01', DATE '2020-01-02')
--: integer | integer | decimal(11,1) | varchar | integer | date
--> <null> | <null> | 2.5 | a | 2 | 2020-01-02

SELECT greatest(1e0, nan()), least(1e0, nan())
--: double | double
--> NaN | NaN

SELECT 5 = ANY (VALUES 1, 5), 5 > ALL (VALUES 1, 5), 5 IN (SELECT x FROM (VALUES 5, 6) AS t (x)), EXISTS (SELECT 1 WHERE false)
--: boolean | boolean | boolean | boolean
--> true | false | true | false

-- Trino, Logical operators: NULL in logic
SELECT NULL AND false, NULL AND true, NULL OR true, NULL OR false, NOT NULL
--: boolean | boolean | boolean | boolean | boolean
--> false | <null> | true | <null> | <null>

SELECT 1 AND true
--! TYPE_MISMATCH: AND wants boolean, found integer

SELECT 'x' ~ 'y'
--! NOT_SUPPORTED: 'regexp like' is not supported here: it is not on the list of faithful syntax; Athena may take it

SELECT 'x' ILIKE 'X'
--! NOT_SUPPORTED: 'i like' is not supported here: it is not on the list of faithful syntax; Athena may take it

SELECT (1, 2) = (1, 2)
--! NOT_SUPPORTED: 'tuple' is not supported here: it is not on the list of faithful syntax; Athena may take it
