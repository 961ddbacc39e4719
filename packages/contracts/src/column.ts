/**
 * The columns a dataset is made of: what a column is (`Column`, plain data that every target switches over)
 * and the words a contract is written in (`string()`, `decimal(10, 3).between(0, 1000)`, …).
 */

interface ColumnFacts {
  /** Whether a row may leave the column empty. */
  readonly nullable: boolean;
  /** One sentence for the data dictionary; empty when the name says it all. */
  readonly description: string;
  /** Personal data: `pseudonymise` replaces the value by a keyed hash before it is written anywhere. */
  readonly pii?: "pseudonymise";
  /** Says something about the row's source, and is no value of it: where it is empty there was nothing to say. */
  readonly remark?: true;
}

export interface StringColumn extends ColumnFacts {
  readonly kind: "string";
}

export interface BooleanColumn extends ColumnFacts {
  readonly kind: "boolean";
}

/** 32 bits (`integer`), 64 bits (`long`) or a binary float (`double`, never for money or energy). */
export interface NumberColumn extends ColumnFacts {
  readonly kind: "integer" | "long" | "double";
  /** Smallest value taken, inclusive. */
  readonly min?: number;
  /** Largest value taken, inclusive. */
  readonly max?: number;
}

/** An exact number; its values and bounds travel as text. */
export interface DecimalColumn extends ColumnFacts {
  readonly kind: "decimal";
  /** Digits in all, 1 to 38. */
  readonly precision: number;
  /** Digits behind the point, 0 to `precision`. */
  readonly scale: number;
  readonly min?: string;
  readonly max?: string;
}

/** A day (`2018-09-01`) or an instant (`2018-09-01T08:30:00.000Z`, always UTC), as ISO-8601 text. */
export interface TimeColumn extends ColumnFacts {
  readonly kind: "date" | "timestamp";
  readonly min?: string;
  readonly max?: string;
}

/** Text that is one of a few words. */
export interface OneOfColumn<V extends string = string> extends ColumnFacts {
  readonly kind: "oneOf";
  readonly values: readonly V[];
}

export type Column = StringColumn | BooleanColumn | NumberColumn | DecimalColumn | TimeColumn | OneOfColumn;
export type Kind = Column["kind"];
export type Columns = Readonly<Record<string, Column>>;

/** What a bound of the column is written as: a decimal's may be a number or text, it is kept as text. */
type Bound<C extends Column> = C extends NumberColumn
  ? number
  : C extends DecimalColumn
    ? number | string
    : C extends TimeColumn
      ? string
      : never;

/** A column being described. Each method returns a new one, so that a column may be shared and refined. */
export class ColumnBuilder<C extends Column = Column, N extends boolean = boolean> {
  readonly column: C & { readonly nullable: N };

  constructor(column: C & { readonly nullable: N }) {
    this.column = column;
  }

  /** The column may be empty. */
  optional(): ColumnBuilder<C, true> {
    return new ColumnBuilder<C, true>({ ...this.column, nullable: true });
  }

  describe(description: string): ColumnBuilder<C, N> {
    return this.with({ description });
  }

  /** Marks personal data: never written, logged or quoted in a reason as it came. */
  pii(pii: "pseudonymise"): ColumnBuilder<C, N> {
    return this.with({ pii });
  }

  /**
   * A remark of the profile's own on what it read, such as what it put right. Empty is then never "unparsable",
   * whatever raw columns the remark is about.
   */
  remark(): ColumnBuilder<C, N> {
    return this.with({ remark: true });
  }

  /** Both bounds are inclusive. */
  between(min: Bound<C>, max: Bound<C>): ColumnBuilder<C, N> {
    return this.with({ min: this.bound(min), max: this.bound(max) });
  }

  atLeast(min: Bound<C>): ColumnBuilder<C, N> {
    return this.with({ min: this.bound(min) });
  }

  atMost(max: Bound<C>): ColumnBuilder<C, N> {
    return this.with({ max: this.bound(max) });
  }

  private with(facts: object): ColumnBuilder<C, N> {
    return new ColumnBuilder<C, N>({ ...this.column, ...facts });
  }

  private bound(value: number | string): number | string {
    return this.column.kind === "decimal" ? String(value) : value;
  }
}

export const string = () => start<StringColumn>({ kind: "string", ...plain });

export const boolean = () => start<BooleanColumn>({ kind: "boolean", ...plain });

/** 32-bit. */
export const integer = () =>
  start<NumberColumn & { readonly kind: "integer" }>({ kind: "integer", ...plain });

/** 64-bit; in TypeScript a number, exact up to 2^53. */
export const long = () => start<NumberColumn & { readonly kind: "long" }>({ kind: "long", ...plain });

export const double = () => start<NumberColumn & { readonly kind: "double" }>({ kind: "double", ...plain });

/** `precision` digits in all, `scale` of them behind the point. */
export const decimal = (precision: number, scale: number) =>
  start<DecimalColumn>({ kind: "decimal", precision, scale, ...plain });

export const date = () => start<TimeColumn & { readonly kind: "date" }>({ kind: "date", ...plain });

/** An instant in UTC, to the microsecond. */
export const timestamp = () =>
  start<TimeColumn & { readonly kind: "timestamp" }>({ kind: "timestamp", ...plain });

export const oneOf = <const V extends string>(...values: readonly V[]) =>
  start<OneOfColumn<V>>({ kind: "oneOf", values, ...plain });

const plain = { nullable: false, description: "" } as const;

function start<C extends Column>(column: C & { readonly nullable: false }): ColumnBuilder<C, false> {
  return new ColumnBuilder<C, false>(column);
}
