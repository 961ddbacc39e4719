/** There is no object of that key. */
export class ObjectMissing extends Error {
  override readonly name = "ObjectMissing";

  /** @param url the object's full URL */
  constructor(url: string) {
    super(`there is no ${url}`);
  }
}
