// What opens above the page: a note with its neighbours, a checker's page, the keys.
function dialog(title, ...children) {
  const close = h("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
  const heading = h("h2", { id: "dialog-title", tabindex: "-1" }, title);
  const shown = h("dialog", { "aria-labelledby": "dialog-title" }, h("div", { class: "dialog-head" }, heading, close), children);
  close.addEventListener("click", () => shown.close());
  shown.addEventListener("click", (event) => { if (event.target === shown) shown.close(); });
  shown.addEventListener("close", () => {
    shown.remove();
    if (!shown.hasAttribute("data-replaced")) go(narrowed({}), { quietly: true });
  });
  return shown;
}

function closeDialogs() {
  for (const shown of document.querySelectorAll("dialog")) {
    shown.setAttribute("data-replaced", "");
    shown.close();
  }
}

function open(shown) {
  closeDialogs();
  document.body.append(shown);
  shown.showModal();
  shown.querySelector("h2").focus();
}

function showNote(path) {
  const note = data.notes.indexOf(path);
  if (note < 0) return;
  const own = data.findings.filter((finding) => finding[NOTE] === note);
  const folder = folderOf(path), holder = h("div", { class: "picture" });
  const published = data.published === null ? null : data.published.includes(note) ? "published" : "not published";
  open(dialog(baseOf(path),
    h("p", { class: "quiet" }, path, published ? ` · ${published}` : ""),
    holder,
    data.links.length ? null : h("p", { class: "quiet" }, "How notes link is not part of this report."),
    h("p", {}, own.length ? h("a", { href: addressOf({ note: path }) }, `Show its ${counted(own.length, "finding")}`) : "Nothing was found in this note.", " · ",
      h("a", { href: addressOf({ folder: folder || "." }) }, folder ? `All of ${folder}` : "All of the top folder")),
    own.length ? h("ul", { class: "short" }, own.slice(0, 8).map((finding) => h("li", {}, mark(finding), ` ${finding[LINE]}: ${finding[MESSAGE]}`))) : null));
  holder.append(neighbourhood(note, Math.max(Math.min(holder.clientWidth || 640, 760), 260)));
}

function showPage(id) {
  const checker = data.checkers.find((one) => one.id === id);
  if (!checker) return;
  const count = data.findings.filter((finding) => data.checkers[finding[CHECKER]].id === id).length;
  open(dialog(checker.id, h("p", { class: "quiet" }, `${checker.family} · `, h("a", { href: addressOf({ checker: id }) }, counted(count, "finding"))),
    h("div", { class: "prose" }, checker.page.map(nested)),
    h("p", {}, "With examples: ", command(`notelint explain ${id}`))));
}

const KEYS = [["/", "search"], ["j, k", "next, previous finding"], ["o", "the note of the finding, with its neighbours"], ["c", "the checker of the finding"], ["x", "clear all filters"], ["?", "these keys"], ["Esc", "close, or leave the search"]];
const showKeys = () => open(dialog("Keys", h("dl", { class: "keys" }, KEYS.map(([key, act]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, act)]))));
