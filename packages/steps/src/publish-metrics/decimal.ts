/**
 * One text for each decimal number, so that equal figures are equal texts: `1.50` and `15E-1` are both `1.5`.
 * Exact: nothing goes through a float.
 *
 * @returns null when the text is no finite number, such as `NaN`
 */
export function canonicalDecimal(text: string): string | null {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim());
  if (parts === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  if (whole === "" && fraction === "") return null;
  const shift = Number(exponent);
  const digits = `${whole}${fraction}`;
  // where the point stands among the digits
  const point = whole.length + shift;
  const padded = point <= 0 ? `${"0".repeat(1 - point)}${digits}` : digits.padEnd(point, "0");
  const at = Math.max(point, 1);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, "");
  const decimals = padded.slice(at).replace(/0+$/, "");
  const magnitude = decimals === "" ? integer : `${integer}.${decimals}`;
  return sign === "-" && magnitude !== "0" ? `-${magnitude}` : magnitude;
}
