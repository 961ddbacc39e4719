/** Another operator's format is one folder under sources/: added as the README tells, generated, and run on Spark. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { copyRepository, type RepositoryCopy } from "../support/repository-copy.ts";
import { runCases } from "./run-cases.ts";

jest.setTimeout(600_000);

const file = `Ref,Bay,Plugged in,Unplugged,kWh
a-1,B1,05/03/2026 09:00,05/03/2026 10:30,12.5
a-2,B1,31/03/2026 23:30,01/04/2026 00:15,7
a-3,B2,06/03/2026 11:00,,3
a-4,B2,07/03/2026 08:00,07/03/2026 08:20,4.25
a-5,B2,07/03/2026 09:00,07/03/2026 09:00,0
`;

const profile = `SELECT
  trim(\`Ref\`) AS session_id,
  'acme' AS operator,
  'acme-yard' AS site_id,
  trim(\`Bay\`) AS charger_id,
  to_utc_timestamp(try_to_timestamp(trim(\`Plugged in\`), 'd/M/yyyy H:mm'), 'Europe/London') AS started_at,
  to_utc_timestamp(try_to_timestamp(trim(\`Unplugged\`), 'd/M/yyyy H:mm'), 'Europe/London') AS ended_at,
  'Europe/London' AS time_zone,
  try_cast(trim(\`kWh\`) AS decimal(10, 3)) AS energy_kwh
FROM raw
`;

let copy: RepositoryCopy;
const inCopy = (...path: string[]) => join(copy.root, ...path);
beforeAll(() => {
  copy = copyRepository();
  const folder = inCopy("packages/pipelines/charging-sessions/sources/acme");
  mkdirSync(folder);
  writeFileSync(join(folder, "header.txt"), `${file.split("\n")[0]}\n`);
  writeFileSync(join(folder, "charging_sessions.sql"), profile);
});
afterAll(() => copy.remove());

test("generated, it is known to what validates files and to the job, and nothing else changes", async () => {
  const { exitCode, stdout } = await copy.node(["packages/codegen/src/main.ts"]);
  expect({ exitCode, written: stdout.trim().split("\n").sort() }).toEqual({
    exitCode: 0,
    written: [
      "written glue-scripts/jobs/charging_sessions.py",
      "written packages/pipelines/charging-sessions/generated/profiles.ts",
    ],
  });
  const { profiles } = await import(inCopy("packages/pipelines/charging-sessions/generated/profiles.ts"));
  expect(profiles).toContainEqual({
    name: "acme",
    header: ["Ref", "Bay", "Plugged in", "Unplugged", "kWh"],
    folder: null,
    multiline: false,
    datasets: ["charging_sessions"],
  });
});

test("the job takes its rows in, in UTC, and sets an open session aside", async () => {
  mkdirSync(inCopy("cases/acme/input"), { recursive: true });
  writeFileSync(inCopy("cases/acme/input/acme.csv"), file);
  const { acme } = await runCases({
    repository: copy.root,
    pipeline: "charging-sessions",
    folder: inCopy("cases"),
  });
  expect(acme?.counts).toMatchObject({
    charging_sessions: { read: 5, accepted: 4, quarantined: 1, duplicates: 0 },
    files: { "acme.csv": "accepted" },
  });
  expect(acme?.quarantine).toBe("file,line,reasons\nacme.csv,4,ended_at: missing\n");
  expect(acme?.tables.charging_sessions?.trimEnd().split("\n").slice(1)).toEqual([
    "a-1,acme,acme-yard,,B1,,,,2026-03-05T09:00:00Z,2026-03-05T10:30:00Z,Europe/London,12.500,",
    "a-2,acme,acme-yard,,B1,,,,2026-03-31T22:30:00Z,2026-03-31T23:15:00Z,Europe/London,7.000,",
    "a-4,acme,acme-yard,,B2,,,,2026-03-07T08:00:00Z,2026-03-07T08:20:00Z,Europe/London,4.250,",
    "a-5,acme,acme-yard,,B2,,,,2026-03-07T09:00:00Z,2026-03-07T09:00:00Z,Europe/London,0.000,",
  ]);
});
