/** The pipeline that a bundle is for: the bundler puts its folder's `pipeline.ts` here. */
declare module "#pipeline" {
  const pipeline: import("@penstock/workflows/pipeline.ts").Pipeline;
  // biome-ignore lint/style/noDefaultExport: a pipeline is its folder's default export
  export default pipeline;
}
