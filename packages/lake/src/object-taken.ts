/** There is another object where one was to be copied to. */
export class ObjectTaken extends Error {
  override readonly name = "ObjectTaken";

  /** @param url the object's full URL */
  constructor(url: string) {
    super(`there is another object at ${url}`);
  }
}
