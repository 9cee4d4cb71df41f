// The conversation: asks questions one after the other, each with what was said before.

import { ApiError, ask } from "./api.js";
import { announce, byId, scrollBehavior, wide } from "./dom.js";
import { TurnView } from "./turn-view.js";

/** The host refuses far longer histories; what was said long ago does not matter to the next question. */
const MOST_TURNS = 20;
const WAIT_BEFORE_PREVIEW = 120;

export class Conversation {
  #turns = [];
  #abort = null;
  #preview = 0;

  /** @param {{ open: Function, onbusy: (isBusy: boolean) => void, onanswer: Function, share: Function, submit: Function }} actions */
  constructor(actions) {
    this.actions = actions;
  }

  get isBusy() {
    return this.#abort !== null;
  }

  stop() {
    this.#abort?.abort();
  }

  clear() {
    this.stop();
    this.#abort = null;
    this.#turns = [];
    this.actions.onbusy(false);
    byId("turns").replaceChildren();
  }

  /** Asks and shows the answer as it arrives; the answer in the end, or null when there is none. */
  async ask(question) {
    const abort = new AbortController();
    this.#abort = abort;
    this.actions.onbusy(true);
    const view = new TurnView(question, {
      open: (source, siblings) => {
        clearTimeout(this.#preview);
        return this.actions.open(source, siblings, true);
      },
      preview: (source, siblings) => this.#previewSoon(source, siblings),
      retry: () => {
        if (!this.isBusy) {
          view.element.remove();
          this.ask(question);
        }
      },
      ask: next => this.actions.submit(next),
      share: answer => this.actions.share(this.#questionsTo(answer)),
    });
    byId("turns").append(view.element);
    view.element.scrollIntoView({ block: "start", behavior: scrollBehavior() });
    announce("Searching the documents.");
    try {
      const answer = await this.#receive(question, view, abort.signal);
      if (!abort.signal.aborted) {
        this.#turns.push({ question, answer });
        this.actions.onanswer(answer, this.#questionsTo(answer));
        return answer;
      }
    } catch (error) {
      if (view.element.isConnected) {
        view.failed(abort.signal.aborted ? "Stopped." : error.message, !abort.signal.aborted);
      }
    } finally {
      if (this.#abort === abort) {
        this.#abort = null;
        this.actions.onbusy(false);
      }
    }
    return null;
  }

  /** The questions that lead to an answer: its own and, for a follow-up, those back to the last that stood on its own. */
  #questionsTo(answer) {
    const last = this.#turns.findIndex(turn => turn.answer === answer);
    let first = last;
    while (first > 0 && this.#turns[first].answer.question.trim() !== this.#turns[first].question) {
      first--;
    }
    return this.#turns.slice(first, last + 1).map(turn => turn.question);
  }

  async #receive(question, view, signal) {
    const history = this.#turns.slice(-MOST_TURNS).flatMap(turn => [
      { role: "user", content: turn.question },
      { role: "assistant", content: turn.answer.answer },
    ]);
    for (;;) {
      try {
        for await (const [type, data] of ask(question, history, signal)) {
          switch (type) {
            case "evidence":
              view.evidence(data);
              break;
            case "delta":
              view.delta(data);
              break;
            case "answer":
              view.answer(data);
              return data;
            case "error":
              throw new ApiError(data.detail ?? data.title);
          }
        }
      } catch (error) {
        // 503: the index is being built for the first time; 429: too many questions at once. Both pass.
        if (![429, 503].includes(error.status) || error.retryAfter === 0) {
          throw error;
        }
        const message = `${error.message} This page asks again by itself.`;
        view.waiting(message);
        announce(message);
        await pause(error.retryAfter, signal);
      }
    }
  }

  /** Shows a source that is pointed at for a moment, where there is room beside the conversation. */
  #previewSoon(source, siblings) {
    clearTimeout(this.#preview);
    if (source && wide.matches) {
      this.#preview = setTimeout(() => this.actions.open(source, siblings, false), WAIT_BEFORE_PREVIEW);
    }
  }
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}
