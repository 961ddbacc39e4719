-- Trino, Window functions: NULLs last in both directions
SELECT x, row_number() OVER (ORDER BY x), row_number() OVER (ORDER BY x DESC), rank() OVER (ORDER BY y), dense_rank() OVER (ORDER BY y) FROM (VALUES (1, 'a'), (2, 'a'), (NULL, 'b')) AS t (x, y) ORDER BY x
--: x integer | bigint | bigint | bigint | bigint
--> 1 | 1 | 2 | 1 | 1
--> 2 | 2 | 1 | 1 | 1
--> <null> | 3 | 3 | 3 | 2

SELECT x, percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x), ntile(2) OVER (ORDER BY x) FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY x
--: x integer | double | double | bigint
--> 1 | 0.0 | 0.25 | 1
--> 2 | 0.3333333333333333 | 0.75 | 1
--> 2 | 0.3333333333333333 | 0.75 | 2
--> 3 | 1.0 | 1.0 | 2

SELECT x, lag(x) OVER (ORDER BY x), lead(x) OVER (ORDER BY x), lag(x, 2, 0) OVER (ORDER BY x), lead(x, 1, -1) OVER (ORDER BY x), first_value(x) OVER (ORDER BY x), last_value(x) OVER (ORDER BY x), nth_value(x, 2) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
--: x integer | integer | integer | integer | integer | integer | integer | integer
--> 1 | <null> | 2 | 0 | 2 | 1 | 1 | <null>
--> 2 | 1 | 3 | 0 | 3 | 1 | 2 | 2
--> 3 | 2 | <null> | 1 | -1 | 1 | 3 | 2

SELECT i, lag(x) IGNORE NULLS OVER (ORDER BY i), first_value(x) IGNORE NULLS OVER (ORDER BY i), last_value(x) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES (1, NULL), (2, 'a'), (3, NULL), (4, 'b')) AS t (i, x) ORDER BY i
--: i integer | varchar | varchar | varchar
--> 1 | <null> | <null> | b
--> 2 | <null> | a | b
--> 3 | a | a | b
--> 4 | a | a | b

SELECT k, x, sum(x) OVER (PARTITION BY k ORDER BY x), sum(x) OVER (PARTITION BY k), avg(d) OVER (PARTITION BY k), count(*) OVER (), max(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES ('a', 1, 1.5), ('a', 2, 2.0), ('b', 5, 0.5)) AS t (k, x, d) ORDER BY k, x
--: k varchar | x integer | bigint | bigint | decimal(2,1) | bigint | integer
--> a | 1 | 1 | 3 | 1.8 | 3 | 2
--> a | 2 | 3 | 3 | 1.8 | 3 | 5
--> b | 5 | 5 | 5 | 0.5 | 3 | 5

-- the default frame goes to the last peer; a range may be an interval
SELECT x, sum(x) OVER (ORDER BY x), sum(x) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING), sum(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW), count(*) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 2, 4) AS t (x) ORDER BY 1, 3
--: x integer | bigint | bigint | bigint | bigint
--> 1 | 1 | 1 | 1 | 1
--> 2 | 5 | 3 | 5 | 3
--> 2 | 5 | 5 | 5 | 3
--> 4 | 9 | 9 | 4 | 3

SELECT t, count(*) OVER (ORDER BY t RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) FROM (VALUES TIMESTAMP '2020-01-01 00:00', TIMESTAMP '2020-01-01 00:50', TIMESTAMP '2020-01-01 02:00') AS x (t) ORDER BY t
--: t timestamp(0) | bigint
--> 2020-01-01 00:00:00 | 1
--> 2020-01-01 00:50:00 | 2
--> 2020-01-01 02:00:00 | 1

SELECT x, sum(x) OVER w AS s, rank() OVER w AS r FROM (VALUES 3, 1) AS t (x) WINDOW w AS (ORDER BY x) ORDER BY x
--: x integer | s bigint | r bigint
--> 1 | 1 | 1
--> 3 | 4 | 2

-- a window over groups
SELECT k, sum(x), sum(sum(x)) OVER (ORDER BY k), rank() OVER (ORDER BY sum(x) DESC) FROM (VALUES ('a', 1), ('a', 2), ('b', 5)) AS t (k, x) GROUP BY k ORDER BY k
--: k varchar | bigint | bigint | bigint
--> a | 3 | 3 | 2
--> b | 5 | 8 | 1

SELECT count(*) FILTER (WHERE x > 1) OVER (ORDER BY x), array_agg(x) OVER (ORDER BY x), max_by(x, -x) OVER (ORDER BY x), approx_percentile(x, 0.5) OVER () FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
--: bigint | array(integer) | integer | bigint
--> 0 | [1] | 1 | 2
--> 1 | [1, 2] | 1 | 2
--> 2 | [1, 2, 3] | 1 | 2

SELECT x FROM (VALUES 1) AS t (x) WHERE row_number() OVER () = 1
--! SYNTAX_ERROR: WHERE clause cannot contain window functions: row_number

SELECT row_number() FROM (VALUES 1) AS t (x)
--! SYNTAX_ERROR: Window function row_number requires OVER

SELECT sum(x) OVER w FROM (VALUES 1) AS t (x)
--! SYNTAX_ERROR: Window 'w' is not defined

SELECT x FROM (VALUES 1) AS t (x) QUALIFY row_number() OVER () = 1
--! SYNTAX_ERROR: Parse error at line 1, column 42: Invalid expression / Unexpected token
