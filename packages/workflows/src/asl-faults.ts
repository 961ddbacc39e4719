import validate from "asl-validator";
import type { Asl } from "./asl.ts";

/** What asl-validator finds wrong with a state machine, one line each; none when it is valid. */
export function aslFaults(definition: Asl): readonly string[] {
  const result = validate(definition);
  return result.isValid ? [] : result.errorsText("\n").split("\n");
}
