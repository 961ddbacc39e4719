-- Trino, String functions: characters are code points
SELECT lower('ÄB'), upper('äß'), length('añ'), length('🤦'), length(''), length(NULL)
--: varchar | varchar | bigint | bigint | bigint | bigint
--> äb | Äß | 2 | 1 | 0 | <null>

-- NULL makes NULL; only concat_ws leaves NULLs out
SELECT 'a' || 'b', 'a' || NULL, concat('a', NULL, 'b'), concat('a', 'b', 'c'), concat_ws('-', 'a', NULL, 'c'), concat_ws(NULL, 'a', 'b')
--: varchar | varchar | varchar | varchar | varchar | varchar
--> ab | <null> | <null> | abc | a-c | <null>

SELECT 1 || 'a'
--! TYPE_MISMATCH: || wants varchar, found integer

-- StringFunctions.substr: 0 and places outside make the empty text, negative ones count from the end
SELECT substr('abcdef', 2), substr('abcdef', 2, 3), substr('abcdef', -2), substr('abcdef', 0), substr('abcdef', 7), substr('abcdef', -7), substr('abcdef', 2, 0), substring('abcdef' FROM 3 FOR 2), substring('abcdef', -3, 2), substr('äöü', 2, 1)
--: varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar | varchar
--> bcdef | bcd | ef |  |  |  |  | cd | de | ö

SELECT substr(s, n, 2), substr(s, 2, n) FROM (VALUES ('abc', 0), ('abc', -1), ('abc', NULL), ('abc', 2)) AS t (s, n)
--: varchar | varchar
-->  | 
--> c | 
--> <null> | <null>
--> bc | bc

SELECT strpos('high', 'ig'), strpos('igloo', 'x'), strpos('äöü', 'ü'), position('b' IN 'abc'), strpos('abc', '')
--: bigint | bigint | bigint | bigint | bigint
--> 2 | 0 | 3 | 2 | 1

-- beyond the last part is NULL
SELECT split_part('a,b,c', ',', 1), split_part('a,b,c', ',', 3), split_part('a,b,c', ',', 4), split_part('abc', ',', 1), split('a,b,,c', ',')
--: varchar | varchar | varchar | varchar | array(varchar)
--> a | c | <null> | abc | [a, b, , c]

SELECT split_part('a,b', ',', 0)
--! QUERY_FAILED: Index must be greater than zero

-- white space is trimmed, not only spaces
SELECT '[' || trim(x) || ']', '[' || ltrim(x) || ']', '[' || rtrim(x) || ']' FROM (VALUES ' a ', '	b
') AS t (x)
--: varchar | varchar | varchar
--> [a] | [a ] | [ a]
--> [b] | [b\n] | [	b]

SELECT trim(BOTH 'x' FROM 'xxaxx'), trim(LEADING 'x' FROM 'xxaxx'), trim(TRAILING 'x' FROM 'xxaxx'), trim('  a')
--: varchar | varchar | varchar | varchar
--> a | axx | xxa | a

SELECT replace('banana', 'a', 'o'), replace('banana', 'an'), reverse('añb'), lpad('7', 3, '0'), rpad('ab', 5, 'xy'), lpad('abc', 2, 'x')
--: varchar | varchar | varchar | varchar | varchar | varchar
--> bonono | ba | bña | 007 | abxyx | ab

SELECT starts_with('abc', 'ab'), ends_with('abc', 'bc'), chr(65), codepoint('A')
--: boolean | boolean | varchar | integer
--> true | true | A | 65

SELECT to_hex(md5(to_utf8('a'))), to_hex(sha256(to_utf8(''))), to_hex(sha1(to_utf8('abc'))), from_utf8(from_hex('6869')), to_utf8('hi'), length(to_utf8('ä'))
--: varchar | varchar | varchar | varchar | varbinary | bigint
--> 0CC175B9C0F1B6A831C399E269772661 | E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855 | A9993E364706816ABA3E25717850C26C9CD0D89D | hi | 68 69 | 2

SELECT replace(s, s, 'x') FROM (VALUES '') AS t (s)
--! NOT_SUPPORTED: replace of something that is not a literal is not supported here: an empty text is replaced otherwise; on Athena it works; here write the literal itself

SELECT format('%s', 1)
--! NOT_SUPPORTED: Function format is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works

SELECT lower(1)
--! FUNCTION_NOT_FOUND: Unexpected parameters (integer) for function lower. Expected: lower(varchar)
