// Values of the report, and how elements are made of them: texts are text nodes, attributes come from this script alone.
const data = JSON.parse(document.getElementById("data").textContent);
const SVG = "http://www.w3.org/2000/svg";
const NOTE = 0, LINE = 1, COLUMN = 2, CHECKER = 3, SEVERITY = 4, MESSAGE = 5, EXCERPT = 6, CAUSE = 7, FIXES = 8, TARGET = 9;
const TITLE = 0, SAFETY = 1, HUNKS = 2;

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}
const h = (name, properties, ...children) => fill(document.createElement(name), properties, children);
const s = (name, properties, ...children) => fill(document.createElementNS(SVG, name), properties, children);
const byId = (id) => document.getElementById(id);
const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const folderOf = (path) => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
const baseOf = (path) => path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/, "");
const isIn = (path, folder) => folder === "" || path.startsWith(`${folder}/`);
const shortened = (text, most) => (text.length > most ? `${text.slice(0, Math.max(most - 1, 1))}…` : text);

// A command that can be taken along.
function command(text) {
  const button = h("button", { type: "button", class: "copy", title: "Copy the command" }, "copy");
  button.setAttribute("aria-label", `Copy the command ${text}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "selected";
    }
    setTimeout(() => { button.textContent = "copy"; }, 1600);
  });
  const code = h("code", {}, text);
  return h("span", { class: "command" }, code, button);
}

// Text in which `…` marks code, as messages and remedies have it.
const withCode = (text) => text.split("`").map((part, at) => (at % 2 ? h("code", {}, part) : part));

// The elements of a checker's page: only those that it may have.
const ALLOWED = new Set(["p", "ul", "ol", "li", "blockquote", "pre", "code", "strong", "em"]);
function nested(node) {
  if (typeof node === "string") return node;
  const [name, ...children] = node;
  return h(ALLOWED.has(name) ? name : "span", {}, children.map(nested));
}

const severityName = (finding) => data.severities[finding[SEVERITY]];
const pathOf = (finding) => data.notes[finding[NOTE]];
const section = (id, title, ...children) =>
  h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), children);
