/** An IAM policy as plain data, as IAM takes it. */

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/** By operator, then by key: any one of the values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
