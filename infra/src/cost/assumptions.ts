/**
 * What `penstock cost` takes for granted where neither the configuration nor a pipeline's folder says it. None of it
 * was measured on AWS: put it right by your first bill.
 */
export const assumptions = {
  daysPerMonth: 30,
  /** Storage and tables are those of a pipeline that has been busy for so long. */
  monthsOfData: 12,
  /** Of a job's bill: starting Spark, reading catalogue and manifest, committing. */
  jobStartMinutes: 2,
  /** How much raw text one worker takes through in a minute; the first of a job's workers is its driver. */
  bytesPerWorkerMinute: 100 * 1024 ** 2,
  /** Of a raw file, what its rows take as compressed Parquet: once cleaned, once in a table. */
  parquetShare: 0.3,
  /** Maintenance removes the cleaned rows of runs that are older: 90 days, in the runtime's maintain.py. */
  cleanedMonths: 3,
  /** How long a function runs; publish-metrics waits for Athena meanwhile. */
  functionSeconds: 5,
  /** The same of a function that an object, the clock or a request starts. */
  startedSeconds: { objects: 2, schedule: 1, http: 0.1 },
  /**
   * Units of DynamoDB for each new row that is served: the row is put, its figures of the day, month, year and all of it,
   * and the lease of its key, which is given back; the rows before it, those of its day (12 KB on average at one every
   * five minutes) and its figures are read.
   */
  seriesRow: { writes: 7, reads: 20 },
  /** A row and what DynamoDB adds to each item. */
  seriesRowBytes: 400,
  /** Units read for a request of the API: a day of one key, or the figures of all; half a unit is 4 KB. */
  readsPerRequest: 10,
  /** Files that bring something to be told: a notice each. */
  noticesPerFile: 0.1,
  /** Calls of the key by a function that is started, for tables, settings and the topic. */
  kmsRequestsPerCall: 3,
  /** Objects written and read by a run, for each dataset: data, metadata, manifests, reports. */
  writesPerDataset: 60,
  readsPerDataset: 200,
  /** Items of the run ledger that are written for a run, a file of it, and an execution that has nothing to do. */
  ledgerWrites: { run: 15, file: 4, nothing: 2 },
  /** Figures of one metric and key. */
  figuresPerItem: 3,
  /** Counts that a function sends of a file: rows served, anomalies, set aside. */
  countsPerFile: 3,
  /** Counts that a run sends to CloudWatch for each dataset: read, accepted, quarantined, duplicates, published. */
  countsPerDataset: 5,
  /** What analysts ask of a pipeline's tables in a busy month. */
  analystQueriesPerDay: 10,
  /** Calls of the key: buckets have keys of their own, so that few calls reach KMS. */
  kmsRequestsPerRun: 200,
  /** Log lines, in bytes: of a job's run, a function's call, a state entered, a request. */
  logBytes: { job: 2 * 1024 ** 2, call: 4 * 1024, transition: 2 * 1024, request: 512 },
  /** Scripts, the runtime and jars, in GB. */
  codeGb: 0.2,
} as const;
