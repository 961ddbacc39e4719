/** Figures as JSON has them. */
export type Figures = Readonly<Record<string, unknown>>;

/** DynamoDB's typed values as JSON's; a number that JSON can't hold exactly stays text. */
export function plainFigures(figures: Readonly<Record<string, object>>): Figures {
  return Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => {
      const [type, value] = Object.entries(figure)[0] ?? [];
      const exact = type === "N" && String(Number(value)) === value;
      return [name, exact ? Number(value) : value];
    }),
  );
}
