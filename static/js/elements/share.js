// The own link: copy, share, print. Each button shows itself only where the browser can do it.
(() => {
  const copies = () => Boolean(navigator.clipboard) || document.queryCommandSupported?.("copy");
  const wake = () => {
    for (const box of document.querySelectorAll("[data-share][hidden]")) {
      for (const button of box.querySelectorAll("[data-share-send]")) button.hidden = !navigator.share;
      for (const button of box.querySelectorAll("[data-share-copy]")) button.hidden = !copies();
      box.hidden = false;
    }
  };
  // Over plain http on a network name there is no clipboard object; a selected field can still be copied.
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };
  document.addEventListener("click", async (event) => {
    const box = event.target.closest("[data-share]");
    if (!box) return;
    if (event.target.closest("[data-share-print]")) window.print();
    if (event.target.closest("[data-share-send]")) navigator.share({ url: box.dataset.share }).catch(() => {});
    const button = event.target.closest("[data-share-copy]");
    if (button) {
      await copy(box.dataset.share);
      box.querySelector("[data-share-told]").textContent = button.dataset.done;
    }
  });
  wake();
  document.addEventListener("htmx:after:swap", wake);
})();
