// The documents: their list, and the ones that were read. A version never changes, so that it is read once.

import { getDocument, getDocuments } from "./api.js";

const MOST_KEPT = 20;
const kept = new Map();

/** The documents of the corpus as they stand now. */
export const listDocuments = getDocuments;

/** A version of a document; the current one when `version` is missing. */
export function readDocument(id, version) {
  if (!version) {
    return getDocument(id);
  }
  const key = `${version} ${id}`;
  const known = kept.get(key) ?? getDocument(id, version);
  // The last used stands last; the first is forgotten first.
  kept.delete(key);
  kept.set(key, known);
  known.catch(() => kept.delete(key));
  if (kept.size > MOST_KEPT) {
    kept.delete(kept.keys().next().value);
  }
  return known;
}

/** Whether a citation says what its version says, to the letter. JavaScript counts UTF-16 code units, as citations do. */
export async function isExact({ documentId, version, start, end, quote }) {
  const { text } = await readDocument(documentId, version);
  return text.slice(start, end) === quote;
}

export const addressOf = ({ documentId, version, start, end }) =>
  new URL(`?${new URLSearchParams({ document: documentId, version, start, end })}`, document.baseURI).href;

export const placeOf = ({ title, headings }) => [title, ...headings].join(" › ");
