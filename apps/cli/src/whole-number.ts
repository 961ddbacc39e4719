import { WrongUsage } from "./failure.ts";

/** What an option gives as a whole number. @throws WrongUsage when it is none, or less than `least` */
export function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new WrongUsage(`${option} ${text}: expected a whole number from ${least}`);
  return value;
}
