/** Macros: what Trino computes otherwise than DuckDB, and is too long to write in place. */

const COMMON_ZONES = [
  "Europe/London",
  "Europe/Berlin",
  "Europe/Paris",
  "Europe/Madrid",
  "Europe/Rome",
  "Europe/Amsterdam",
  "Europe/Oslo",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Asia/Shanghai",
  "Asia/Singapore",
  "Australia/Sydney",
];

/** Made once in each DuckDB instance, before it is locked. */
export const prelude: readonly string[] = [
  // The instant of a local time. In the hour that the clocks show twice it is the first one, as in Java;
  // in the hour that they skip it is moved forward. `later` is what ICU takes.
  `CREATE MACRO trino_earlier(moment, later, zone) AS
     timezone('UTC', moment) - (timezone(zone, later - to_hours(24)) - timezone('UTC', later - to_hours(24)))`,
  `CREATE MACRO trino_instant(moment, zone) AS
     CASE WHEN timezone(zone, trino_earlier(moment, timezone(zone, moment), zone)) = moment
          THEN least(trino_earlier(moment, timezone(zone, moment), zone), timezone(zone, moment))
          ELSE timezone(zone, moment) END`,

  // DuckDB prepares a zone once when it is a literal, and again for every row when it is a column, which takes six
  // times as long: so common ones are spelt out. `instant` should be short, it is repeated.
  `CREATE MACRO trino_local(instant, zone) AS
     CASE zone ${COMMON_ZONES.map((zone) => `WHEN '${zone}' THEN timezone('${zone}', instant)`).join(" ")}
          ELSE timezone(zone, instant) END`,

  // A timestamp that carries its zone; NULL as a whole when either part is.
  `CREATE MACRO trino_zoned(instant, zone) AS
     CASE WHEN instant IS NULL OR zone IS NULL THEN NULL ELSE struct_pack(t := instant, z := zone) END`,

  // Java leaves ß alone, DuckDB makes ẞ of it.
  `CREATE MACRO trino_upper(s) AS
     CASE WHEN contains(s, 'ß') THEN array_to_string(list_transform(string_split(s, 'ß'), lambda e: upper(e)), 'ß')
          ELSE upper(s) END`,

  // java.lang.Double.toString: plain from 10^-3 up to 10^7, else 1.0E10.
  `CREATE MACRO trino_scientific(digits, exponent) AS
     concat(digits[1], '.', coalesce(nullif(rtrim(digits[2:], '0'), ''), '0'), 'E', CAST(exponent AS VARCHAR))`,
  `CREATE MACRO trino_plain_scientific(whole, fraction, exponent) AS
     CASE WHEN whole <> '0' THEN trino_scientific(concat(whole, fraction), exponent + len(whole) - 1)
          ELSE trino_scientific(ltrim(fraction, '0'), exponent - (len(fraction) - len(ltrim(fraction, '0'))) - 1) END`,
  `CREATE MACRO trino_text_scientific(text) AS
     trino_plain_scientific(
       split_part(split_part(text, 'e', 1), '.', 1), split_part(split_part(text, 'e', 1), '.', 2),
       coalesce(TRY_CAST(split_part(text, 'e', 2) AS INTEGER), 0))`,
  `CREATE MACRO trino_double_text(x) AS CASE
     WHEN x IS NULL THEN NULL
     WHEN isnan(x) THEN 'NaN'
     WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
     WHEN x = 0 OR (abs(x) >= 0.001 AND abs(x) < 10000000) THEN CAST(x AS VARCHAR)
     WHEN x < 0 THEN concat('-', trino_text_scientific(CAST(-x AS VARCHAR)))
     ELSE trino_text_scientific(CAST(x AS VARCHAR)) END`,

  // Microseconds to milliseconds, halves away from zero.
  `CREATE MACRO trino_milliseconds(micros) AS
     CASE WHEN micros < 0 THEN -((-micros + 500) // 1000) ELSE (micros + 500) // 1000 END`,

  // A whole number as the digits of a decimal, written out as text: -5 with scale 2 is -0.05.
  `CREATE MACRO trino_decimal_text(digits, scale) AS
     concat(left(digits, greatest(len(digits) - scale, 0)), '.', right(lpad(digits, CAST(greatest(scale, len(digits)) AS INTEGER), '0'), scale))`,
  `CREATE MACRO trino_decimal(n, scale) AS
     CASE WHEN n IS NULL THEN NULL
          ELSE concat(CASE WHEN n < 0 THEN '-' ELSE '' END, trino_decimal_text(CAST(abs(n) AS VARCHAR), CAST(scale AS BIGINT))) END`,

  // Whole numbers divided, rounded half away from zero, as a decimal's text; and the average of decimals with that
  // scale, NULL of no rows.
  `CREATE MACRO trino_rounded(a, b) AS a // b + CASE WHEN a % b >= b - a % b THEN 1 ELSE 0 END`,
  `CREATE MACRO trino_quotient(a, b, scale) AS
     trino_decimal(CASE WHEN (a < 0) <> (b < 0) THEN -trino_rounded(abs(a), abs(b)) ELSE trino_rounded(abs(a), abs(b)) END, scale)`,
  `CREATE MACRO trino_digits(x) AS CAST(replace(CAST(x AS VARCHAR), '.', '') AS HUGEINT)`,
  `CREATE MACRO trino_average(total, n, scale) AS
     CASE WHEN n > 0 THEN trino_quotient(trino_digits(total), CAST(n AS HUGEINT), scale) END`,

  // Pairs (k, v) as a map: those without a key (NULL pairs) don't count, of equal keys the first one stays.
  `CREATE MACRO trino_map_pairs(pairs, keys) AS
     map_from_entries(list_filter(pairs, lambda e, i: list_position(keys, e.k) = i))`,
  `CREATE MACRO trino_map_known(pairs) AS trino_map_pairs(pairs, list_transform(pairs, lambda e: e.k))`,
  `CREATE MACRO trino_map(pairs) AS trino_map_known(list_filter(pairs, lambda e: e IS NOT NULL))`,

  // Complete months between two local times (Joda's getDifference): a month is complete when its day and
  // time are reached, and the last day of a month stands for every later day.
  `CREATE MACRO trino_month_rest(t, last) AS
     CASE WHEN day(t) > last THEN epoch_us(date_trunc('month', t) + to_days(CAST(last - 1 AS INTEGER)) + (t - date_trunc('day', t)))
          ELSE epoch_us(t) END - epoch_us(date_trunc('month', t))`,
  `CREATE MACRO trino_months_forward(a, b) AS
     (year(b) - year(a)) * 12 + month(b) - month(a)
     - CASE WHEN epoch_us(b) - epoch_us(date_trunc('month', b))
                 < trino_month_rest(a, CASE WHEN day(b) = day(last_day(b)) THEN day(b) ELSE 31 END)
            THEN 1 ELSE 0 END`,
  `CREATE MACRO trino_months(a, b) AS
     CASE WHEN a <= b THEN trino_months_forward(a, b) ELSE -trino_months_forward(b, a) END`,
];
