/** The part of asl-validator that is used here; it brings no types. */
declare module "asl-validator" {
  interface Result {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  }
  // biome-ignore lint/style/noDefaultExport: it is what the library exports
  export default function validate(
    definition: object,
    options?: { checkArn?: boolean; checkPaths?: boolean },
  ): Result;
}
