// The API key, asked for only when the host refuses a request without one. It lives as long as the tab.

import { byId } from "./dom.js";

const NAME = "assistant-key";
let pending = null;

export const storedKey = () => sessionStorage.getItem(NAME);

/** Asks for a key after `refused` (null for none) was not accepted. Requests that wait share one dialog. True when there is another key to try. */
export async function askForKey(refused) {
  if (storedKey() !== refused) {
    return true;
  }
  pending ??= open(refused !== null).finally(() => { pending = null; });
  return pending;
}

function open(wasRefused) {
  const dialog = byId("key");
  const input = byId("key-value");
  input.value = "";
  byId("key-title").textContent = wasRefused ? "That key was not accepted" : "This server asks for a key";
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener("close", () => {
      const isGiven = dialog.returnValue === "use" && input.value !== "";
      if (isGiven) {
        sessionStorage.setItem(NAME, input.value.trim());
      }
      input.value = "";
      resolve(isGiven);
    }, { once: true });
  });
}
