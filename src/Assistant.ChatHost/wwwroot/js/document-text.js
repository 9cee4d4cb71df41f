// A document's text as elements, with one range marked. The text content of what is built is the document's text, code unit
// for code unit, so that a marked range is exactly the cited one.

import { el } from "./dom.js";

const LEVEL_OF_TITLE = 3;

/**
 * @param {{ text: string, blocks: object[], sections: object[], metadata: object }} version
 * @param {{ start: number, end: number } | null} range
 */
export function renderText({ text, blocks, sections, metadata }, range) {
  const depths = new Map(sections.map(({ path, span }) => [span.start, path.length]));
  const article = el("div", { class: "text", lang: metadata.language });
  let list = null;
  let position = 0;
  for (const { kind, span } of blocks) {
    const isItem = kind === "list-item";
    appendText(list && isItem ? list : article, text, position, span.start, range);
    list = isItem ? list ?? article.appendChild(el("ul")) : null;
    const node = elementOf(kind, depths.get(span.start));
    node.dataset.start = span.start;
    appendText(node, text, span.start, span.end, range);
    (list ?? article).append(node);
    position = span.end;
  }
  appendText(article, text, position, text.length, range);
  return article;
}

function elementOf(kind, depth) {
  switch (kind) {
    case "heading":
      return depth ? el(`h${Math.min(6, LEVEL_OF_TITLE + depth)}`, { dir: "auto" }) : el(`h${LEVEL_OF_TITLE}`, { dir: "auto", class: "title" });
    case "list-item":
      return el("li", { dir: "auto" });
    case "code":
      return el("pre");
    case "table-row":
      return el("p", { dir: "auto", class: "row" });
    default:
      return el("p", { dir: "auto" });
  }
}

function appendText(parent, text, start, end, range) {
  const from = Math.max(start, range?.start ?? end);
  const to = Math.min(end, range?.end ?? end);
  if (from >= to) {
    parent.append(text.slice(start, end));
    return;
  }
  parent.append(text.slice(start, from), el("mark", {}, text.slice(from, to)), text.slice(to, end));
}

/** The element that the text at `position` stands in. */
export function blockAt(article, position) {
  let found = null;
  for (const node of article.querySelectorAll("[data-start]")) {
    if (Number(node.dataset.start) > position) {
      break;
    }
    found = node;
  }
  return found;
}
