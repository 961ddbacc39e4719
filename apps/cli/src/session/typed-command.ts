import { command } from "@penstock/steps/notice.ts";
import type { Tables } from "./session.ts";

/** A command as one types it to act on the same place: `pnpm penstock runs --env dev`. */
export const typedCommand = ({ environment }: Pick<Tables, "environment">, words: string): string =>
  command({ environment: environment.name }, words);
