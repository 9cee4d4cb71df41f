// The list of documents, with version and date.

import { dateOf, dayOf } from "./dates.js";
import { el, plural } from "./dom.js";

export function renderDocuments(documents, onopen) {
  if (documents.length === 0) {
    return el("p", { class: "notice" }, "There are no documents yet. Put files into the corpus folder; they appear here once they are read.");
  }
  return el("ul", { class: "documents" }, documents.map(document => el("li", {},
    el("button", { type: "button", class: "document", onclick: () => onopen({ documentId: document.documentId, title: document.title }) },
      el("span", { class: "document-title", dir: "auto" }, document.title),
      el("span", { class: "facts file", dir: "auto" }, document.documentId),
      el("span", { class: "facts" }, factsOf(document).join(" · "))))));
}

function factsOf({ version, ingestedAt, passages, metadata }) {
  return [
    `Version ${version}`,
    metadata.date ? `published ${dateOf(metadata.date)}` : `added ${dayOf(ingestedAt)}`,
    plural(passages, "passage", "passages"),
  ];
}
