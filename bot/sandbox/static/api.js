// Talks to the page's own endpoints and listens for changes.
import { toast } from "./dom.js";
import { store } from "./store.js";

export async function read(what, query = {}) {
  const answer = await fetch(`/ui/${what}?${new URLSearchParams({ as: store.me, ...query })}`);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.problem || answer.statusText);
  return body;
}

// Does something as the person; a problem is shown and null returned as {failed: true}.
export async function act(what, wish = {}) {
  try {
    const answer = await fetch(`/ui/do/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: store.me, ...wish }),
    });
    const body = await answer.json().catch(() => ({ problem: answer.statusText }));
    if (answer.ok) return { result: body.result };
    toast(body.problem);
  } catch {
    toast("The local workspace does not answer. Is it still running?");
  }
  return { failed: true };
}

let stream = null;

export function listen(onChange) {
  stream?.close();
  stream = new EventSource(`/ui/events?as=${encodeURIComponent(store.me)}`);
  stream.onmessage = (event) => onChange(JSON.parse(event.data));
  // Whatever happened while no stream was open has to be read again.
  stream.onopen = () => onChange({ what: "everything" });
}
