// Questions to begin with, drawn from the headings of the documents.

import { readDocument } from "./library.js";

const MOST_EXAMPLES = 6;
const MOST_DOCUMENTS = 6;
/** Passages of a document that is read for its headings only when there are no shorter ones. */
const LONG_DOCUMENT = 200;
const QUESTION = /[?？؟;]\s*$|^(who|what|when|where|why|which|how|wer|was|wann|wo|warum|wie|welche[rnms]?|qui|quoi|quand|où|pourquoi|comment|quién|qué|cuándo|dónde|cómo|кто|что|когда|где|почему|как)\s/iu;
const FEWEST_WORDS = 3;
const MOST_CHARACTERS = 80;

/** Headings that can be asked as they stand: questions first, then outer headings before inner ones; documents take turns. */
export async function examplesFrom(documents) {
  const chosen = documents.toSorted((a, b) => (a.passages > LONG_DOCUMENT) - (b.passages > LONG_DOCUMENT)).slice(0, MOST_DOCUMENTS);
  const read = await Promise.all(chosen.map(({ documentId, version }) => readDocument(documentId, version)));
  const headings = read.map(({ sections }) => sections
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map(({ path }) => path.at(-1).trim())
    .filter(isTelling));
  const inTurns = takeTurns(headings);
  return [...new Set([...inTurns.filter(isQuestion), ...inTurns])].slice(0, MOST_EXAMPLES);
}

const rankOf = ({ path }) => isQuestion(path.at(-1)) ? 0 : path.length;

const isQuestion = heading => QUESTION.test(heading);

/** Short enough to be asked, and with words enough to be about something: “2.1 Results” and “v2 – 2026-04-22” are not. */
function isTelling(heading) {
  const words = heading.match(/\p{L}{2,}/gu)?.length ?? 0;
  return heading.length <= MOST_CHARACTERS && (isQuestion(heading) || words >= FEWEST_WORDS);
}

function takeTurns(lists) {
  const longest = Math.max(0, ...lists.map(list => list.length));
  return Array.from({ length: longest }, (_, i) => lists.map(list => list[i])).flat().filter(item => item !== undefined);
}
