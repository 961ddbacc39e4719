-- Trino, Conditional expressions
SELECT CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END, CASE WHEN 1 > 2 THEN 'a' END, CASE WHEN true THEN 1 ELSE 2.5 END
--: varchar | varchar | decimal(11,1)
--> two | <null> | 1.0

SELECT if(1 < 2, 'yes', 'no'), if(1 > 2, 'yes'), if(NULL, 1, 2)
--: varchar | varchar | integer
--> yes | <null> | 2

SELECT coalesce(NULL, 1, 2), coalesce(NULL, NULL), coalesce(1, 2.5), nullif(1, 1), nullif(1, 2), nullif(1, 1.0)
--: integer | unknown | decimal(11,1) | integer | integer | integer
--> 1 | <null> | 1.0 | <null> | 1 | <null>

SELECT CASE WHEN 1 = 1 THEN 1 ELSE 'a' END
--! TYPE_MISMATCH: CASE: all values must have one type, found integer and varchar

SELECT if(1, 2, 3)
--! TYPE_MISMATCH: if wants boolean, found integer

SELECT try(1 / 0)
--! NOT_SUPPORTED: Function try is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works
