/** Gates: figures over one run's rows. A run that breaks one publishes nothing. */

/** The share of the rows read that may end in quarantine, 0 to 1. */
export interface QuarantinedGate {
  readonly kind: "quarantined";
  readonly max: number;
}

/** The mean of a column over the accepted rows that have it; bounds are inclusive. */
export interface MeanGate<N extends string = string> {
  readonly kind: "mean";
  readonly column: N;
  readonly min?: number;
  readonly max?: number;
}

/** The share of the accepted rows that have the column, 0 to 1, at least. */
export interface CompletenessGate<N extends string = string> {
  readonly kind: "completeness";
  readonly column: N;
  readonly min: number;
}

export type Gate<N extends string = string> = QuarantinedGate | MeanGate<N> | CompletenessGate<N>;

export const quarantined = () => ({
  atMost: (max: number): QuarantinedGate => ({ kind: "quarantined", max }),
});

export const mean = <const N extends string>(column: N) => ({
  between: (min: number, max: number): MeanGate<N> => ({ kind: "mean", column, min, max }),
  atLeast: (min: number): MeanGate<N> => ({ kind: "mean", column, min }),
  atMost: (max: number): MeanGate<N> => ({ kind: "mean", column, max }),
});

export const completeness = <const N extends string>(column: N) => ({
  atLeast: (min: number): CompletenessGate<N> => ({ kind: "completeness", column, min }),
});
