// Pictures drawn here: folders by size, the neighbourhood of a note, lines of counts.

// Areas in proportion to values, as square as they get (Bruls, Huizing, van Wijk: squarified treemaps).
function squarified(items, x, y, width, height) {
  const placed = [], total = items.reduce((sum, item) => sum + item.value, 0);
  const rest = items.filter((item) => item.value > 0).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  let scale = total ? (width * height) / total : 0;
  const worst = (row, side) => {
    const sum = row.reduce((all, item) => all + item.value * scale, 0);
    return Math.max(...row.map((item) => Math.max((side * side * item.value * scale) / (sum * sum), (sum * sum) / (side * side * item.value * scale))));
  };
  while (rest.length) {
    const side = Math.min(width, height), row = [rest.shift()];
    while (rest.length && worst([...row, rest[0]], side) <= worst(row, side)) row.push(rest.shift());
    const thickness = side ? row.reduce((sum, item) => sum + item.value * scale, 0) / side : 0;
    let at = 0;
    for (const item of row) {
      const length = thickness ? (item.value * scale) / thickness : 0;
      placed.push(width <= height ? { item, x: x + at, y, width: length, height: thickness } : { item, x, y: y + at, width: thickness, height: length });
      at += length;
    }
    if (width <= height) { y += thickness; height -= thickness; } else { x += thickness; width -= thickness; }
  }
  return placed;
}

// Folders with their own notes and faults, and those of all below.
function folders() {
  const found = new Map();
  const of = (path) => {
    if (!found.has(path)) found.set(path, { path, notes: 0, faults: 0, children: new Set() });
    return found.get(path);
  };
  const add = (path, what) => {
    let folder = folderOf(path);
    of(folder)[`own_${what}`] = (of(folder)[`own_${what}`] || 0) + 1;
    for (;;) {
      of(folder)[what] += 1;
      if (folder === "") return;
      const parent = folderOf(folder);
      of(parent).children.add(folder);
      folder = parent;
    }
  };
  of("");
  data.notes.forEach((path) => add(path, "notes"));
  data.findings.forEach((finding) => add(pathOf(finding), "faults"));
  return found;
}

const heat = (faults, notes) => {
  const share = faults / Math.max(notes, 1);
  return share === 0 ? 0 : share < 0.1 ? 1 : share < 0.35 ? 2 : share < 1 ? 3 : 4;
};

function treemap(known, top, by, width, height) {
  const picture = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "treemap", role: "group", "aria-label": "Folders by size; each is a link to its findings" });
  const parts = (path) => {
    const folder = known.get(path);
    const below = [...folder.children].map((child) => ({ name: child, value: known.get(child)[by], folder: known.get(child), whole: true }));
    const own = { notes: folder.own_notes || 0, faults: folder.own_faults || 0 };
    if (own[by]) below.push({ name: path || ".", value: own[by], folder: { ...own, path }, whole: false });
    return below;
  };
  const cell = ({ item, x, y, width: w, height: hh }, label) => {
    const { notes, faults } = item.folder;
    const told = `${item.whole ? item.name : item.name === "." ? "the top folder itself" : `${item.name} itself`}: ${counted(faults, "finding")} in ${counted(notes, "note")}`;
    const link = s("a", { href: narrowed({ folder: item.name, note: null }), class: `heat${heat(faults, notes)}` });
    link.append(s("title", {}, told), s("rect", { x: x + 1, y: y + 1, width: Math.max(w - 2, 0), height: Math.max(hh - 2, 0), rx: 2 }));
    if (label && w > 46 && hh > 20) {
      link.append(s("text", { x: x + 7, y: y + 16 }, shortened(label, Math.floor((w - 12) / 6.6))));
      if (hh > 36 && w > 40) link.append(s("text", { x: x + 7, y: y + 31, class: "small" }, faults ? shortened(`${faults} in ${notes}`, Math.floor((w - 10) / 6)) : shortened(counted(notes, "note"), Math.floor((w - 10) / 6))));
    }
    return link;
  };
  for (const place of squarified(parts(top), 0, 0, width, height)) {
    const { item } = place, inner = item.whole ? parts(item.name) : [];
    const name = item.whole ? baseOf(item.name) : item.name === "." ? "top folder" : "here";
    if (inner.length > 1 && place.width > 90 && place.height > 70) {
      picture.append(s("text", { x: place.x + 5, y: place.y + 15, class: "group" }, shortened(`${name}`, Math.floor((place.width - 10) / 7))));
      for (const one of squarified(inner, place.x + 2, place.y + 21, place.width - 4, place.height - 23)) picture.append(cell(one, one.item.whole ? baseOf(one.item.name) : "here"));
    } else picture.append(cell(place, name));
  }
  return picture;
}

// Who links to a note and where its links go; what finds nothing is marked.
const MOST_NEIGHBOURS = 9;
function neighbours(note) {
  const into = [], out = [], dead = new Map();
  for (const [source, target, count] of data.links) {
    if (source === note) out.push({ path: data.notes[target], count });
    if (target === note) into.push({ path: data.notes[source], count });
  }
  for (const finding of data.findings) {
    if (finding[NOTE] === note && finding[TARGET] !== null) dead.set(finding[TARGET], (dead.get(finding[TARGET]) || 0) + 1);
  }
  const ordered = (list) => list.sort((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1));
  return { into: ordered(into), out: [...ordered([...dead].map(([path, count]) => ({ path, count, dead: true }))), ...ordered(out)] };
}

function neighbourhood(note, width) {
  const { into, out } = neighbours(note);
  const left = into.slice(0, MOST_NEIGHBOURS), right = out.slice(0, MOST_NEIGHBOURS);
  const rows = Math.max(left.length + (into.length > left.length), right.length + (out.length > right.length), 1);
  const height = rows * 30 + 34, column = Math.floor(width * 0.33), middle = height / 2 + 8;
  const boxLeft = Math.floor(width / 2 - width * 0.11), boxWidth = Math.floor(width * 0.22);
  const told = `${counted(into.length, "note")} link here; links from here go to ${counted(out.filter((one) => !one.dead).length, "note")}, and ${out.filter((one) => one.dead).length} find nothing`;
  const picture = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "neighbours", role: "group", "aria-label": told });
  picture.append(s("text", { x: 0, y: 13, class: "group" }, shortened("links to it", column / 7)), s("text", { x: width, y: 13, class: "group", "text-anchor": "end" }, shortened("links from it", column / 7)));
  const bases = new Map();
  for (const one of [...left, ...right]) bases.set(baseOf(one.path), (bases.get(baseOf(one.path)) || new Set()).add(one.path));
  const nameOf = (path) => (bases.get(baseOf(path)).size > 1 ? path.replace(/\.md$/, "") : baseOf(path));
  const side = (list, all, isLeft) => {
    const edge = isLeft ? column : width - column, hub = isLeft ? boxLeft : boxLeft + boxWidth;
    list.forEach((one, at) => {
      const y = 36 + at * 30, bend = (edge + hub) / 2, end = isLeft ? edge + 4 : edge - 4;
      picture.append(s("path", { d: `M${end} ${y}C${bend} ${y} ${bend} ${middle} ${hub} ${middle}`, class: one.dead ? "edge dead" : "edge", "stroke-width": Math.min(1 + Math.log2(one.count), 4) }));
      const name = shortened(`${one.dead ? "✗ " : ""}${nameOf(one.path)}${one.count > 1 ? ` ×${one.count}` : ""}`, Math.floor(column / 7.2));
      const label = s("text", { x: edge, y: y + 4, "text-anchor": isLeft ? "end" : "start", class: one.dead ? "dead" : "" }, name);
      if (one.dead) picture.append(fill(label, {}, [s("title", {}, `${one.path}: found nowhere`)]));
      else picture.append(s("a", { href: narrowed({ about: one.path }) }, s("title", {}, one.path), label));
    });
    if (!all.length) picture.append(s("text", { x: isLeft ? 0 : width, y: middle + 4, "text-anchor": isLeft ? "start" : "end", class: "small" }, "none"));
    if (all.length > list.length) picture.append(s("text", { x: edge, y: 40 + list.length * 30, "text-anchor": isLeft ? "end" : "start", class: "small" }, `and ${all.length - list.length} more`));
  };
  side(left, into, true);
  side(right, out, false);
  picture.append(s("rect", { x: boxLeft, y: middle - 17, width: boxWidth, height: 34, rx: 4, class: "hub" }), s("text", { x: width / 2, y: middle + 4, "text-anchor": "middle", class: "hub" }, shortened(baseOf(data.notes[note]), Math.floor(boxWidth / 7.4))));
  return picture;
}
