// The line to the room: what the page says of it, and how it heals. hx-ws reconnects a closed socket; this notices the
// half-open one, polls where sockets are blocked, and asks for the whole state when a frame got lost.
(() => {
  const live = document.getElementById("live");
  if (!live || !window.htmx) return;
  const root = document.documentElement;
  const banner = document.getElementById("link");
  const SILENCE = 22000, PATIENCE = 2000, POLL = 3000;  // with the wait for the next look: 25 and 5 seconds
  let heard = Date.now(), lostSince = Date.now(), mark = "", misses = 0, polling = false, hasSocket = false;
  let rev = live.dataset.rev;

  root.dataset.live = "yes";
  window.morgen = { offset: 0, online: () => root.dataset.link !== "lost" };

  const tell = (state) => {
    if (root.dataset.link === state) return;
    const before = root.dataset.link;
    root.dataset.link = state;
    const text = state === "lost" ? banner.dataset.lost : state === "poll" ? banner.dataset.poll : "";
    banner.textContent = text || (before === "lost" ? banner.dataset.sent : "");
    banner.hidden = !banner.textContent;
    if (state === "live") setTimeout(() => { if (root.dataset.link === "live") banner.hidden = true; }, 4000);
    document.dispatchEvent(new CustomEvent("morgen:link", { detail: state }));
  };

  const reconnect = () => { heard = Date.now(); window.htmx.process(live, true); };

  const beat = (news) => {
    if (news.reload) { location.reload(); return; }
    if (news.now) window.morgen.offset = news.now - Date.now();
    misses = news.mark === undefined || news.mark === mark ? 0 : misses + 1;
    if (misses >= 2) { misses = 0; reconnect(); }
  };

  live.addEventListener("htmx:ws:before:message:incoming", (event) => {
    const data = event.detail.message.data;
    heard = Date.now();
    if (typeof data !== "string") return;
    if (data[0] === "{") { beat(JSON.parse(data)); return; }
    const found = /<!--(\S+)-->$/.exec(data);
    if (found) mark = found[1];
  });
  live.addEventListener("htmx:ws:after:connection", () => { hasSocket = true; heard = Date.now(); tell("live"); });
  live.addEventListener("htmx:ws:close", () => {
    if (hasSocket) lostSince = Date.now();
    hasSocket = false;
  });

  const poll = async () => {
    if (polling || document.hidden) return;
    polling = true;
    try {
      const mine = document.querySelector("#screen .mine");
      const known = `?rev=${rev}&mine=${mine ? mine.id : ""}`;
      const patience = new AbortController();  // AbortSignal.timeout() is younger than Safari 15
      setTimeout(() => patience.abort(), 8000);
      const answer = await fetch(live.dataset.poll + known, { signal: patience.signal });
      if (answer.status === 404) { location.reload(); return; }
      if (!answer.ok && answer.status !== 204) throw new Error(String(answer.status));
      rev = answer.headers.get("X-Rev") || rev;
      if (answer.status === 200) {
        await window.htmx.swap({ sourceElement: live, target: live, swap: "none", text: await answer.text() });
      }
      if (!hasSocket) tell("poll");
    } catch {
      if (!hasSocket) tell("lost");
    } finally {
      polling = false;
    }
  };

  // hx-ws closes the socket of a hidden page and opens one when it is seen again; not where the closing itself found a
  // dead line and waits for an answer, a minute long.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && hasSocket) heard = Date.now() - SILENCE + PATIENCE;
  });

  setInterval(() => {
    const now = Date.now();
    if (document.hidden || now < heard) heard = now;  // the second: a clock that was put back
    if (now < lostSince) lostSince = now;
    if (document.hidden) return;
    if (hasSocket && now - heard > SILENCE) { hasSocket = false; lostSince = now; tell("lost"); reconnect(); }
    if (!hasSocket && now - lostSince > PATIENCE) poll();
  }, POLL);
  window.addEventListener("offline", () => { hasSocket = false; lostSince = Date.now(); tell("lost"); });
  window.addEventListener("online", reconnect);
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
