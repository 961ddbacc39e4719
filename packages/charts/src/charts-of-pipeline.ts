/** What a pipeline's folder exports to have charts. */

import type { Api } from "./api.ts";
import type { AnyDrawing, Report } from "./figure.ts";

/** `charts.ts`: reads the pipeline's HTTP API. */
export interface Charts {
  /** @throws ApiFailure when the API does not answer, or not as it should */
  reportOf(api: Api, asked: Asked): Promise<Report>;
}

/** `charts/drawings.ts`: what goes into the pages' script, so it imports nothing that a browser lacks. */
export interface Drawings {
  readonly drawings: readonly AnyDrawing[];
}

export interface Asked {
  /** UTC dates, `2026-11-28`, both inclusive; null where the pipeline is to choose. */
  readonly from: string | null;
  readonly to: string | null;
  readonly now: Date;
  /** Told what is being read. */
  tell(what: string): void;
}
