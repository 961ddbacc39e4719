/**
 * The fields of one line of CSV, as RFC 4180 has them and Python's strict reader too: a quote in the middle of a
 * field is a letter like any other.
 *
 * @returns null when a quote is not closed, or something follows where it is
 */
export function fieldsOf(line: string, separator = ","): string[] | null {
  const fields: string[] = [];
  for (let at = 0; ; at += 1) {
    if (line[at] === '"') {
      let field = "";
      for (at += 1; line[at] !== '"' || line[at + 1] === '"'; at += 1) {
        if (at >= line.length) return null;
        if (line[at] === '"') at += 1;
        field += line[at];
      }
      fields.push(field);
      at += 1;
    } else {
      const end = line.indexOf(separator, at);
      fields.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length : end;
    }
    if (at >= line.length) return fields;
    if (line[at] !== separator) return null;
  }
}
