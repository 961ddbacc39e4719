-- Trino, SELECT > ORDER BY: NULLS LAST is the default, regardless of the direction
SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x
--: x integer
--> 1
--> 2
--> <null>

SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x DESC
--: x integer
--> 2
--> 1
--> <null>

SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x DESC NULLS FIRST LIMIT 2
--: x integer
--> <null>
--> 2

-- an alias hides a column in ORDER BY, but not in WHERE
SELECT -x AS x FROM (VALUES 1, 2, 3) AS t (x) WHERE x > 1 ORDER BY x
--: x integer
--> -3
--> -2

SELECT a AS b, b AS a FROM (VALUES (1, 9), (2, 8)) AS t (a, b) ORDER BY abs(a)
--: b integer | a integer
--> 2 | 8
--> 1 | 9

SELECT x FROM (VALUES 1, 2, 3, 4) AS t (x) ORDER BY x OFFSET 1 LIMIT 2
--: x integer
--> 2
--> 3

SELECT x FROM (VALUES 1, 2, 3, 4) AS t (x) ORDER BY x FETCH FIRST 2 ROWS ONLY
--: x integer
--> 1
--> 2

SELECT DISTINCT x % 2 AS p FROM (VALUES 1, 2, 3) AS t (x) ORDER BY p DESC
--: p integer
--> 1
--> 0

SELECT DISTINCT x FROM (VALUES (1, 2)) AS t (x, y) ORDER BY y
--! SYNTAX_ERROR: For SELECT DISTINCT, ORDER BY expressions must appear in select list

SELECT l.x, r.y FROM (VALUES (1, 'a'), (2, 'b'), (NULL, 'n')) AS l (x, s) JOIN (VALUES (1, 10), (1, 11), (NULL, 12)) AS r (x, y) ON l.x = r.x ORDER BY y
--: x integer | y integer
--> 1 | 10
--> 1 | 11

SELECT * FROM (VALUES 1, 2) AS l (x) LEFT JOIN (VALUES (2, 'b'), (3, 'c')) AS r (y, s) ON l.x = r.y ORDER BY x
--: x integer | y integer | s varchar
--> 1 | <null> | <null>
--> 2 | 2 | b

SELECT * FROM (VALUES 1, 2) AS l (x) FULL OUTER JOIN (VALUES 2, 3) AS r (x) USING (x) ORDER BY x
--: x integer
--> 1
--> 2
--> 3

SELECT *, l.s, r.s FROM (VALUES (1, 'a')) AS l (id, s) JOIN (VALUES (1, 'b')) AS r (id, s) USING (id)
--: id integer | s varchar | s varchar | s varchar | s varchar
--> 1 | a | b | a | b

SELECT r.* FROM (VALUES 1, 2) AS l (x) RIGHT JOIN (VALUES 2, 3) AS r (x) ON l.x = r.x AND l.x > 0 ORDER BY 1
--: x integer
--> 2
--> 3

SELECT s FROM (VALUES ('a')) AS l (s) JOIN (VALUES ('b')) AS r (s) ON true
--! AMBIGUOUS_NAME: Column 's' is ambiguous

SELECT count(*) FROM (VALUES 1, 2) AS a (x), (VALUES 1, 2, 3) AS b (y) CROSS JOIN (VALUES 1, 2) AS c (z)
--: bigint
--> 12

WITH a AS (SELECT x, x * 2 AS y FROM (VALUES 1, 2) AS t (x)), b (m, n) AS (SELECT max(x), sum(y) FROM a) SELECT a.x, b.n FROM a CROSS JOIN b WHERE a.x < (SELECT m FROM b)
--: x integer | n bigint
--> 1 | 6

-- correlated
SELECT x, (SELECT max(y) FROM (VALUES (1, 5), (1, 7), (2, 3)) AS s (k, y) WHERE s.k = t.x) AS m FROM (VALUES 1, 2, 3) AS t (x) WHERE EXISTS (SELECT 1 FROM (VALUES 1, 3) AS u (z) WHERE u.z = t.x) ORDER BY x
--: x integer | m integer
--> 1 | 7
--> 3 | <null>

SELECT (SELECT x FROM (VALUES 1, 2) AS t (x))
--! QUERY_FAILED: More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.

SELECT (SELECT 1, 2)
--! SYNTAX_ERROR: a subquery used as a value must have one column, found 2

SELECT 1 UNION SELECT 1 UNION ALL SELECT 2.5 ORDER BY 1
--: decimal(11,1)
--> 1.0
--> 2.5

SELECT x FROM (VALUES 1, 2, 2) AS t (x) INTERSECT SELECT 2
--: x integer
--> 2

SELECT x FROM (VALUES 1, 2, 2) AS t (x) EXCEPT SELECT 2
--: x integer
--> 1

SELECT 1 UNION SELECT 2 INTERSECT SELECT 3
--! NOT_SUPPORTED: INTERSECT after UNION or EXCEPT is not supported here: the parser reads it in the wrong order; on Athena it works; here write parentheses around the INTERSECT

SELECT 1 UNION (SELECT 2 INTERSECT SELECT 3)
--: integer
--> 1

SELECT 1 AS a UNION SELECT 'x'
--! TYPE_MISMATCH: column 1 in UNION query has incompatible types: integer, varchar

SELECT 1 UNION SELECT 1, 2
--! TYPE_MISMATCH: UNION query has different number of fields: 1, 2

VALUES (1, 'a'), (2, NULL)
--: integer | varchar
--> 1 | a
--> 2 | <null>

-- names don't care about case
SELECT T.X, "x" FROM (VALUES 1) AS t (x)
--: X integer | x integer
--> 1 | 1

SELECT site FROM (VALUES 1) AS t (site_id)
--! COLUMN_NOT_FOUND: Column 'site' cannot be resolved; did you mean 'site_id'?

SELECT t.sit_id FROM (VALUES 1) AS t (site_id)
--! COLUMN_NOT_FOUND: Column 't.sit_id' cannot be resolved; did you mean 't.site_id'?

-- Trino, Comments: to the end of the line, or between /* and */; not in quotes
SELECT 1 -- one
--: integer
--> 1

SELECT count(*) /* of
them */ AS n, '-- ''/*' AS "a /*"-- a quote's
FROM (VALUES 1, 2) AS t (x) WHERE x > 0 -- don't
  AND x < 2 */* two */1
--: n bigint | a /* varchar
--> 1 | -- '/*
