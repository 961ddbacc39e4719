import { type Access, accessName } from "@penstock/workflows/access.ts";

/** A state declares what nobody can do, such as reading a topic. */
export class Ungrantable extends Error {
  override readonly name = "Ungrantable";

  constructor(pipeline: string, how: "reads" | "writes", access: Access) {
    super(`a state of ${pipeline} declares that it ${how} "${accessName(access)}", which nobody can`);
  }
}
