// The list of findings: what the filters leave, note by note, a page at a time, so that thousands cost nothing.
const PAGE = 60, PRINTED = 1500;
let shown = [], rendered = 0, lastNote = -1, list = null;

const mark = (finding) => h("span", { class: `severity ${severityName(finding)}` }, severityName(finding));
const marked = ([before, middle, after]) => [before, h("mark", {}, middle), after];

function difference(hunk) {
  const row = (sign, pieces) => h(sign === "−" ? "del" : "ins", {}, h("span", { class: "sign", "aria-hidden": "true" }, sign), h("span", { class: "text" }, marked(pieces)));
  return h("div", { class: "diff" }, hunk.old.map((pieces) => row("−", pieces)), hunk.new.map((pieces) => row("+", pieces)),
    hunk.left ? h("p", { class: "quiet" }, `and ${counted(hunk.left, "line")} more`) : null);
}

const KIND = { safe: "safe fix", unsafe: "fix on request", suggestion: "suggestion" };
function fixes(finding) {
  return finding[FIXES].map((fix) => h("div", { class: "fix" }, h("p", {}, h("span", { class: `kind ${fix[SAFETY]}` }, KIND[fix[SAFETY]]), " ", fix[TITLE]), fix[HUNKS].map(difference)));
}

function item(finding) {
  const checker = data.checkers[finding[CHECKER]].id, excerpt = finding[EXCERPT];
  return h("article", { class: "finding", tabindex: "-1", "data-note": pathOf(finding), "data-checker": checker },
    h("p", { class: "message" }, h("span", { class: "place" }, `${finding[LINE]}:${finding[COLUMN]}`), mark(finding), " ", h("span", { class: "said" }, withCode(finding[MESSAGE])), " ",
      h("a", { class: "checker", href: narrowed({ page: checker }) }, checker)),
    excerpt ? h("p", { class: "excerpt" }, h("span", { class: "gutter", "aria-hidden": "true" }, finding[LINE]), h("span", { class: "text" }, marked(excerpt))) : null,
    fixes(finding));
}

function heading(note) {
  const path = data.notes[note], folder = folderOf(path);
  return h("h3", { class: "note" }, h("a", { href: narrowed({ about: path }) }, folder ? h("span", { class: "folder" }, `${folder}/`) : null, baseOf(path)));
}

function more(count) {
  const piece = document.createDocumentFragment();
  for (const finding of shown.slice(rendered, rendered + count)) {
    if (finding[NOTE] !== lastNote) piece.append(heading(lastNote = finding[NOTE]));
    piece.append(item(finding));
  }
  rendered = Math.min(rendered + count, shown.length);
  list.append(piece);
  const left = shown.length - rendered;
  byId("more").hidden = !left;
  byId("more").textContent = `Show ${Math.min(left, PAGE)} more of ${left.toLocaleString("en")}`;
}

function showFindings() {
  const matches = matcher();
  shown = data.findings.filter(matches);
  rendered = 0;
  lastNote = -1;
  list.replaceChildren();
  more(PAGE);
  if (!shown.length) list.append(h("p", { class: "empty" }, data.findings.length ? "No finding is like that. Take a filter away." : "Nothing to report."));
  const all = data.findings.length;
  byId("count").textContent = shown.length === all ? counted(all, "finding") : `${shown.length.toLocaleString("en")} of ${counted(all, "finding")}`;
}

const REMOVABLE = { checker: "checker", folder: "folder", severity: "severity", cause: "cause", fix: "fix", note: "note", q: "text" };
function showChips() {
  const chips = Object.keys(REMOVABLE).filter((name) => state[name]).map((name) => {
    const value = name === "cause" ? (data.causes.find((one) => one.key === state.cause) || { title: "unknown" }).title : name === "fix" ? { yes: "by command", safe: "safely" }[state.fix] || state.fix : name === "folder" && state.folder === "." ? "the top folder itself" : state[name].split(",").join(", ");
    const chip = h("button", { type: "button", class: "chip", title: "Take this filter away" }, h("span", {}, REMOVABLE[name]), ` ${shortened(value, 60)} `, h("b", { "aria-hidden": "true" }, "×"));
    chip.setAttribute("aria-label", `Take away the filter ${REMOVABLE[name]}: ${value}`);
    chip.addEventListener("click", () => { go(narrowed({ [name]: null })); byId("q").focus(); });
    return chip;
  });
  if (chips.length > 1) chips.push(h("a", { class: "clear", href: "#" }, "clear all"));
  byId("chips").replaceChildren(...chips);
}

function option(value, text) { return h("option", { value }, text); }
function select(id, label, options) {
  const made = h("select", { id }, options);
  made.addEventListener("change", () => go(narrowed({ [id]: made.value || null })));
  return h("label", { class: "field" }, h("span", {}, label), made);
}

function filters() {
  const count = (of) => data.findings.reduce((sum, finding) => sum + (of(finding) ? 1 : 0), 0);
  const perChecker = new Array(data.checkers.length).fill(0);
  data.findings.forEach((finding) => { perChecker[finding[CHECKER]] += 1; });
  const families = [...new Set(data.checkers.map((one) => one.family))].sort();
  const search = h("input", { type: "search", id: "q", placeholder: "Search notes, messages, text", autocomplete: "off", spellcheck: "false" });
  let waiting;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => go(narrowed({ q: search.value.trim() || null }), { quietly: true }), 120); });
  const known = [...folders().values()].filter((one) => one.faults && one.path).sort((a, b) => (a.path < b.path ? -1 : 1));
  return h("div", { class: "filters", role: "search", "aria-label": "Findings", hidden: !data.findings.length },
    h("label", { class: "field wide" }, h("span", {}, "Search"), search),
    select("checker", "Checker", [option("", "all"), families.map((family) => h("optgroup", { label: family }, data.checkers.map((one, at) => (one.family === family ? option(one.id, `${one.id} (${perChecker[at]})`) : null))))]),
    select("folder", "Folder", [option("", "all"), known.map((one) => option(one.path, `${one.path} (${one.faults})`))]),
    select("severity", "Severity", [option("", "all"), option("error,warning", "what fails"), data.severities.map((name) => option(name, `${name} (${count((finding) => severityName(finding) === name)})`))]),
    select("fix", "Fix", [option("", "all"), option("yes", "by command"), option("safe", "safely")]),
    h("p", { class: "status" }, h("span", { id: "count", role: "status" }), h("span", { id: "chips" })));
}

// A filter that is set from elsewhere and that its list does not offer is offered there too.
function showFilters() {
  for (const name of ["checker", "folder", "severity", "fix"]) {
    const field = byId(name), value = state[name] || "";
    if (![...field.options].some((one) => one.value === value)) field.append(option(value, value === "." ? "the top folder itself" : shortened(value.split(",").join(", "), 40)));
    field.value = value;
  }
  if (document.activeElement !== byId("q")) byId("q").value = state.q || "";
  showChips();
}

function findingsSection() {
  list = h("div", { id: "list" });
  const button = h("button", { type: "button", id: "more", class: "more", hidden: true });
  button.addEventListener("click", () => more(PAGE));
  new IntersectionObserver((entries) => { if (entries.some((one) => one.isIntersecting) && rendered < shown.length) more(PAGE); }, { rootMargin: "600px" }).observe(button);
  return section("findings", "Findings", filters(), list, button);
}

addEventListener("beforeprint", () => {
  if (!list) return;
  more(Math.max(PRINTED - rendered, 0));
  if (shown.length > rendered) list.append(h("p", { class: "only-print" }, `${(shown.length - rendered).toLocaleString("en")} more findings are not printed: filter the page first.`));
});
addEventListener("afterprint", () => { document.querySelectorAll(".only-print").forEach((one) => one.remove()); });
