import NodeEnvironment from "jest-environment-node";

/**
 * For a file whose tests go on where the one before ended: once one has failed, the others are skipped. What they would
 * say follows from the first, and would bury it.
 */
export default class InTurn extends NodeEnvironment {
  #failed = false;

  async handleTestEvent(event) {
    if (event.name === "test_done" && event.test.errors.length > 0) this.#failed = true;
    if (event.name === "test_start" && this.#failed) event.test.mode = "skip";
  }
}
