import type { Format } from "@penstock/contracts/dataset.ts";
import { AwsError } from "../aws-error.ts";
import type { JsonObject } from "../json.ts";

/** A table as the catalogue describes it. */
export interface CatalogueTable {
  readonly name: string;
  readonly description: string;
  readonly location: string;
  readonly format: Format;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string }[];
}

/** The Glue catalogue, read only: one database, whose tables are those of the contracts. */
export class Catalogue {
  private readonly name: string;
  private readonly location: string;
  private readonly all: readonly CatalogueTable[];

  constructor(database: {
    readonly name: string;
    readonly location: string;
    readonly tables: readonly CatalogueTable[];
  }) {
    this.name = database.name;
    this.location = database.location;
    this.all = database.tables;
  }

  databases(): readonly JsonObject[] {
    return [{ Name: this.name, LocationUri: this.location, CatalogId: "000000000000" }];
  }

  /** Throws EntityNotFoundException. */
  database(name: string): JsonObject {
    const [found] = this.databases().filter((database) => database.Name === name);
    if (found) return found;
    throw new AwsError("EntityNotFoundException", `Database ${name} not found; there is: ${this.name}.`);
  }

  /** Throws EntityNotFoundException. */
  tables(database: string): readonly JsonObject[] {
    this.database(database);
    return this.all.map((table) => this.describe(table));
  }

  /** Throws EntityNotFoundException. */
  table(database: string, name: string): JsonObject {
    this.database(database);
    const found = this.all.find((table) => table.name === name);
    if (found) return this.describe(found);
    const known = this.all.map((table) => table.name).join(", ");
    throw new AwsError("EntityNotFoundException", `Table ${name} not found; there are: ${known}.`);
  }

  private describe(table: CatalogueTable): JsonObject {
    return {
      Name: table.name,
      DatabaseName: this.name,
      Description: table.description,
      TableType: "EXTERNAL_TABLE",
      // what Athena and Spark each look for
      Parameters: {
        table_type: table.format.toUpperCase(),
        ...(table.format === "delta" ? { "spark.sql.sources.provider": "delta" } : {}),
      },
      PartitionKeys: [],
      StorageDescriptor: {
        Location: table.location,
        Columns: table.columns.map(({ name, type, comment }) => ({
          Name: name,
          Type: type,
          Comment: comment,
        })),
      },
      CatalogId: "000000000000",
    };
  }
}
