-- Trino, Array functions and operators
SELECT ARRAY[1, 2, 4][2], ARRAY[1, 1.2, 4][2], ARRAY[1] || ARRAY[2], ARRAY[1] || 2, 2 || ARRAY[1], concat(ARRAY[1], ARRAY[2], ARRAY[3])
--: integer | decimal(11,1) | array(integer) | array(integer) | array(integer) | array(integer)
--> 2 | 1.2 | [1, 2] | [1, 2] | [2, 1] | [1, 2, 3]

SELECT ARRAY[1, 2][3]
--! QUERY_FAILED: Array subscript must be between 1 and the size of the array: 3

SELECT ARRAY[1, 2][0]
--! QUERY_FAILED: Array subscript must be between 1 and the size of the array: 0

SELECT element_at(ARRAY[1, 2, 3], 2), element_at(ARRAY[1, 2, 3], 4), element_at(ARRAY[1, 2, 3], -1), element_at(ARRAY[1, 2, 3], -4), element_at(MAP(ARRAY['a'], ARRAY[1]), 'a'), element_at(MAP(ARRAY['a'], ARRAY[1]), 'b')
--: integer | integer | integer | integer | integer | integer
--> 2 | <null> | 3 | <null> | 1 | <null>

SELECT element_at(ARRAY[1], 0)
--! QUERY_FAILED: SQL array indices start at 1

SELECT MAP(ARRAY['a'], ARRAY[1])['a'], map_keys(MAP(ARRAY['a', 'b'], ARRAY[1, 2])), map_values(MAP(ARRAY['a', 'b'], ARRAY[1, 2])), cardinality(MAP(ARRAY['a', 'b'], ARRAY[1, 2]))
--: integer | array(varchar) | array(integer) | bigint
--> 1 | [a, b] | [1, 2] | 2

SELECT MAP(ARRAY['a'], ARRAY[1])['b']
--! QUERY_FAILED: Key not present in map

SELECT cardinality(ARRAY[1, 2, NULL]), cardinality(CAST(NULL AS array(integer))), cardinality(ARRAY[])
--: bigint | bigint | bigint
--> 3 | <null> | 0

-- ArrayContains: NULL when it might be the NULL in the array
SELECT contains(ARRAY[1, 2], 2), contains(ARRAY[1, 2], 3), contains(ARRAY[1, NULL], 2), contains(ARRAY[1, NULL], 1), contains(ARRAY[1], NULL), contains(ARRAY['a'], 'a'), contains(ARRAY[1], 1.0)
--: boolean | boolean | boolean | boolean | boolean | boolean | boolean
--> true | false | <null> | true | <null> | true | true

SELECT array_position(ARRAY['a', 'b'], 'b'), array_position(ARRAY['a', 'b'], 'c'), array_position(ARRAY[1], NULL)
--: bigint | bigint | bigint
--> 2 | 0 | <null>

SELECT array_join(ARRAY['a', NULL, 'c'], '-'), array_join(ARRAY['a', NULL, 'c'], '-', '?'), array_join(ARRAY[1e10, 2.5e0], ','), array_join(ARRAY[1, 2], ', '), array_join(ARRAY[true], ',')
--: varchar | varchar | varchar | varchar | varchar
--> a-c | a-?-c | 1.0E10,2.5 | 1, 2 | true

-- ArrayDistinct keeps the first of each
SELECT array_distinct(ARRAY[3, 1, 3, NULL, 1, NULL]), array_sort(ARRAY[3, NULL, 1, 2]), array_max(ARRAY[1, 3, 2]), array_min(ARRAY[1, NULL]), array_max(ARRAY['a', 'b'])
--: array(integer) | array(integer) | integer | integer | varchar
--> [3, 1, null] | [1, 2, 3, null] | 3 | <null> | b

SELECT slice(ARRAY[1, 2, 3, 4], 2, 2), slice(ARRAY[1, 2], 2, 5), slice(ARRAY[1, 2], 3, 1), repeat('x', 3), repeat(1, 0)
--: array(integer) | array(integer) | array(integer) | array(varchar) | array(integer)
--> [2, 3] | [2] | [] | [x, x, x] | []

SELECT transform(ARRAY[5, 6], x -> x + 1), transform(ARRAY[5, NULL, 6], x -> coalesce(x, 0) + 1), transform(ARRAY['x', 'abc', 'z'], x -> x || '0'), filter(ARRAY[5, -6, NULL, 7], x -> x > 0), filter(ARRAY[5, NULL, 7, NULL], x -> x IS NOT NULL)
--: array(integer) | array(integer) | array(varchar) | array(integer) | array(integer)
--> [6, 7] | [6, 1, 7] | [x0, abc0, z0] | [5, 7] | [5, 7]

SELECT transform(ARRAY[ARRAY[1, NULL, 2], ARRAY[3, NULL]], a -> filter(a, x -> x IS NOT NULL)), transform(ARRAY[1, 2], x -> x + n) FROM (VALUES 10) AS t (n)
--: array(array(integer)) | array(integer)
--> [[1, 2], [3]] | [11, 12]

SELECT any_match(ARRAY[1, 2], x -> x > 1), any_match(ARRAY[1, NULL], x -> x > 1), all_match(ARRAY[2, 3], x -> x > 1), all_match(ARRAY[2, NULL], x -> x > 1), all_match(ARRAY[0, NULL], x -> x > 1), none_match(ARRAY[1, 1], x -> x > 1), none_match(ARRAY[1, NULL], x -> x > 1), all_match(ARRAY[], x -> true), any_match(ARRAY[], x -> true)
--: boolean | boolean | boolean | boolean | boolean | boolean | boolean | boolean | boolean
--> true | <null> | true | <null> | false | true | <null> | true | false

-- Trino, sequence: both ends included
SELECT sequence(1, 5), sequence(5, 1), sequence(1, 10, 4), sequence(0, -3, -2), sequence(3, 3)
--: array(bigint) | array(bigint) | array(bigint) | array(bigint) | array(bigint)
--> [1, 2, 3, 4, 5] | [5, 4, 3, 2, 1] | [1, 5, 9] | [0, -2] | [3]

SELECT sequence(DATE '2020-02-28', DATE '2020-03-01'), sequence(DATE '2020-02-28', DATE '2020-03-03', INTERVAL '2' DAY), sequence(DATE '2020-01-31', DATE '2020-04-30', INTERVAL '1' MONTH)
--: array(date) | array(date) | array(date)
--> [2020-02-28, 2020-02-29, 2020-03-01] | [2020-02-28, 2020-03-01, 2020-03-03] | [2020-01-31, 2020-02-29, 2020-03-31, 2020-04-30]

SELECT sequence(TIMESTAMP '2020-01-01 00:30:00.000', TIMESTAMP '2020-01-01 03:00:00.000', INTERVAL '1' HOUR), sequence(TIMESTAMP '2020-01-01 00:00:00 UTC', TIMESTAMP '2020-01-01 00:20:00 UTC', INTERVAL '10' MINUTE), sequence(TIMESTAMP '2020-01-01 02:00:00', TIMESTAMP '2020-01-01 00:00:00', INTERVAL '-1' HOUR)
--: array(timestamp(3)) | array(timestamp(0) with time zone) | array(timestamp(0))
--> [2020-01-01 00:30:00.000, 2020-01-01 01:30:00.000, 2020-01-01 02:30:00.000] | [2020-01-01 00:00:00 UTC, 2020-01-01 00:10:00 UTC, 2020-01-01 00:20:00 UTC] | [2020-01-01 02:00:00, 2020-01-01 01:00:00, 2020-01-01 00:00:00]

SELECT sequence(1, 5, -1)
--! QUERY_FAILED: sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start

SELECT sequence(1, 10001)
--! QUERY_FAILED: result of sequence function must not have more than 10000 entries

SELECT cardinality(sequence(1, 10000))
--: bigint
--> 10000

-- Trino, SELECT > UNNEST
SELECT n, a FROM (VALUES (ARRAY[2, 5], ARRAY['dog', 'cat', 'bird'])) AS t (x, y) CROSS JOIN UNNEST(x, y) AS u (n, a)
--: n integer | a varchar
--> 2 | dog
--> 5 | cat
--> <null> | bird

SELECT id, e, i FROM (VALUES (1, ARRAY['a', 'b']), (2, ARRAY[]), (3, NULL)) AS t (id, x) CROSS JOIN UNNEST(x) WITH ORDINALITY AS u (e, i)
--: id integer | e varchar | i bigint
--> 1 | a | 1
--> 1 | b | 2

SELECT id, e, i FROM (VALUES (1, ARRAY['a']), (2, ARRAY[]), (3, NULL)) AS t (id, x) LEFT JOIN UNNEST(x) WITH ORDINALITY AS u (e, i) ON TRUE
--: id integer | e varchar | i bigint
--> 1 | a | 1
--> 2 | <null> | <null>
--> 3 | <null> | <null>

SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a']) AS t (a, b)
--: a integer | b varchar
--> 1 | a
--> 2 | <null>

SELECT k, v FROM UNNEST(MAP(ARRAY['a', 'b'], ARRAY[1, 2])) AS t (k, v)
--: k varchar | v integer
--> a | 1
--> b | 2

SELECT a, b FROM UNNEST(ARRAY[ROW(1, 'x'), ROW(2, 'y')]) AS t (a, b)
--: a integer | b varchar
--> 1 | x
--> 2 | y

SELECT id, h FROM (VALUES (1, TIMESTAMP '2020-01-01 10:20:00.000000 UTC', TIMESTAMP '2020-01-01 12:10:00.000000 UTC')) AS t (id, a, b) CROSS JOIN UNNEST(sequence(date_trunc('hour', a), b, INTERVAL '1' HOUR)) AS u (h)
--: id integer | h timestamp(6) with time zone
--> 1 | 2020-01-01 10:00:00.000000 UTC
--> 1 | 2020-01-01 11:00:00.000000 UTC
--> 1 | 2020-01-01 12:00:00.000000 UTC

SELECT flatten(ARRAY[ARRAY[1], ARRAY[2]])
--! NOT_SUPPORTED: Function flatten is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works

SELECT reduce(ARRAY[1, 2], 0, (s, x) -> s + x, s -> s)
--! NOT_SUPPORTED: Function reduce is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works
