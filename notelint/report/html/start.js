// Puts the page together, and follows the address and the keys.
function showAddress({ first = false } = {}) {
  const { about, page } = readAddress();
  closeDialogs();
  showFilters();
  showFindings();
  if (about) showNote(about);
  else if (page) showPage(page);
  else if (!first && Object.keys(state).length && followed) byId("findings").scrollIntoView();
  followed = false;
}

let followed = false;
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.id === "skip") { byId("findings").scrollIntoView(); byId("q").focus({ preventScroll: true }); return; }
  followed = true;
  const address = link.getAttribute("href");
  if (address === (location.hash || "#")) showAddress();
  else go(address);
});
addEventListener("popstate", () => showAddress());

let at = -1;
function step(by) {
  const all = list.querySelectorAll(".finding");
  const now = [...all].indexOf(document.activeElement && document.activeElement.closest(".finding"));
  at = Math.min(Math.max((now < 0 ? (by > 0 ? -1 : 0) : now) + by, 0), all.length - 1);
  if (!all[at]) return;
  all[at].focus();
  all[at].scrollIntoView({ block: "nearest" });
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "Escape" && typing) { event.target.blur(); return; }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const finding = document.activeElement && document.activeElement.closest(".finding");
  const acts = {
    "/": () => byId("q").focus(), j: () => step(1), k: () => step(-1), x: () => go("#"), "?": showKeys,
    o: () => finding && go(narrowed({ about: finding.dataset.note })), c: () => finding && go(narrowed({ page: finding.dataset.checker })),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});

function start() {
  fill(byId("masthead"), {}, [h("p", { class: "brand" }, "notelint"), h("h1", {}, data.title), data.date ? h("p", { class: "quiet" }, data.date) : null]);
  const parts = [lead(), ...publicationSections(), causesSection(), data.findings.length || !data.publication ? foldersSection() : null, trendSection(), findingsSection()];
  byId("main").append(...parts.filter(Boolean));
  const keys = h("button", { type: "button", class: "link" }, "Keys: ?");
  keys.addEventListener("click", showKeys);
  byId("footer").append(h("p", {}, data.summary), h("p", {}, `notelint ${data.version}`, h("span", { class: "keys-link" }, " · ", keys), " · this page is one file: it loads nothing, and sends nothing."));
  showAddress({ first: true });
}
start();
