import { describe, expect, test } from "@jest/globals";
import { faultKinds } from "./simulate/faults.ts";
import { history, rawFile, rawKey, readingsAt, simulatedMinutes } from "./simulate.ts";
import { simulatedSites } from "./sites.ts";

const at = new Date("2026-11-28T21:05:00Z");
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

describe("readingsAt", () => {
  test("has one reading of each simulated site, all of the file's interval", () => {
    const readings = readingsAt(at, { faults: {} });
    expect(readings.map(({ site_id }) => site_id)).toEqual(simulatedSites.map(({ site_id }) => site_id));
    for (const reading of readings) expect(reading.timestamp).toBe("2026-11-28T21:05:00Z");
    for (const site of simulatedSites) expect(site.interval_minutes).toBe(simulatedMinutes);
  });

  test("is the same whenever it is asked, and at any moment of the interval", () => {
    const first = readingsAt(at);
    readingsAt(new Date("2027-03-01T00:00:00Z"));
    expect(readingsAt(at)).toEqual(first);
    expect(readingsAt(new Date("2026-11-28T21:09:59.999Z"))).toEqual(first);
    expect(readingsAt(new Date("2026-11-28T21:10:00Z"))).not.toEqual(first);
  });

  test("is the same on any machine", () => {
    const metered = readingsAt(at, { faults: {} }).map((reading) => [
      reading.site_id,
      reading.energy_generated_kwh,
      reading.energy_consumed_kwh,
    ]);
    expect(metered).toEqual([
      ["site-alpha-pv-farm-01", 0, 6.196],
      ["site-bravo-wind-farm-01", 1787.046, 21.852],
      ["site-charlie-battery-01", 0, 677.814],
      ["site-delta-office-01", 0, 3.785],
      ["site-echo-pv-farm-01", 776.083, 14.909],
    ]);
  });

  test("is other for another seed", () => {
    expect(readingsAt(at, { seed: 2, faults: {} })).not.toEqual(readingsAt(at, { faults: {} }));
  });
});

describe("a raw file", () => {
  test("has a key of its time", () => {
    expect(rawKey(at)).toBe("raw/energy/2026/11/28/20261128T2105Z.json");
    expect(rawKey(new Date("2026-11-28T21:09:30Z"))).toBe(rawKey(at));
  });

  test("is a JSON array, one reading a line", () => {
    const readings = readingsAt(at, { faults: {} });
    const text = rawFile(readings);
    expect(JSON.parse(text)).toEqual(readings);
    const lines = text.split("\n");
    expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual(["[", "]", ""]);
    expect(lines.slice(1, -2).map((line) => JSON.parse(line.replace(/,$/, "")))).toEqual(readings);
  });

  test("without readings is one still", () => {
    expect(JSON.parse(rawFile([]))).toEqual([]);
  });
});

describe("history", () => {
  const of = (from: string, to: string) => [...history(new Date(from), new Date(to))];

  test("of less than an hour is the files that the simulator would have written", () => {
    const files = of("2026-11-28T21:00:00Z", "2026-11-28T21:55:00Z");
    expect(files).toHaveLength(11);
    expect(files[1]).toEqual({ key: rawKey(at), text: rawFile(readingsAt(at)) });
  });

  test("of more is a file for each whole day of UTC, each whole hour and each interval that is left", () => {
    const files = of("2026-11-27T22:51:00Z", "2026-11-29T01:05:00Z");
    expect(files.map(({ key }) => key.replace("raw/energy/2026/11/", ""))).toEqual([
      "27/20261127T2255Z.json",
      "27/20261127T23.json",
      "28/20261128.json",
      "29/20261129T00.json",
      "29/20261129T0100Z.json",
    ]);
  });

  test("has the same readings, whatever files they are in", () => {
    const faults = { missing_interval: 0.1, stuck_meter: 0.1, future_timestamp: 0.1 };
    const day = history(new Date("2026-11-28"), new Date("2026-11-29"), { faults });
    const made = [...day].flatMap(({ text }) => JSON.parse(text));
    const sent = Array.from({ length: 288 }, (_, index) => Date.UTC(2026, 10, 28) + index * 300_000)
      .map((start) => new Date(start))
      .flatMap((start) => readingsAt(start, { faults }).map((reading) => ({ start, reading })));
    expect(made).toHaveLength(sent.length);
    // what would have been sent with a time of the future is there as it should have been
    const future = sent.filter(({ start, reading }) => Date.parse(reading.timestamp ?? "") > start.getTime());
    expect(future.length).toBeGreaterThan(50);
    const other = sent.filter((each, index) => !future.includes(each) && !same(each.reading, made[index]));
    expect(other).toEqual([]);
  });

  test("of no interval is no file", () => {
    expect(of("2026-11-28T21:01:00Z", "2026-11-28T21:05:00Z")).toEqual([]);
    expect(of("2026-11-29T00:00:00Z", "2026-11-28T00:00:00Z")).toEqual([]);
  });

  test("has nothing of the future", () => {
    const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 0.05]));
    const files = history(at, new Date("2026-11-30T00:00:00Z"), { faults });
    for (const { key, text } of files) {
      const day = key.slice("raw/energy/".length).slice(0, 10).replaceAll("/", "-");
      const dated = JSON.parse(text).filter((one: { timestamp?: string }) => "timestamp" in one);
      for (const { timestamp } of dated) expect(timestamp.slice(0, 10)).toBe(day);
    }
  });
});
