// Nothing typed is lost: a form that could not be sent is kept in this browser and sent once when the line is back,
// also after a reload; half-typed text survives a reload too.
(() => {
  const UNSENT = "morgen:unsent", DRAFT = "morgen:draft:";
  const store = {
    read: (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    write: (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* private mode */ } },
    drop: (name) => { try { localStorage.removeItem(name); } catch { /* private mode */ } },
  };
  const key = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(36)).join("");
  const isTap = (node) => node instanceof HTMLFormElement && node.hasAttribute("data-outbox");
  const fields = (form) => {
    const by = sentBy.get(form);
    return new URLSearchParams(new FormData(form, by && by.form === form && by.isConnected ? by : null));
  };

  const sentBy = new WeakMap();  // the button of a submit counts as a field

  document.addEventListener("submit", (event) => {
    if (isTap(event.target)) sentBy.set(event.target, event.submitter);
    const hidden = isTap(event.target) && event.target.elements.key;
    if (hidden && !hidden.value) hidden.value = key();
  }, true);

  document.addEventListener("change", (event) => { if (event.target.form) sentBy.delete(event.target.form); });
  document.addEventListener("htmx:before:request", (event) => {
    const form = event.detail.ctx?.sourceElement;
    if (!isTap(form)) return;
    if (waits(form)) {  // behind what waits, so that the last tap wins
      event.preventDefault();
      keep(form);
      flush();
      return;
    }
    form.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.detail.ctx?.sourceElement;
    if (isTap(form)) form.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:after:request", (event) => {
    const form = event.detail.ctx?.sourceElement;
    if (isTap(form) && event.detail.ctx.response?.raw?.ok) store.drop(DRAFT + form.id);
    if (isTap(form) && event.detail.ctx.response?.raw?.status >= 500) keep(form);
  });
  document.addEventListener("htmx:error", (event) => {
    const form = event.detail.ctx?.sourceElement;
    if (isTap(form)) keep(form);
  });

  const waits = ({ id }) => (store.read(UNSENT) || []).some((one) => one.id === id);
  const isSame = (one, other) => one.id === other.id && one.key === other.key && one.body === other.body;
  const keep = (form) => {
    const body = fields(form);
    const letter = {
      to: form.action, target: form.getAttribute("hx-target"), id: form.id, key: body.get("key"), body: body.toString(),
    };
    const waiting = (store.read(UNSENT) || []).filter((one) => one.id !== letter.id || one.key !== letter.key);
    store.write(UNSENT, [...waiting, letter]);
    form.setAttribute("data-unsent", "");
    show();
  };

  let sending = false;
  const flush = async () => {
    if (sending) return;
    sending = true;
    try {
      for (let letter = (store.read(UNSENT) || [])[0]; letter; letter = (store.read(UNSENT) || [])[0]) {
        const patience = new AbortController();  // on a line that died without a word a request has no end
        setTimeout(() => patience.abort(), 15000);
        const answer = await fetch(letter.to, {
          method: "POST", body: new URLSearchParams(letter.body), headers: { "HX-Request": "true" },
          signal: patience.signal,
        });
        if (answer.status >= 500) break;
        store.write(UNSENT, store.read(UNSENT).filter((one) => !isSame(one, letter)));  // it may be another by now
        if (answer.ok) store.drop(DRAFT + letter.id);
        const target = letter.target && document.querySelector(letter.target);
        if (target && !waits(letter)) {
          await window.htmx.swap({ sourceElement: target, target, swap: "innerMorph", text: await answer.text() });
        }
      }
    } catch { /* still no line: the next "live" tries again */ } finally {
      sending = false;
      show();
    }
  };

  const show = () => {
    const count = (store.read(UNSENT) || []).length;
    document.documentElement.toggleAttribute("data-waiting", count > 0);
    if (!count) document.querySelectorAll("[data-unsent]").forEach((form) => form.removeAttribute("data-unsent"));
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!isTap(form) || event.target.type === "hidden") return;
    const kept = {};
    for (const [name, value] of new FormData(form)) if (name !== "key" && typeof value === "string") kept[name] = value;
    store.write(DRAFT + form.id, kept);
  });
  const restore = (around) => {
    for (const form of around.querySelectorAll("form[data-outbox]")) {
      const kept = store.read(DRAFT + form.id) || {};
      for (const [name, value] of Object.entries(kept)) {
        const field = form.elements[name];
        if (!field || form.contains(document.activeElement)) continue;
        if (field instanceof RadioNodeList || field.type === "radio") field.value = value;
        else if (field.type === "checkbox") field.checked = true;
        else if (!field.value) field.value = value;
      }
    }
  };

  document.addEventListener("morgen:link", (event) => { if (event.detail !== "lost") flush(); });
  document.addEventListener("htmx:after:swap", () => restore(document));
  document.addEventListener("htmx:ws:after:connection", flush);  // a line that came back before anybody missed it
  window.addEventListener("online", flush);
  setInterval(() => { if ((store.read(UNSENT) || []).length) flush(); }, 5000);
  restore(document);
  show();
  flush();
})();
