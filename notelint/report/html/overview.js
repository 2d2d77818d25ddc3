// What leads: the sentence, the figures, causes, folders, and how counts went.
function lead() {
  return h("section", { id: "lead", "aria-label": "Summary" },
    h("p", { class: "sentence" }, data.sentence),
    data.since ? h("p", { class: "quiet" }, data.since) : null,
    data.remedies ? h("p", { class: "quiet" }, withCode(data.remedies)) : null,
    h("ul", { class: "figures" }, data.figures.map((figure) => {
      const value = h("span", { class: "value" }, figure.value === null ? "–" : figure.value.toLocaleString("en"));
      const inside = [value, h("span", { class: "label" }, figure.label), h("span", { class: "more" }, figure.more)];
      const leads = figure.value && data.findings.length && Object.values(figure.filter).every((one) => one.length);
      return h("li", { class: figure.value ? figure.tone : "nought" }, leads ? h("a", { href: addressOf(figure.filter), class: "figure" }, inside) : h("div", { class: "figure" }, inside));
    })),
    data.remarks.length ? h("ul", { class: "remarks" }, data.remarks.map((remark) => h("li", {}, withCode(remark)))) : null);
}

const PLACES = 40, SHOWN_PLACES = 3, ITEMS = 5, CAUSES = 8, MORE_CAUSES = 200;
function places(cause) {
  const rows = cause.findings.slice(0, PLACES).map((at) => {
    const finding = data.findings[at];
    return h("li", {}, h("a", { href: narrowed({ about: pathOf(finding) }) }, pathOf(finding)), h("span", { class: "quiet" }, `:${finding[LINE]}`));
  });
  const left = cause.findings.length - PLACES;
  return h("ul", { class: "places" }, rows, left > 0 ? h("li", {}, h("a", { href: addressOf({ cause: cause.key }) }, `and ${left} more`)) : null);
}

const isInvitation = (cause) => cause.items.length > 0;
function items(cause) {
  const rest = cause.items.slice(ITEMS), links = rest.reduce((sum, [, count]) => sum + count, 0);
  const row = ([name, count]) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: addressOf({ cause: cause.key, q: name }) }, baseOf(name))), h("td", {}, counted(count, "link")));
  const table = (rows, label) => h("table", { "aria-label": label }, h("tbody", {}, rows.map(row)));
  return [table(cause.items.slice(0, ITEMS), cause.title), rest.length ? h("details", {}, h("summary", {}, `${counted(rest.length, "more note")}, ${counted(links, "link")}`), table(rest.slice(0, 60), "More notes"), rest.length > 60 ? h("p", { class: "quiet" }, `and ${rest.length - 60} more`) : null) : null];
}

function causeRow(cause, most) {
  const count = cause.findings.length;
  const bar = s("svg", { class: "bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" }, s("rect", { width: 100, height: 4, class: "track" }), s("rect", { width: Math.max((count / most) * 100, 1), height: 4 }));
  return h("li", { class: `cause ${data.severities[cause.severity]}` },
    h("a", { class: "amount", href: addressOf({ cause: cause.key }), "aria-label": `Show ${counted(count, "finding")}: ${cause.title}` }, count.toLocaleString("en"), bar),
    h("div", {},
      h("h3", {}, cause.title),
      isInvitation(cause) ? items(cause) : null,
      cause.remedy ? h("p", {}, command(cause.remedy)) : null,
      isInvitation(cause) ? null : count <= SHOWN_PLACES ? places(cause) : h("details", {}, h("summary", {}, `${counted(count, "place")} in ${counted(cause.notes, "note")}`), places(cause))));
}

function causesSection() {
  if (!data.causes.length) return null;
  const most = Math.max(...data.causes.map((cause) => cause.findings.length));
  const rows = h("ol", { class: "causes" }, data.causes.slice(0, CAUSES).map((cause) => causeRow(cause, most)));
  const rest = data.causes.slice(CAUSES);
  const button = rest.length ? h("button", { type: "button", class: "more" }, `Show ${counted(rest.length, "other cause")}`) : null;
  if (button) {
    const more = () => {
      rows.append(...rest.splice(0, MORE_CAUSES).map((cause) => causeRow(cause, most)));
      button.hidden = !rest.length;
      button.textContent = `Show ${counted(rest.length, "other cause")}`;
    };
    button.addEventListener("click", more);
    addEventListener("beforeprint", () => {
      if (CAUSES + MORE_CAUSES > rows.children.length && rest.length) more();
      if (rest.length) rows.after(h("p", { class: "only-print" }, `${counted(rest.length, "other cause")} ${rest.length === 1 ? "is" : "are"} not printed.`));
    });
  }
  addEventListener("beforeprint", () => { for (const one of rows.querySelectorAll("details:not([open])")) { one.open = true; one.dataset.printed = ""; } });
  addEventListener("afterprint", () => { for (const one of rows.querySelectorAll("details[data-printed]")) { one.open = false; delete one.dataset.printed; } });
  return section("causes", "What to do first", h("p", { class: "quiet" }, "Findings under what they have in common, the most harmful first."), rows, button);
}

function foldersSection() {
  const known = folders();
  const root = known.get("");
  if (known.size < 2 || (!data.surveyed && !root.faults)) return null;
  let top = "";
  while (known.get(top).children.size === 1 && !known.get(top).own_notes) [top] = known.get(top).children;
  let by = data.surveyed ? "notes" : "faults";
  const holder = h("div", { class: "picture" });
  const draw = () => { const width = Math.max(Math.floor(holder.clientWidth), 260); holder.replaceChildren(treemap(known, top, by, width, known.size < 6 ? 170 : width < 560 ? 300 : 360)); };
  const choice = (value, text) => {
    const button = h("button", { type: "button", "aria-pressed": String(by === value) }, text);
    button.addEventListener("click", () => { by = value; for (const one of button.parentNode.children) one.setAttribute("aria-pressed", String(one === button)); draw(); });
    return button;
  };
  let drawn = 0;
  new ResizeObserver(() => { if (holder.clientWidth && holder.clientWidth !== drawn) { drawn = holder.clientWidth; draw(); } }).observe(holder);
  const rows = [...known.values()].filter((one) => one.path && one.faults).sort((a, b) => b.faults - a.faults || (a.path < b.path ? -1 : 1));
  const legend = root.faults && h("p", { class: "legend quiet" }, "Findings a note: ", ["none", "few", "some", "many", "one or more"].map((name, at) => [h("span", { class: `key heat${at}` }), h("span", {}, name), " "]));
  return section("folders", root.faults ? "Where it is" : "What there is",
    data.surveyed && root.faults ? h("div", { class: "choice", role: "group", "aria-label": "Size of folders" }, choice("notes", "by notes"), choice("faults", "by findings")) : null,
    holder, legend,
    rows.length ? h("details", {}, h("summary", {}, "The same as a table"), h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "folder"), h("th", { scope: "col" }, "findings"), h("th", { scope: "col" }, "notes"))),
      h("tbody", {}, rows.slice(0, 200).map((one) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: addressOf({ folder: one.path }) }, one.path)), h("td", {}, one.faults), h("td", {}, one.notes)))))) : null);
}
