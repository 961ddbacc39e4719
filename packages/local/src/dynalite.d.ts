declare module "dynalite" {
  import type { Server } from "node:http";

  interface DynaliteOptions {
    /** The folder of the LevelDB store. */
    readonly path: string;
    /** How long a table stays in CREATING, DELETING or UPDATING. */
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }

  function dynalite(options: DynaliteOptions): Server;
  export = dynalite;
}
