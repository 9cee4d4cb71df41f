// One version of a document in the panel: what it is, its outline, its text, and the quoted range in it.

import { dateOf, dayOf } from "./dates.js";
import { blockAt, renderText } from "./document-text.js";
import { el, icon } from "./dom.js";

/**
 * @param {object} version What the host tells of the version.
 * @param {object} source The range that is shown: `start`, `end`, `headings`; `quote` when there is one to compare, `number` when it proves an answer.
 * @param {{ onversion: (number: number) => void }} actions
 */
export function renderSource(version, source, { onversion }) {
  const range = source.end > source.start ? { start: source.start, end: source.end } : null;
  const article = renderText(version, range);
  const scroller = el("div", { class: "reader", tabindex: "0", role: "region", "aria-label": `Text of ${version.title}` }, article);
  const nodes = [
    el("div", { class: "about" },
      el("h2", { class: "panel-title", tabindex: "-1", dir: "auto" }, version.title),
      el("p", { class: "facts file", dir: "auto", title: version.documentId }, version.documentId),
      el("p", { class: "facts" }, versionsOf(version, onversion), factsOf(version).map(fact => ` · ${fact}`)),
      !version.isCurrent && el("p", { class: "facts outdated" }, "The document has changed since this version."),
      range && proofOf(version, source),
      outlineOf(version, source, position => scrollTo(scroller, blockAt(article, position), 0))),
    scroller,
  ];
  return { nodes, reveal: () => scrollTo(scroller, article.querySelector("mark"), 1 / 3) };
}

function factsOf({ ingestedAt, metadata }) {
  const { author, source, date } = metadata;
  return [date ? `published ${dateOf(date)}` : `added ${dayOf(ingestedAt)}`, author, source].filter(Boolean);
}

function versionsOf({ version, versions }, onversion) {
  if (versions.length < 2) {
    return `Version ${version}`;
  }
  return el("select", { "aria-label": "Version", onchange: event => onversion(Number(event.target.value)) },
    versions.toReversed().map(({ number, ingestedAt }) =>
      el("option", { value: number, selected: number === version }, `Version ${number}, ${dayOf(ingestedAt)}`)));
}

function proofOf({ text }, { start, end, quote, headings = [], number, page }) {
  const range = `${page ? `page ${page}, ` : ""}characters ${(start + 1).toLocaleString()}–${end.toLocaleString()}`;
  const place = headings.length > 0 && el("p", { class: "place", dir: "auto" }, headings.join(" › "));
  if (quote === undefined) {
    return el("div", { class: "proof" }, el("p", {}, el("strong", {}, "Cited passage"), ` · ${range}`), place);
  }
  return text.slice(start, end) === quote
    ? el("div", { class: number ? "proof is-verified" : "proof" },
      el("p", {}, number ? icon("check") : null, el("strong", {}, number ? "Verified quote" : "Nearest passage"), ` · ${range}`), place)
    : el("div", { class: "proof is-broken" }, el("p", {}, el("strong", {}, "The quote differs from the document"), ` · ${range}`), place);
}

function outlineOf({ sections }, { start }, onchoose) {
  if (sections.length < 2) {
    return null;
  }
  const current = sections.findLast(({ span }) => start >= span.start && start < span.end);
  return el("details", { class: "outline" },
    el("summary", {}, `Outline · ${sections.length.toLocaleString()} sections`),
    el("ol", {}, sections.map(section => el("li", { "data-depth": Math.min(section.path.length, 6) },
      el("button", {
        type: "button", dir: "auto", "aria-current": section === current ? "location" : null,
        onclick: () => onchoose(section.span.start),
      }, section.path.at(-1))))));
}

/** Scrolls until `node` stands at a share of the height from the top. At once: a way through a long document says nothing. */
function scrollTo(scroller, node, share) {
  if (!node) {
    return;
  }
  const frame = scroller.getBoundingClientRect();
  const box = node.getBoundingClientRect();
  scroller.scrollTop += box.top - frame.top - Math.max(12, (frame.height - box.height) * share);
}
