-- Trino, Mathematical functions
SELECT abs(-3), abs(-1.5), abs(-2e0), sign(-3), sign(2.5), sign(0e0)
--: integer | decimal(2,1) | double | integer | decimal(1,0) | double
--> 3 | 1.5 | 2.0 | -1 | 1 | 0.0

SELECT ceil(1.2), ceiling(-1.2), floor(-1.2), floor(7), ceil(1.2e0), floor(99.9), ceil(99.9)
--: decimal(2,0) | decimal(2,0) | decimal(2,0) | integer | double | decimal(3,0) | decimal(3,0)
--> 2 | -1 | -2 | 7 | 2.0 | 99 | 100

-- MathFunctions: halves away from zero; decimals keep their scale
SELECT round(2.5e0), round(-2.5e0), round(1.005e0, 2), round(123.456e0, -1), round(2.5), round(1.2345, 2), round(7), round(-1.25, 1), round(9.99, 1)
--: double | double | double | double | decimal(2,0) | decimal(6,4) | integer | decimal(4,2) | decimal(4,2)
--> 3.0 | -3.0 | 1.0 | 120.0 | 3 | 1.2300 | 7 | -1.30 | 10.00

SELECT truncate(2.7e0), truncate(-2.7e0), truncate(7)
--: double | double | integer
--> 2.0 | -2.0 | 7

SELECT truncate(12.3456)
--! NOT_SUPPORTED: truncate of a decimal is not supported here: only doubles are; on Athena it works; here write a cast to double

SELECT power(2, 10), pow(2, 0.5), sqrt(16), exp(0), ln(1), log(2, 8), log2(8), log10(1000)
--: double | double | double | double | double | double | double | double
--> 1024.0 | 1.4142135623730951 | 4.0 | 1.0 | 0.0 | 3.0 | 3.0 | 3.0

-- Java's Math: no failures
SELECT sqrt(-1), ln(0), ln(-1), log10(0), log2(-1), power(0, -1)
--: double | double | double | double | double | double
--> NaN | -Infinity | NaN | -Infinity | NaN | Infinity

SELECT pi(), e(), degrees(pi()), radians(180), sin(0), cos(0), tan(0), atan(0), atan2(0, 1)
--: double | double | double | double | double | double | double | double | double
--> 3.141592653589793 | 2.718281828459045 | 180.0 | 3.141592653589793 | 0.0 | 1.0 | 0.0 | 0.0 | 0.0

SELECT is_nan(nan()), is_nan(1e0), is_finite(1e0), is_finite(infinity()), is_infinite(infinity())
--: boolean | boolean | boolean | boolean | boolean
--> true | false | true | false | true

SELECT mod(7, 3), mod(7.5, 2), mod(-7, 3)
--: integer | decimal(2,1) | integer
--> 1 | 1.5 | -1

SELECT abs('x')
--! TYPE_MISMATCH: abs wants a number, found varchar

SELECT sqrt('x')
--! FUNCTION_NOT_FOUND: Unexpected parameters (varchar) for function sqrt. Expected: sqrt(double)

SELECT random()
--! NOT_SUPPORTED: Function random is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works

SELECT width_bucket(5.3e0, 0.2, 10.6, 5)
--! NOT_SUPPORTED: Function width_bucket is not supported here: it is not on the list of functions whose answers are proven equal; on Athena it works
