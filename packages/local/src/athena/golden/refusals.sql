-- one SELECT, and nothing else
SELECT 1; SELECT 2
--! SYNTAX_ERROR: Only one sql statement is allowed

DROP TABLE x
--! NOT_SUPPORTED: DROP TABLE is not supported here: only one SELECT can run; Athena may take it

INSERT INTO t VALUES (1)
--! NOT_SUPPORTED: INSERT is not supported here: only one SELECT can run; Athena may take it

CREATE TABLE t AS SELECT 1
--! NOT_SUPPORTED: CREATE TABLE is not supported here: only one SELECT can run; Athena may take it

EXPLAIN SELECT 1
--! NOT_SUPPORTED: EXPLAIN is not supported here: only one SELECT can run; on Athena it works; here write DESCRIBE with a table

SELEC 1
--! SYNTAX_ERROR: Parse error at line 1, column 8: Invalid expression / Unexpected token

-- no file, no setting, no function of DuckDB's own
SELECT * FROM read_csv('/etc/passwd')
--! NOT_SUPPORTED: Table function read_csv is not supported here: only tables of the lake can be read; Athena may take it

SELECT * FROM '/etc/passwd'
--! TABLE_NOT_FOUND: Table 'awsdatacatalog.penstock./etc/passwd' does not exist; there are no tables yet

SELECT * FROM "/etc/passwd"
--! TABLE_NOT_FOUND: Table 'awsdatacatalog.penstock./etc/passwd' does not exist; there are no tables yet

SELECT * FROM "../../x"
--! TABLE_NOT_FOUND: Table 'awsdatacatalog.penstock.../../x' does not exist; there are no tables yet

SELECT * FROM duckdb_settings()
--! NOT_SUPPORTED: Table function duckdb_settings is not supported here: only tables of the lake can be read; Athena may take it

SELECT getenv('HOME'), read_text('/etc/passwd')
--! FUNCTION_NOT_FOUND: Function 'getenv' not registered

SELECT x AS "a"", (SELECT 1) AS b --" FROM (VALUES 1) AS t (x)
--: a", (SELECT 1) AS b -- integer
--> 1

SELECT '''; DROP TABLE x; --'
--: varchar
--> '; DROP TABLE x; --

SELECT main.lower('X')
--! NOT_SUPPORTED: 'method call' is not supported here: it is not on the list of faithful syntax; Athena may take it

SELECT * FROM sqlite_master
--! TABLE_NOT_FOUND: Table 'awsdatacatalog.penstock.sqlite_master' does not exist; there are no tables yet

SELECT * FROM other.t
--! SCHEMA_NOT_FOUND: Schema 'other' does not exist

SELECT * FROM mycatalog.penstock.t
--! CATALOG_NOT_FOUND: Catalog 'mycatalog' does not exist

SELECT * FROM information_schema.tables
--! NOT_SUPPORTED: information_schema is not supported here: the lake has no such tables; on Athena it works; here write SHOW TABLES or DESCRIBE

SELECT * FROM "t$snapshots"
--! NOT_SUPPORTED: Metadata table "t$snapshots" is not supported here: only the table itself can be read; on Athena it works

SELECT * FROM t FOR TIMESTAMP AS OF TIMESTAMP '2026-11-20 00:00:00 UTC'
--! NOT_SUPPORTED: This form of time travel is not supported here: a snapshot is read by its id; on Athena it works; here write FOR VERSION AS OF 123

SELECT * FROM t FOR VERSION AS OF 'audit'
--! NOT_SUPPORTED: This form of time travel is not supported here: a snapshot is read by its id; on Athena it works; here write FOR VERSION AS OF 123

SELECT * FROM t TABLESAMPLE BERNOULLI (10)
--! NOT_SUPPORTED: A table with table sample is not supported here: this form is not on the list of faithful ones; Athena may take it

WITH RECURSIVE a AS (SELECT 1) SELECT * FROM a
--! NOT_SUPPORTED: WITH RECURSIVE is not supported here: it is not on the list of faithful syntax; on Athena it works

SELECT * FROM a NATURAL JOIN b
--! TABLE_NOT_FOUND: Table 'awsdatacatalog.penstock.a' does not exist; there are no tables yet

SELECT * FROM (VALUES 1) AS a (x) NATURAL JOIN (VALUES 1) AS b (x)
--! NOT_SUPPORTED: NATURAL JOIN is not supported here: INNER, LEFT, RIGHT, FULL and CROSS are known; on Athena it works

SELECT TOP 3 x FROM (VALUES 1) AS t (x)
--! NOT_SUPPORTED: SELECT with top is not supported here: this form is not on the list of faithful ones; Athena may take it

SELECT * EXCLUDE (x) FROM (VALUES 1) AS t (x)
--! NOT_SUPPORTED: * with except is not supported here: this form is not on the list of faithful ones; Athena may take it

SELECT `x` FROM (VALUES 1) AS t (x)
--! SYNTAX_ERROR: backquoted identifiers are not supported; use double quotes to quote identifiers

SELECT json_extract_scalar('{}', '$.a')
--! NOT_SUPPORTED: Function json_extract_scalar is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works

SELECT uuid()
--! NOT_SUPPORTED: Function uuid is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works

SELECT lowr('X')
--! FUNCTION_NOT_FOUND: Function 'lowr' not registered; did you mean 'lower'?

FROM (VALUES 1) AS t (x)
--! SYNTAX_ERROR: mismatched input 'FROM'

SELECT 1 == 1
--! SYNTAX_ERROR: mismatched input '=='

SHOW TABLES
--: tab_name varchar

SHOW DATABASES
--! NOT_SUPPORTED: SHOW DATABASES is not supported here: it is not answered; on Athena it works; here write SHOW TABLES or DESCRIBE
