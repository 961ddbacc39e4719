/** The stacks, in the order in which they are applied. */
export const stackNames = ["bootstrap", "storage", "pipelines"] as const;
export type StackName = (typeof stackNames)[number];
