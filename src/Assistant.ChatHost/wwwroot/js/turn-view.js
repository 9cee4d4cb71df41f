// One question and what came of it.

import { claimsOf } from "./claims.js";
import { asMarkdown, asPlainText, copy } from "./copy.js";
import { announce, el, icon, plural } from "./dom.js";
import { isExact, placeOf } from "./library.js";

const pointersTo = new WeakMap();

/** Marks what points to `source` in the conversation. */
export function markShown(source) {
  for (const node of document.querySelectorAll("#turns .is-shown")) {
    node.classList.remove("is-shown");
  }
  for (const node of pointersTo.get(source) ?? []) {
    node.classList.add("is-shown");
  }
}

function pointTo(source, node) {
  pointersTo.set(source, [...pointersTo.get(source) ?? [], node]);
  return node;
}

/** The element of a turn, with functions that bring it forward as the answer arrives. */
export class TurnView {
  #body = el("div", { class: "answer-body", "aria-busy": "true" });
  #text = null;
  #streamed = "";

  /** @param {string} question @param {{ open: Function, retry: Function, share: Function, ask: Function }} actions */
  constructor(question, actions) {
    this.question = question;
    this.actions = actions;
    this.element = el("li", { class: "turn" }, el("h2", { class: "question", dir: "auto" }, question), this.#body);
    this.#progress("Searching the documents…");
  }

  #progress(text) {
    this.#body.replaceChildren(el("p", { class: "progress" }, el("span", { class: "pulse", "aria-hidden": "true" }), text));
  }

  waiting(text) {
    this.#progress(text);
  }

  evidence({ passages }) {
    const documents = new Set(passages.map(passage => passage.documentId)).size;
    this.#progress(`Reading ${plural(passages.length, "passage", "passages")} in ${plural(documents, "document", "documents")}…`);
  }

  delta({ text }) {
    if (this.#text === null) {
      this.#text = el("p", { class: "answer is-arriving", dir: "auto" });
      this.#body.replaceChildren(this.#text);
    }
    this.#streamed += text;
    this.#text.textContent = this.#streamed;
  }

  answer(answer) {
    this.#body.setAttribute("aria-busy", "false");
    this.#body.replaceChildren(...(answer.citations.length > 0 ? this.#answered(answer) : this.#unanswered(answer)));
    announce(answer.citations.length > 0
      ? `Answer with ${plural(answer.citations.length, "source", "sources")}: ${answer.answer}`
      : `${answer.answer}${answer.missing.length > 0 ? ` Not covered: ${answer.missing.join(", ")}.` : ""}`);
  }

  failed(message, isError = true) {
    this.#body.setAttribute("aria-busy", "false");
    this.#body.replaceChildren(
      el("div", { class: isError ? "notice is-error" : "notice" },
        el("p", {}, message),
        el("button", { type: "button", class: "outlined", onclick: this.actions.retry }, "Ask again")));
    announce(message);
  }

  #answered(answer) {
    return [
      this.#searched(answer),
      el("p", { class: "answer", dir: "auto" }, claimsOf(answer.answer, answer.citations.length).map(claim => this.#claim(claim, answer.citations))),
      answer.missing.length > 0 && el("p", { class: "notice is-partial" },
        el("strong", {}, "Partly answered. "), "The documents do not cover: ", wordsOf(answer.missing)),
      this.#notice(answer),
      this.#withheld(answer),
      this.#proof(answer),
      el("ol", { class: "sources", "aria-label": "Sources" }, answer.citations.map(citation => el("li", {},
        pointTo(citation, el("button", { type: "button", class: "source", "data-number": citation.number, onclick: () => this.actions.open(citation, answer.citations) },
          el("span", { class: "number", "aria-hidden": "true" }, String(citation.number)),
          el("span", { class: "source-place", dir: "auto" }, citation.headings.at(-1) ?? citation.title),
          citation.headings.length > 0 && el("span", { class: "source-title", dir: "auto" }, citation.title)))))),
      this.#actions(answer),
      this.#suggestions(answer),
    ].filter(Boolean);
  }

  #claim({ text, numbers }, citations) {
    const said = text.trimStart();
    const node = el("span", { class: "claim" }, text.slice(0, text.length - said.length), el("span", { class: "claim-text" }, said));
    for (const number of numbers) {
      const citation = citations[number - 1];
      pointTo(citation, node);
      node.append(pointTo(citation, el("button", {
        type: "button", class: "cite", "data-number": number, "aria-label": `Source ${number}: ${placeOf(citation)}`,
        onclick: () => this.actions.open(citation, citations),
        onpointerenter: event => event.pointerType === "mouse" && this.actions.preview(citation, citations),
        onpointerleave: () => this.actions.preview(null),
        onfocus: event => event.target.matches(":focus-visible") && this.actions.preview(citation, citations),
      }, String(number))));
    }
    return node;
  }

  #unanswered(answer) {
    const isEmpty = answer.outcome === "no-documents";
    return [
      this.#searched(answer),
      el("div", { class: "unanswered" },
        el("p", { class: "unanswered-title" }, isEmpty ? "No documents" : "Not in the documents"),
        el("p", {}, answer.answer),
        answer.missing.length > 0 && el("p", { class: "missing" }, "Words they do not cover: ", wordsOf(answer.missing))),
      this.#notice(answer),
      this.#withheld(answer),
      answer.related.length > 0 && el("h3", { class: "label" }, "The nearest passages"),
      answer.related.length > 0 && el("ul", { class: "related" }, answer.related.map(passage => el("li", {},
        pointTo(passage, el("button", { type: "button", class: "passage", onclick: () => this.actions.open(passage, answer.related) },
          el("span", { class: "passage-place", dir: "auto" }, placeOf(passage)),
          el("span", { class: "passage-text", dir: "auto" }, passage.quote)))))),
      this.#actions(answer),
      this.#suggestions(answer),
    ].filter(Boolean);
  }

  /** Why the answer is not what was configured, such as a language model that cannot be reached. */
  #notice({ notice }) {
    return notice ? el("p", { class: "notice is-partial" }, notice) : null;
  }

  /** How much of what a language model wrote is not shown. */
  #withheld({ withheldSentences = 0 }) {
    return withheldSentences === 0 ? null
      : el("p", { class: "withheld" }, `Withheld: ${plural(withheldSentences, "sentence", "sentences")} of the model that the documents do not prove.`);
  }

  #suggestions({ suggestions = [] }) {
    return suggestions.length === 0 ? null
      : el("div", { class: "suggestions", role: "group", "aria-label": "Ask next" }, suggestions.map(({ question, title }) =>
        el("button", { type: "button", class: "example", dir: "auto", title, onclick: () => this.actions.ask(question) }, question)));
  }

  /** A follow-up is searched with words of the conversation; what was searched is no secret. */
  #searched(answer) {
    return answer.question.trim() === this.question.trim() ? null
      : el("p", { class: "searched", dir: "auto" }, "Understood as: ", el("q", {}, answer.question));
  }

  #proof({ citations, answeredBy }) {
    const line = el("p", { class: "verified" }, "Comparing the quotes with the documents…");
    Promise.all(citations.map(isExact)).then(results => {
      const exact = results.filter(Boolean).length;
      const isWhole = exact === citations.length;
      line.classList.toggle("is-verified", isWhole);
      line.classList.toggle("is-broken", !isWhole);
      line.replaceChildren(...(isWhole
        ? [icon("check"), `${plural(exact, "quote", "quotes")} verified word for word`]
        : [`${exact} of ${plural(citations.length, "quote", "quotes")} found word for word; do not rely on the others`]),
        ...(answeredBy === "extractive" ? [] : [` · written by ${answeredBy}`]));
    }, error => {
      line.textContent = `The quotes could not be compared with the documents. ${error.message}`;
    });
    return line;
  }

  #actions(answer) {
    const action = (name, glyph, done, make) => {
      const label = el("span", {}, name);
      const copyIt = async () => {
        try {
          await copy(make());
          label.textContent = done;
          announce(done);
        } catch (error) {
          label.textContent = "Not copied";
          announce(error.message);
        }
      };
      return el("button", { type: "button", class: "quiet", onclick: copyIt, onblur: () => { label.textContent = name; } }, icon(glyph), label);
    };
    return el("div", { class: "actions", role: "group", "aria-label": "This answer" },
      action("Copy", "copy", "Copied", () => asPlainText(this.question, answer)),
      action("Copy as Markdown", "markdown", "Markdown copied", () => asMarkdown(this.question, answer)),
      action("Share link", "link", "Link copied", () => this.actions.share(answer)));
  }
}

const wordsOf = words => words.flatMap((word, i) => [i > 0 ? " " : "", el("span", { class: "word", dir: "auto" }, word)]);
