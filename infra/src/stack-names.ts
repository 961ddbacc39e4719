/** The stacks, in the order in which they are applied. */
export const stackNames = ["bootstrap", "storage", "pipelines"] as const;
export type StackName = (typeof stackNames)[number];

/** The output of the stack `pipelines` that says where HTTP APIs answer, by pipeline: AWS gives them their names. */
export const apiUrlsOutput = "api_urls";
