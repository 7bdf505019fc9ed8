// Requests to the server: always with the CSRF token, always with an error that can be shown.
import { t } from "./words.js";

const csrf = document.querySelector("meta[name=csrf]");

export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export function csrfHeaders() {
  return csrf ? { [csrf.dataset.header]: csrf.content } : {};
}

/** What a reply of this status means to its reader. */
export function meaning(status, text) {
  if (status === 401) return t("js.error.signedOut");
  try {
    const said = JSON.parse(text);
    if (said.message) return said.message;
  } catch {
    // no JSON: say what the status says
  }
  if (status === 403) return t("js.error.forbidden");
  if (status === 404) return t("js.error.gone");
  if (status === 413) return t("js.error.tooLarge");
  if (status === 507) return t("js.error.noRoom");
  if (status === 503) return t("js.error.away");
  if (status === 429) return t("js.error.busy");
  return t("js.error.server");
}

export async function request(method, url, body, options = {}) {
  const headers = { ...csrfHeaders(), Accept: options.accept ?? "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options.signal,
      keepalive: options.keepalive,
      redirect: "error",
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(t("js.error.offline"), 0);
  }
  if (!response.ok) throw new Refused(meaning(response.status, await response.text()), response.status);
  return response;
}

export const json = async (method, url, body, options) => {
  const response = await request(method, url, body, options);
  return response.status === 204 ? null : response.json();
};

export const html = async (url, options) =>
  (await request("GET", url, undefined, { ...options, accept: "text/html" })).text();

/** Server-sent events of a reply, as `{event, data}`; ends when the stream ends. */
export async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) return;
      held += value;
      let end;
      while ((end = held.indexOf("\n\n")) >= 0) {
        const event = parse(held.slice(0, end));
        held = held.slice(end + 2);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function parse(lines) {
  let event = "message";
  const data = [];
  for (const line of lines.split("\n")) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5));
  }
  return data.length ? { event, data: JSON.parse(data.join("\n")) } : null;
}
