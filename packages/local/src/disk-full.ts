import { isObject } from "./json.ts";

/** Whether something failed because the disk is full. */
export const isOfFullDisk = (error: unknown): boolean => isObject(error) && error.code === "ENOSPC";
