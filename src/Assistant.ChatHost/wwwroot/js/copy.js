// An answer with its sources as text that can be pasted elsewhere.

import { claimsOf } from "./claims.js";
import { addressOf, placeOf } from "./library.js";

const markers = numbers => numbers.map(number => ` [${number}]`).join("");
const onOneLine = text => text.replace(/\s+/g, " ").trim();
// All that could begin markup in some dialect of Markdown.
const escape = text => text.replace(/[\\`*_{}[\]()<>#!|~&$]/g, "\\$&");
const rangeOf = ({ documentId, version, start, end, page }) =>
  `${documentId}, version ${version}, ${page ? `page ${page}, ` : ""}characters ${start}–${end}`;

export function asPlainText(asked, answer) {
  const sources = answer.citations.map(citation =>
    `[${citation.number}] ${placeOf(citation)}: “${onOneLine(citation.quote)}” (${rangeOf(citation)})`);
  return [asked, answer.answer, ...(sources.length > 0 ? [`Sources\n${sources.join("\n")}`] : [])].join("\n\n") + "\n";
}

export function asMarkdown(asked, answer) {
  const text = claimsOf(answer.answer, answer.citations.length)
    .map(claim => escape(claim.text) + markers(claim.numbers)).join("");
  const sources = answer.citations.map(citation =>
    `${citation.number}. [${escape(placeOf(citation))}](${addressOf(citation)}): “${escape(onOneLine(citation.quote))}” (${escape(rangeOf(citation))})`);
  return [`**${escape(onOneLine(asked))}**`, text, ...(sources.length > 0 ? [`**Sources**\n\n${sources.join("\n")}`] : [])].join("\n\n") + "\n";
}

export async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Browsers keep the clipboard from pages that come over plain HTTP from another machine; selected text they do copy.
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (!isCopied) {
    throw new Error("The browser does not let the page copy.");
  }
}
