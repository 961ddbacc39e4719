/** Control characters, but for new lines and tabs. A sequence that sets colours is found whole, to be told from the rest. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const obeyed = /\u001b\[[\d;]*m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Text for a terminal. A cell of a file or a file's name may hold anything; what would move the cursor or set the
 * window's title is shown as a sign for it instead, and colours stay.
 */
export function harmless(text: string): string {
  return text.replace(obeyed, (found) => (found.length > 1 ? found : signOf(found.charCodeAt(0))));
}

/** Unicode has a picture for each of ASCII's; the others are rare. */
function signOf(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
