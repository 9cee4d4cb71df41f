// Talks to the host. Addresses are relative, so that the page also works under a path prefix.

import { askForKey, storedKey } from "./key.js";
import { readEvents } from "./events.js";

const BROKEN_OFF = "The answer broke off. Ask again.";

/** A request that failed; the message is for people. */
export class ApiError extends Error {
  constructor(message, status = 0, retryAfter = 0) {
    super(message);
    this.status = status;
    /** Seconds to wait before the same request may succeed; 0 when waiting does not help. */
    this.retryAfter = retryAfter;
  }
}

export const getDocuments = async () => (await send("api/documents")).json();

export async function getDocument(id, version) {
  const path = id.split("/").map(encodeURIComponent).join("/");
  const query = version ? `?version=${version}` : "";
  return (await send(`api/documents/${path}${query}`)).json();
}

/** The events of an answer as [type, data] pairs; the caller leaves with the last one. */
export async function* ask(question, history, signal) {
  const response = await send("api/chat", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ question, history }),
    signal,
  });
  try {
    for await (const { type, data } of readEvents(response.body)) {
      yield [type, JSON.parse(data)];
    }
  } catch (error) {
    throw error.name === "AbortError" ? error : new ApiError(BROKEN_OFF);
  }
  throw new ApiError(BROKEN_OFF);
}

async function send(path, options = {}) {
  for (;;) {
    const key = storedKey();
    const response = await reach(path, {
      ...options,
      headers: { ...options.headers, ...(key && { Authorization: `Bearer ${key}` }) },
    });
    if (response.ok) {
      return response;
    }
    const problem = await describe(response);
    if (response.status !== 401 || !(await askForKey(key))) {
      throw problem;
    }
  }
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new ApiError("The server cannot be reached. Check that it runs and that you are connected, then try again.");
  }
}

async function describe(response) {
  const problem = await response.json().catch(() => ({}));
  return new ApiError(
    problem.detail ?? problem.title ?? `The server answered with status ${response.status}.`,
    response.status,
    Number(response.headers.get("Retry-After")) || 0);
}
