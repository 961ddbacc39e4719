import { Option } from "commander";

/** What every command has that can act on AWS. */
export const envOption = (): Option =>
  new Option("--env <name>", "act on this environment on AWS instead of the laptop");
