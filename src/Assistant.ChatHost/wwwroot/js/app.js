// The page: brings the conversation, the panel and the address together.

import { Conversation } from "./conversation.js";
import { renderDocuments } from "./documents-view.js";
import { byId, el, wide } from "./dom.js";
import { examplesFrom } from "./examples.js";
import { listDocuments } from "./library.js";
import { closePanel, isOpen, setOnShown, showDocuments, showSource } from "./panel.js";
import { markShown } from "./turn-view.js";

const RELOAD_WHILE_EMPTY = 3000;
const MOST_IN_LIBRARY = 4;
const NAME = document.title;
const form = byId("ask");
const field = byId("question");
let isPanelWanted = true;

const conversation = new Conversation({
  open: (source, siblings, isChosen) => {
    isPanelWanted ||= isChosen;
    if (isChosen || isOpen()) {
      showSource(source, { siblings, focus: isChosen });
    }
  },
  onbusy: isBusy => {
    byId("send").hidden = isBusy;
    byId("stop").hidden = !isBusy;
  },
  onanswer: showBeside,
  share: addressOf,
  submit,
});

function ask(question) {
  document.body.classList.remove("is-empty");
  document.title = `${question} · ${NAME}`;
  field.value = "";
  if (matchMedia("(pointer: coarse)").matches) {
    // Puts the keyboard of a phone away, so that the answer can be seen.
    field.blur();
  } else {
    field.focus({ preventScroll: true });
  }
  return conversation.ask(question);
}

/** Shows the first proof beside an answer, where there is room and nobody closed the panel. */
function showBeside({ citations }, questions) {
  history.replaceState(null, "", addressOf(questions));
  if (!wide.matches || !isPanelWanted) {
    return;
  }
  if (citations.length > 0) {
    showSource(citations[0], { siblings: citations, focus: false });
  } else if (isOpen()) {
    // What is open proves another answer.
    showDocuments({ focus: false });
  }
}

/** The address of an answer: its question, behind those that it follows up. */
function addressOf(questions) {
  return new URL(`?${new URLSearchParams(questions.map(question => ["q", question]))}`, document.baseURI).href;
}

function beginAgain() {
  conversation.clear();
  closePanel();
  isPanelWanted = true;
  document.body.classList.add("is-empty");
  document.title = NAME;
  field.value = "";
}

/** Shows what the address names: an answer, a range of a document, or the empty page. */
async function followAddress() {
  const query = new URLSearchParams(location.search);
  const documentId = query.get("document");
  beginAgain();
  if (documentId) {
    showSource({
      documentId,
      title: documentId,
      version: Number(query.get("version")) || undefined,
      start: Number(query.get("start")) || 0,
      end: Number(query.get("end")) || 0,
    });
  }
  for (const question of query.getAll("q").map(text => text.trim()).filter(text => text !== "")) {
    if (await ask(question) === null) {
      return;
    }
  }
}

async function showLibrary() {
  const place = document.querySelector("#library .library");
  try {
    const documents = await listDocuments();
    place.replaceChildren(renderDocuments(documents.slice(0, MOST_IN_LIBRARY), showSource));
    if (documents.length > MOST_IN_LIBRARY) {
      place.append(el("button", { type: "button", class: "quiet all", onclick: () => showDocuments() }, `All ${documents.length.toLocaleString()} documents`));
    }
    if (documents.length === 0) {
      setTimeout(showLibrary, RELOAD_WHILE_EMPTY);
      return;
    }
    const examples = await examplesFrom(documents);
    document.querySelector("#examples .examples").replaceChildren(...examples.map(example => el("li", {},
      el("button", { type: "button", class: "example", dir: "auto", onclick: () => submit(example) }, example))));
    byId("examples").hidden = examples.length === 0;
  } catch (error) {
    place.replaceChildren(
      el("p", { class: "notice is-error", role: "alert" }, error.message),
      el("button", { type: "button", class: "outlined", onclick: showLibrary }, "Try again"));
  }
}

function submit(question) {
  if (question.trim() !== "" && !conversation.isBusy) {
    history.pushState(null, "", addressOf([question.trim()]));
    ask(question.trim());
  }
}

form.addEventListener("submit", event => {
  event.preventDefault();
  submit(field.value);
});
field.addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
byId("stop").addEventListener("click", () => {
  conversation.stop();
  field.focus();
});
byId("show-documents").addEventListener("click", () => showDocuments());
for (const beginning of [byId("new-conversation"), document.querySelector(".brand")]) {
  beginning.addEventListener("click", event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    history.pushState(null, "", new URL(".", document.baseURI));
    beginAgain();
    field.focus();
  });
}
byId("panel").addEventListener("dismiss", () => {
  // Closing a document that was read on the empty page says nothing about sources of answers.
  isPanelWanted = document.body.classList.contains("is-empty");
});
addEventListener("popstate", followAddress);
setOnShown(markShown);
showLibrary();
followAddress();
if (!isOpen()) {
  field.focus({ preventScroll: true });
}
