// Server-sent events of a response's body. EventSource cannot send a question with POST.

/** The events of a stream, as the HTML standard defines them, without ids and reconnection. */
export async function* readEvents(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  let event = { type: "message", data: [] };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      buffer += value;
      // A carriage return at the end may be half of a line break.
      const lines = buffer.split(/\r\n|\n|\r(?=[^\n])/);
      buffer = lines.pop();
      for (const line of lines) {
        if (line !== "") {
          read(line, event);
        } else if (event.data.length > 0) {
          yield { type: event.type, data: event.data.join("\n") };
          event = { type: "message", data: [] };
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function read(line, event) {
  const [, field, value] = /^([^:]*)(?:: ?([^]*))?$/.exec(line);
  if (field === "event") {
    event.type = value ?? "";
  } else if (field === "data") {
    event.data.push(value ?? "");
  }
}
