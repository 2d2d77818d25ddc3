// What publishing would do: what fails and leaks, what to publish next, where each note goes, what readers see.
const ADDRESSES = 100;
function publicationSections() {
  const state_ = data.publication;
  if (!state_) return [];
  const line = (at) => h("li", {}, h("a", { href: narrowed({ about: pathOf(data.findings[at]) }) }, pathOf(data.findings[at])), h("span", { class: "quiet" }, `:${data.findings[at][LINE]}`), " ", withCode(data.findings[at][MESSAGE]));
  return [
    state_.fatal.length ? section("fatal", "The site cannot be built", h("ul", { class: "short" }, state_.fatal.map(line))) : null,
    state_.leaks.length || state_.silenced.length ? section("leaks", "What leaks", h("ul", { class: "short" }, state_.leaks.slice(0, 100).map(line), state_.silenced.map((path) => h("li", {}, h("a", { href: narrowed({ about: path }) }, path), " leaks, too: of this nothing is reported, for it is suppressed there")))) : null,
    wishesSection(state_),
    addressesSection(state_.notes),
    propertiesSection(state_.properties),
  ];
}

function wishesSection({ wishes, wished, proposed }) {
  if (!wishes.length) return null;
  const hasBrought = wishes.some((wish) => wish.brings), hasRemarks = wishes.some((wish) => wish.remark);
  const names = ["note", "links alive", "in notes", hasBrought && "dead links of its own", hasRemarks && "besides"].filter(Boolean);
  const row = (wish) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: narrowed({ about: wish.path }) }, wish.path)), h("td", {}, wish.links), h("td", {}, wish.notes), hasBrought && h("td", {}, wish.brings || "–"), hasRemarks && h("td", { class: "words" }, wish.remark));
  const table = (rows, label) => h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": label }, h("table", {}, h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, rows.map(row))));
  const rest = wishes.slice(proposed);
  return section("wishes", wished, table(wishes.slice(0, proposed), "Notes to publish"), rest.length ? h("details", {}, h("summary", {}, counted(rest.length, "more note")), table(rest, "More notes to publish")) : null);
}

function addressesSection(notes) {
  const body = h("tbody"), search = h("input", { type: "search", id: "address-search", placeholder: "Search addresses", autocomplete: "off" });
  const status = h("p", { class: "quiet", role: "status" });
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = notes.filter((one) => words.every((word) => `${one.address || ""} ${one.path}`.toLowerCase().includes(word)));
    body.replaceChildren(...found.slice(0, ADDRESSES).map((one) => h("tr", {}, h("th", { scope: "row" }, one.address || "not known"), h("td", { class: "words" }, h("a", { href: narrowed({ about: one.path }) }, one.path)), h("td", {}, one.leaks || "–"), h("td", {}, one.breaks || "–"))));
    status.textContent = found.length > ADDRESSES ? `${ADDRESSES} of ${counted(found.length, "address").replace(/addresss$/, "addresses")}` : found.length === 1 ? "1 address" : `${found.length} addresses`;
  };
  search.addEventListener("input", show);
  show();
  return section("addresses", "Addresses", h("label", { class: "field wide" }, h("span", {}, "Search"), search), status,
    h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": "Table of addresses" }, h("table", {}, h("thead", {}, h("tr", {}, ["address", "note", "leaks", "breaks"].map((name) => h("th", { scope: "col" }, name)))), body)));
}

function propertiesSection(properties) {
  if (!properties.length) return null;
  return section("properties", "Properties that every reader can see", h("p", { class: "quiet" }, "They stand in the source of the pages; the rarest, which surprise, come first."),
    h("table", {}, h("tbody", {}, properties.map(([name, count, first]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "words" }, count === 1 ? first : counted(count, "note")))))));
}
