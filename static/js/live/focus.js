// For who works by keyboard: news may take away the button that has focus, and then the next Tab would begin at the top
// of the page. Focus goes to what stands in its place, else to the nearest part that is still there. Escape closes a menu.
(() => {
  const STOPS = "a[href], button:enabled, input:enabled:not([type=hidden]), textarea:enabled, select:enabled, summary";
  const stops = (part) => [...part.querySelectorAll(STOPS)].filter((each) => each.checkVisibility());
  let place = [];
  document.addEventListener("focusin", (event) => {
    place = [[event.target, 0]];
    for (let part = event.target.parentElement; part && part !== document.body; part = part.parentElement) {
      place.push([part, stops(part).indexOf(event.target)]);
    }
  });
  const heal = () => {
    const at = document.activeElement;
    if (!place.length || (at && at !== document.body) || place[0][0].matches(":focus")) return;
    if (place[0][0].isConnected && !place[0][0].disabled && place[0][0].checkVisibility()) return;
    for (const [part, number] of place.slice(1)) {
      const found = part.isConnected ? stops(part) : [];
      if (!found.length) continue;
      found[Math.max(0, Math.min(number, found.length - 1))].focus();
      return;
    }
  };
  new MutationObserver(() => requestAnimationFrame(heal)).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["disabled", "hidden"],
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details[open]") || document.querySelector("details.more[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
