// What is shown is kept in the address, behind #, so that a view can be kept, sent, and left with the back button.
const FILTERS = ["checker", "folder", "severity", "cause", "fix", "note", "q"];
let state = {};

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  state = {};
  for (const name of FILTERS) {
    const value = given.get(name);
    if (value) state[name] = value;
  }
  return { about: given.get("about"), page: given.get("page") };
}

function addressOf(wanted) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted)) if (value) given.set(name, Array.isArray(value) ? value.join(",") : value);
  return `#${given.toString()}`;
}

// The address with some filters changed; the others stay.
const narrowed = (changes) => addressOf({ ...state, ...changes });

function go(address, { quietly = false } = {}) {
  if (address === (location.hash || "#")) return;
  if (quietly) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  showAddress();
}

function matcher() {
  const several = (name) => (state[name] ? new Set(state[name].split(",")) : null);
  const checkers = several("checker"), severities = several("severity");
  const cause = state.cause === undefined ? -1 : data.causes.findIndex((one) => one.key === state.cause);
  const words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
  const folder = state.folder === undefined ? null : state.folder === "." ? "" : state.folder;
  return (finding) => {
    if (checkers && !checkers.has(data.checkers[finding[CHECKER]].id)) return false;
    if (severities && !severities.has(severityName(finding))) return false;
    if (state.cause !== undefined && finding[CAUSE] !== cause) return false;
    if (state.fix === "yes" && !finding[FIXES].some((fix) => fix[SAFETY] !== "suggestion")) return false;
    if (state.fix === "safe" && !finding[FIXES].some((fix) => fix[SAFETY] === "safe")) return false;
    const path = pathOf(finding);
    if (state.note !== undefined && path !== state.note) return false;
    if (folder !== null && (state.folder === "." ? folderOf(path) !== "" : !isIn(path, folder))) return false;
    if (!words.length) return true;
    const text = `${path} ${data.checkers[finding[CHECKER]].id} ${finding[MESSAGE]} ${(finding[EXCERPT] || []).join("")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
