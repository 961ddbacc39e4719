/** Where things are in the lake, as keys below its root. */

/** The folders of a pipeline's runs. */
export const runsPrefix = (pipeline: string): string => `runs/${pipeline}/`;

/** A run's own folder: its manifest, its report, its lineage. */
const runPrefix = (pipeline: string, runId: string): string => `${runsPrefix(pipeline)}${runId}/`;

export const manifestKey = (pipeline: string, runId: string): string =>
  `${runPrefix(pipeline, runId)}manifest.json`;

export const reportKey = (pipeline: string, runId: string): string =>
  `${runPrefix(pipeline, runId)}report.json`;

/** Says that a run came to its end, and with which attempt: no job has anything to do for it any more. */
export const endedKey = (pipeline: string, runId: string): string =>
  `${runPrefix(pipeline, runId)}ended.json`;

/** What validate found, once per run. */
export const validationKey = (pipeline: string, runId: string): string =>
  `${runPrefix(pipeline, runId)}validation.json`;

/** The manifest with the files that are left when validate has looked: what the job is given. */
export const validManifestKey = (pipeline: string, runId: string): string =>
  `${runPrefix(pipeline, runId)}valid.json`;

/** A dataset's cleaned Parquet, a folder `run=<run id>` each; the Python runtime's `tables.py` writes it there. */
export const cleanedPrefix = (dataset: string): string => `cleaned/${dataset}/`;

/** A table of the catalogue: data and metadata. */
export const tablePrefix = (database: string, table: string): string => `warehouse/${database}/${table}/`;
