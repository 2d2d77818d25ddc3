// How findings went over the commits of the vault: a line for each family, and the same as a table.
const LINE_WIDTH = 240, LINE_HEIGHT = 34;
function line(values, places, told) {
  const most = Math.max(...values, 1), first = places[0], length = Math.max(places[places.length - 1] - first, 1);
  const points = values.map((value, at) => [(4 + ((places[at] - first) / length) * (LINE_WIDTH - 8)).toFixed(1), (LINE_HEIGHT - 3 - (value / most) * (LINE_HEIGHT - 8)).toFixed(1)]);
  const path = points.map((point) => point.join(" ")).join("L"), end = points[points.length - 1];
  return s("svg", { viewBox: `0 0 ${LINE_WIDTH} ${LINE_HEIGHT}`, width: LINE_WIDTH, height: LINE_HEIGHT, class: "line", role: "img", "aria-label": told },
    s("path", { d: `M4 ${LINE_HEIGHT - 3}L${path}L${end[0]} ${LINE_HEIGHT - 3}Z`, class: "below" }), s("path", { d: `M${path}`, class: "edge" }), s("circle", { cx: end[0], cy: end[1], r: 2.6 }));
}

function trendRow([name, values], trend) {
  const first = values[0], last = values[values.length - 1];
  const told = `${name}: from ${first} to ${last} over ${counted(values.length, "commit")}, at least ${Math.min(...values)}, at most ${Math.max(...values)}`;
  return h("tr", { class: name === "notes" ? "aside" : last < first ? "fewer" : last > first ? "more-now" : "same" }, h("th", { scope: "row" }, name), h("td", { class: "number" }, first.toLocaleString("en")),
    h("td", {}, line(values, trend.places, told)), h("td", { class: "number last" }, last.toLocaleString("en")));
}

function trendSection() {
  const trend = data.trend;
  if (!trend) return null;
  const told = h("p", { class: "quiet" }, `${trend.span}. All of them are judged by the rules of now, and what a baseline suppresses is counted, too.`);
  if (trend.days.length < 2) return section("trend", "How it went", told);
  const table = h("table", { class: "trend" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "findings"), h("th", { scope: "col", class: "number" }, trend.days[0]), h("td"), h("th", { scope: "col", class: "number" }, trend.days[trend.days.length - 1]))),
    h("tbody", {}, trend.rows.map((row) => trendRow(row, trend))));
  const all = h("table", {}, h("thead", {}, h("tr", {}, ["day", "commit", ...trend.rows.map(([name]) => name)].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, trend.days.map((day, at) => h("tr", {}, h("th", { scope: "row" }, day), h("td", {}, h("code", {}, trend.commits[at])), trend.rows.map(([, values]) => h("td", {}, values[at]))))));
  return section("trend", "How it went", told, table, h("details", {}, h("summary", {}, "All numbers"), h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": "All numbers" }, all)));
}
