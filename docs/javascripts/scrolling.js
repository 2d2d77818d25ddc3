// What scrolls sideways can be reached with the keyboard.
function reachable() {
  document.querySelectorAll(".md-typeset pre > code, .md-typeset__table").forEach((block) => {
    if (block.scrollWidth > block.clientWidth) block.setAttribute("tabindex", "0");
    else block.removeAttribute("tabindex");
  });
}
addEventListener("load", reachable);
addEventListener("resize", reachable);
