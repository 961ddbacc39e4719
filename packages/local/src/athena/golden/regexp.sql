-- Trino, Regular expression functions
SELECT regexp_like('1a 2b 14m', '\d+b'), regexp_like('abc', '^b'), regexp_like('abc', 'C'), regexp_like(NULL, 'a')
--: boolean | boolean | boolean | boolean
--> true | false | false | <null>

SELECT regexp_extract('1a 2b 14m', '\d+'), regexp_extract('1a 2b 14m', '(\d+)([a-z]+)', 2), regexp_extract('abc', '\d+'), regexp_extract('abc', '(\d+)', 1)
--: varchar | varchar | varchar | varchar
--> 1 | a | <null> | <null>

SELECT regexp_extract_all('1a 2b 14m', '\d+'), regexp_extract_all('1a 2b 14m', '(\d+)([a-z]+)', 2), regexp_count('1a 2b 14m', '\s*[a-z]+\s*')
--: array(varchar) | array(varchar) | bigint
--> [1, 2, 14] | [a, b, m] | 3

SELECT regexp_replace('1a 2b 14m', '\d+[ab] '), regexp_replace('1a 2b 14m', '(\d+)([ab]) ', '3c$2 '), regexp_split('1a 2b 14m', '\s*[a-z]+\s*')
--: varchar | varchar | array(varchar)
--> 14m | 3ca 3cb 14m | [1, 2, 14, ]

-- '.' stops at a line break in both
SELECT regexp_like('a
b', 'a.b'), regexp_like('abc', '^abc$')
--: boolean | boolean
--> false | true

SELECT regexp_like('abc
', 'c$')
--! QUERY_FAILED: regexp_like: this expression reads line breaks or letters beyond ASCII otherwise here; on Athena it works

SELECT regexp_like('ä', '\w')
--! QUERY_FAILED: regexp_like: this expression reads line breaks or letters beyond ASCII otherwise here; on Athena it works

SELECT regexp_like('abc', 'a(?=b)')
--! NOT_SUPPORTED: The regular expression 'a(?=b)' is not supported here: a look-around or a named group means something else to Java; on Athena it works

SELECT regexp_extract('abc', '(a)|(x)', 2)
--! NOT_SUPPORTED: regexp_extract of a group beside '|' is not supported here: a group that did not match is NULL; on Athena it works

SELECT regexp_like('abc', x) FROM (VALUES 'a') AS t (x)
--! NOT_SUPPORTED: regexp_like with a pattern that is not a literal is not supported here: it can't be checked before the query runs; on Athena it works

SELECT regexp_replace('a', 'a', '\$')
--! NOT_SUPPORTED: The replacement '\$' is not supported here: only $0 to $9 are read in both engines; on Athena it works

SELECT regexp_position('abc', 'c')
--! NOT_SUPPORTED: Function regexp_position is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works
