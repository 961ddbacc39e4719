import { type Access, accessName } from "@penstock/workflows/access.ts";

/** A state declares what nobody can do, such as reading a topic. */
export class Ungrantable extends Error {
  override readonly name = "Ungrantable";

  constructor(how: "reads" | "writes", access: Access) {
    super(`a state declares that it ${how} "${accessName(access)}", which has no meaning`);
  }
}
