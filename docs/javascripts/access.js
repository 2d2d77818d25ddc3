// What Material leaves open for the keyboard and for screen readers.

// What scrolls sideways can be reached with the keyboard.
function reachable() {
  document.querySelectorAll(".md-typeset pre > code, .md-typeset__scrollwrap").forEach((block) => {
    if (block.scrollWidth > block.clientWidth) block.setAttribute("tabindex", "0");
    else block.removeAttribute("tabindex");
  });
}

// One landmark for each purpose: parts of the navigation and the buttons of code blocks are none of their own.
function landmarks() {
  document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
  document.querySelectorAll(".md-nav .md-nav[aria-labelledby], nav.md-code__nav").forEach((part) => {
    ["aria-labelledby", "aria-label", "aria-expanded"].forEach((name) => part.removeAttribute(name));
    part.setAttribute("role", "none");
  });
}

addEventListener("resize", reachable);
addEventListener("load", () => {
  reachable();
  landmarks();
  new MutationObserver(landmarks).observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ["aria-expanded"],
  });
});
