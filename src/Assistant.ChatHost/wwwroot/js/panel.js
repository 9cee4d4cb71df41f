// The panel beside the conversation (on a phone: a sheet above it): the list of documents, or one document at a quoted range.

import { byId, el, icon, wide } from "./dom.js";
import { renderDocuments } from "./documents-view.js";
import { listDocuments, readDocument } from "./library.js";
import { renderSource } from "./source-view.js";

const panel = byId("panel");
const veil = byId("veil");
let opener = null;
let turn = 0;
let onShown = () => {};

/** Has `listener` called with the source that is shown, or null, whenever that changes. */
export function setOnShown(listener) {
  onShown = listener;
}

/**
 * Shows a range of a version, or a document as it stands now.
 * @param {object} source `documentId`, `title`; optional `version`, `start`, `end`, `quote`, `headings`, `number`.
 * @param {{ siblings?: object[], focus?: boolean }} options The sources of the same answer; whether the panel takes the focus.
 */
export async function showSource(source, { siblings = [], focus = true } = {}) {
  const mine = begin(focus, source);
  if (panel.childElementCount === 0) {
    fill([toolbar([]), el("p", { class: "panel-note" }, "Opening the document…")]);
  }
  try {
    const version = await readDocument(source.documentId, source.version);
    if (mine !== turn) {
      return;
    }
    const open = number => showSource({ documentId: source.documentId, title: source.title, version: number }, { siblings: [] });
    const { nodes, reveal } = renderSource(version, source, { onversion: open });
    fill([toolbar(stepsOf(source, siblings)), ...nodes]);
    reveal();
  } catch (error) {
    if (mine !== turn) {
      return;
    }
    fill([toolbar([]), failure(error, () => showSource(source, { siblings, focus }))]);
  }
  takeFocus(focus);
}

/** Shows the list of documents. */
export async function showDocuments({ focus = true } = {}) {
  const mine = begin(focus, null);
  let content;
  try {
    content = renderDocuments(await listDocuments(), showSource);
  } catch (error) {
    content = failure(error, () => showDocuments({ focus }));
  }
  if (mine === turn) {
    fill([toolbar(null), el("div", { class: "about" }, el("h2", { class: "panel-title", tabindex: "-1" }, "Documents")),
      el("div", { class: "reader library" }, content)]);
    takeFocus(focus);
  }
}

/** Closes the panel and gives the focus back to what opened it. */
export function closePanel() {
  turn++;
  const wasInside = panel.contains(document.activeElement);
  panel.replaceChildren();
  setOpen(false);
  onShown(null);
  if (wasInside) {
    (opener?.isConnected ? opener : byId("question")).focus();
  }
  opener = null;
}

/** Closes the panel on a person's wish and tells so. */
function dismiss() {
  closePanel();
  panel.dispatchEvent(new Event("dismiss"));
}

export const isOpen = () => !panel.hidden;

function begin(focus, source) {
  if (focus && !panel.contains(document.activeElement)) {
    opener = document.activeElement;
  }
  setOpen(true);
  onShown(source);
  return ++turn;
}

function setOpen(isShown) {
  panel.hidden = !isShown;
  document.body.classList.toggle("has-panel", isShown);
  fitToWidth();
}

/** On a phone the sheet covers the page, which then must not be reached behind it. */
function fitToWidth() {
  const isSheet = isOpen() && !wide.matches;
  veil.hidden = !isSheet;
  for (const node of [byId("conversation"), document.querySelector(".bar"), document.querySelector(".skip")]) {
    node.inert = isSheet;
  }
  for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
    isSheet ? panel.setAttribute(name, value) : panel.removeAttribute(name);
  }
}

function fill(nodes) {
  panel.replaceChildren(...nodes.filter(Boolean));
}

function takeFocus(focus) {
  if (focus) {
    (panel.querySelector(".panel-title") ?? panel.querySelector("button")).focus({ preventScroll: true });
  }
}

function toolbar(steps) {
  return el("div", { class: "toolbar" },
    steps && el("button", { type: "button", class: "quiet", onclick: () => showDocuments() }, icon("back"), "Documents"),
    el("span", { class: "steps" }, steps ?? []),
    el("button", { type: "button", class: "quiet square", "aria-label": "Close", onclick: dismiss }, icon("close")));
}

function stepsOf(source, siblings) {
  const at = siblings.indexOf(source);
  if (at < 0 || siblings.length < 2) {
    return [];
  }
  const step = (name, to, glyph) => el("button", {
    type: "button", class: "quiet square", "aria-label": name, disabled: !siblings[to],
    onclick: async () => {
      await showSource(siblings[to], { siblings });
      panel.querySelector(`[aria-label="${name}"]:not(:disabled)`)?.focus({ preventScroll: true });
    },
  }, icon(glyph));
  return [step("Previous source", at - 1, "previous"), el("span", {}, `${at + 1} of ${siblings.length}`), step("Next source", at + 1, "next")];
}

function failure(error, retry) {
  return el("div", { class: "panel-note" },
    el("p", { class: "notice is-error", role: "alert" }, error.message),
    el("button", { type: "button", class: "outlined", onclick: retry }, "Try again"));
}

veil.addEventListener("click", dismiss);
wide.addEventListener("change", fitToWidth);
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && isOpen() && !byId("key").open) {
    dismiss();
  }
});
