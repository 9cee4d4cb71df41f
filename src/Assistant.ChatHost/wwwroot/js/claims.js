// Takes an answer's text apart into claims: what is said, and the numbers of the citations that prove it.

const MARKERS = /(?:\s*\[\d{1,4}\])+/g;

/**
 * The claims of a text, in order; together they are all of it but the white space before a marker. A bracketed number that
 * is no citation's is text.
 * @returns {{ text: string, numbers: number[] }[]}
 */
export function claimsOf(text, count) {
  const claims = [];
  let start = 0;
  for (const { 0: markers, index } of text.matchAll(MARKERS)) {
    const numbers = Array.from(markers.matchAll(/\d+/g), ([digits]) => Number(digits));
    if (numbers.every(number => number >= 1 && number <= count)) {
      claims.push({ text: text.slice(start, index), numbers });
      start = index + markers.length;
    }
  }
  if (start < text.length) {
    claims.push({ text: text.slice(start), numbers: [] });
  }
  return claims;
}
