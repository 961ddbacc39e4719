import { WrongUsage } from "./failure.ts";

/** Midnight UTC of the day that an option gives, such as 2026-11-30. @throws WrongUsage when the calendar has no such day */
export function typedDay(option: string, text: string, expected = "a day such as 2026-11-30"): Date {
  const day = new Date(`${text}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime());
  if (!isDay || day.toISOString().slice(0, 10) !== text)
    throw new WrongUsage(`${option} ${text}: expected ${expected}`);
  return day;
}
