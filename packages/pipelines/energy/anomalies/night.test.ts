import { describe, expect, test } from "@jest/globals";
import { darkThroughout } from "./night.ts";

const minutes = 60_000;
const london = { latitude: 51.5074, longitude: -0.1278 };
const sydney = { latitude: -33.8688, longitude: 151.2093 };
const tromso = { latitude: 69.6492, longitude: 18.9553 };

// as almanacs print them
const sunrises = [
  ["London, midsummer", london, "2024-06-21T03:43:00Z"],
  ["London, midwinter", london, "2024-12-21T08:04:00Z"],
  ["Sydney, midsummer", sydney, "2024-12-20T18:41:00Z"],
] as const;

const sunsets = [
  ["London, midsummer", london, "2024-06-21T20:21:00Z"],
  ["London, midwinter", london, "2024-12-21T15:53:00Z"],
  ["Sydney, midsummer", sydney, "2024-12-21T09:05:00Z"],
] as const;

describe("it is dark", () => {
  test.each(sunrises)("until some minutes before sunrise: %s", (_, place, text) => {
    const sunrise = Date.parse(text);
    expect(darkThroughout(place, sunrise - 25 * minutes, sunrise - 15 * minutes)).toBe(true);
    expect(darkThroughout(place, sunrise - 25 * minutes, sunrise)).toBe(false);
    expect(darkThroughout(place, sunrise, sunrise + 5 * minutes)).toBe(false);
  });

  test.each(sunsets)("from some minutes after sunset: %s", (_, place, text) => {
    const sunset = Date.parse(text);
    expect(darkThroughout(place, sunset + 15 * minutes, sunset + 25 * minutes)).toBe(true);
    expect(darkThroughout(place, sunset, sunset + 25 * minutes)).toBe(false);
    expect(darkThroughout(place, sunset - 5 * minutes, sunset)).toBe(false);
  });

  test("all day in the polar night, and never on a polar day", () => {
    for (let hour = 0; hour < 24; hour++) {
      const winter = Date.UTC(2026, 11, 21, hour);
      const summer = Date.UTC(2026, 5, 21, hour);
      expect(darkThroughout(tromso, winter, winter + 5 * minutes)).toBe(true);
      expect(darkThroughout(tromso, summer, summer + 5 * minutes)).toBe(false);
    }
  });
});
