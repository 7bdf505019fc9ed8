// Draws openapi.json: one card for each operation, with a curl line to copy.

const METHODS = ["get", "post", "put", "patch", "delete"];

/** An element with attributes, text and children; text never becomes markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Text with `code` in it. */
function prose(tag, text) {
  const element = make(tag);
  text.split("`").forEach((part, i) => element.append(i % 2 ? make("code", {}, part) : part));
  return element;
}

const resolved = (api, schema) =>
  schema?.$ref ? api.components.schemas[schema.$ref.split("/").pop()] : schema;

const typeOf = (schema) => {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  const type = [schema.type ?? ""].flat().filter((t) => t !== "null").join(" | ");
  if (type === "array") return `${typeOf(schema.items)}[]`;
  return schema.enum ? schema.enum.map((value) => `"${value}"`).join(" | ") : (schema.format ?? type);
};

function row(name, schema, description, required) {
  return make("div", {},
    make("dt", {}, name, required ? "" : "?"),
    make("dd", { class: "type" }, typeOf(schema)),
    prose("dd", description ?? schema?.description ?? ""));
}

function fields(api, schema, asked) {
  const own = resolved(api, schema);
  const list = make("dl", { class: "api-fields" });
  const fill = (s, prefix, level) => {
    for (const [name, property] of Object.entries(s?.properties ?? {})) {
      list.append(row(prefix + name, property, property.description, !asked || (s.required?.includes(name) ?? false)));
      const inner = resolved(api, property.type === "array" ? property.items : property);
      const mark = property.type === "array" ? "[]." : ".";
      if (inner?.properties && level < 2) fill(inner, prefix + name + mark, level + 1);
    }
  };
  fill(own, "", 0);
  return list.children.length ? list : null;
}

function sampleOf(api, schema) {
  const own = resolved(api, schema) ?? {};
  if (own.example !== undefined) return own.example;
  if (own.default !== undefined) return own.type === "integer" ? Number(own.default) : own.default;
  if (own.properties) {
    return Object.fromEntries(Object.entries(own.properties).map(([name, s]) => [name, sampleOf(api, s)]));
  }
  return { array: [], boolean: false, integer: 1, number: 1 }[[own.type].flat()[0]] ?? "…";
}

function curl(api, path, method, operation) {
  const lines = [`curl -sS${method === "get" || method === "post" ? "" : ` -X ${method.toUpperCase()}`} "$ZHIWEN${path}"`,
    `  -H "Authorization: Bearer $KEY"`];
  const content = operation.requestBody?.content ?? {};
  if (content["multipart/form-data"]) lines.push("  -F file=@handbook.pdf");
  else if (content["application/json"]) {
    lines.push(`  -H "Content-Type: application/json"`);
    lines.push(`  -d '${JSON.stringify(sampleOf(api, content["application/json"].schema))}'`);
  } else if (method === "post") lines[0] = lines[0].replace("-sS", "-sS -X POST");
  return lines.join(" \\\n");
}

function copyable(text) {
  const button = make("button", { class: "button tiny", type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  return make("div", { class: "api-sample" }, make("pre", { tabindex: "0" }, make("code", {}, text)), button);
}

function card(api, { path, method, operation, id }) {
  const parameters = operation.parameters ?? [];
  const list = make("dl", { class: "api-fields" });
  parameters.forEach((p) => list.append(row(p.name, p.schema, p.description ?? `in ${p.in}`, p.required)));
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const [status, reply] = Object.entries(operation.responses).find(([code]) => code.startsWith("2")) ?? [];
  const shape = Object.values(reply?.content ?? {})[0]?.schema;
  const asked = body ? fields(api, body, true) : null;
  const given = shape ? fields(api, shape, false) : null;
  return make("article", { class: "api-operation", id },
    make("h3", {}, operation.summary ?? id),
    make("p", { class: "api-route" }, badge(method), make("span", {}, path)),
    operation.description ? prose("p", operation.description) : null,
    copyable(curl(api, path, method, operation)),
    parameters.length ? make("h4", {}, "Parameters") : null,
    parameters.length ? list : null,
    asked ? make("h4", {}, "Body") : null, asked,
    make("h4", {}, `Reply ${status ?? ""}`), given ?? make("p", { class: "quiet" }, "No body."));
}

const badge = (method) =>
  make("span", { class: "api-method", "data-method": method }, method.toUpperCase());

function operationsOf(api) {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method];
      return { path, method, operation, id: operation.operationId, tag: operation.tags?.[0] ?? "Other" };
    }));
}

function draw(api) {
  document.getElementById("api-about").textContent = api.info.description;
  const cards = [];
  const nav = [];
  const operations = operationsOf(api);
  for (const tag of [...new Set(operations.map((o) => o.tag))].sort()) {
    const own = operations.filter((o) => o.tag === tag);
    cards.push(make("h2", {}, tag), ...own.map((o) => card(api, o)));
    nav.push(make("h2", {}, tag), make("ul", {}, ...own.map((o) =>
      make("li", {}, make("a", { href: `#${o.id}` }, badge(o.method), o.operation.summary ?? o.path)))));
  }
  document.getElementById("api-nav").replaceChildren(...nav);
  document.getElementById("api-operations").replaceChildren(...cards);
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

try {
  const reply = await fetch("/api/v1/openapi.json");
  if (!reply.ok) throw new Error(String(reply.status));
  draw(await reply.json());
} catch (error) {
  document.getElementById("api-operations").replaceChildren(
    make("p", { role: "alert" }, `The description could not be loaded (${error.message}).`));
}
