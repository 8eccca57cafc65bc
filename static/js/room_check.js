// The room check: what this browser finds on this wifi. Every outcome stands in the page as a template, in its language.
const page = document.querySelector("[data-room-check]");
const PATIENCE = 5000, ROUNDS = 5, PINGS = 3, SLOW = 500, DRIFT = 30;

const say = (check, outcome, values = {}) => {
  const box = page.querySelector(`[data-check="${check}"]`);
  const found = box.querySelector(`template[data-outcome="${outcome}"]`);
  const text = found.content.cloneNode(true);
  for (const place of text.querySelectorAll("[data-value]")) place.textContent = String(values[place.dataset.value]);
  box.querySelector("[data-said]").replaceChildren(text);
  box.dataset.state = found.dataset.state;
};
const middle = (numbers) => Math.max(1, Math.round([...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]));

const checkAddress = () => {
  const { reach, address } = page.dataset;
  if (reach === "machine") say("address", "machine");
  else if (new URL(address).origin !== location.origin) say("address", "elsewhere", { here: location.origin });
  else if (reach === "network") say("address", "network");
  else say("address", location.protocol === "https:" ? "https" : "http");
};

// Resolves to the milliseconds of each round, as many as came back; each has five seconds.
const rounds = () => new Promise((resolve) => {
  const times = [];
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/test/socket`);
  let began = 0, timer = 0;
  const end = () => { clearTimeout(timer); resolve(times); socket.close(); };
  const wait = () => { clearTimeout(timer); timer = setTimeout(end, PATIENCE); };
  const ask = () => { wait(); began = performance.now(); socket.send(`round ${times.length}`); };
  socket.addEventListener("open", ask);
  socket.addEventListener("close", end);
  socket.addEventListener("message", ({ data }) => {
    if (data !== `round ${times.length}`) { end(); return; }
    times.push(performance.now() - began);
    if (times.length < ROUNDS) ask(); else end();
  });
  wait();
});

const checkSocket = async () => {
  const times = await rounds();
  if (!times.length) say("socket", "shut");
  else if (times.length < ROUNDS) say("socket", "broken");
  else say("socket", middle(times) > SLOW ? "slow" : "open", { ms: middle(times) });
};

const ping = async () => {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), PATIENCE);
  const began = performance.now(), at = Date.now();
  try {
    const answer = await fetch("/test/ping", { cache: "no-store", redirect: "manual", signal: given.signal });
    const took = performance.now() - began;
    return { ours: answer.status === 204, took, off: (at + took / 2 - Number(answer.headers.get("X-Now"))) / 1000 };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
};

const checkPolling = async () => {
  const heard = [];
  for (let turn = 0; turn < PINGS; turn += 1) heard.push(await ping());
  const good = heard.filter((answer) => answer?.ours);
  if (good.length === PINGS) say("polling", "all", { ms: middle(good.map((answer) => answer.took)) });
  else if (heard.some((answer) => answer && !answer.ours)) say("polling", "portal");
  else say("polling", good.length ? "some" : "none", { count: good.length });
  checkClock(good.sort((one, other) => one.took - other.took)[0]);
};

// By the quickest answer: half of its way is the error.
const checkClock = (answer) => {
  if (!answer) { say("clock", "unknown"); return; }
  const seconds = Math.round(Math.abs(answer.off));
  say("clock", seconds <= DRIFT ? "right" : answer.off > 0 ? "ahead" : "behind", { seconds });
};

const tellSize = () => {
  const width = page.querySelector("#qr-width"), told = page.querySelector("[data-metres]");
  const right = width.value !== "" && width.checkValidity();
  const metres = new Intl.NumberFormat(document.documentElement.lang).format(Number(width.value) / 10);
  told.textContent = right ? told.dataset.text.replace("#", metres) : told.dataset.wrong;
};

const run = async () => {
  const again = page.querySelector("[data-again] button");
  again.setAttribute("aria-disabled", "true");
  checkAddress();
  await Promise.all([checkSocket(), checkPolling()]);
  again.removeAttribute("aria-disabled");
};

page.querySelector("[data-without-script]").hidden = true;
for (const hidden of page.querySelectorAll("[data-checks], [data-again], [data-size]")) hidden.hidden = false;
page.querySelector("#qr-width").addEventListener("input", tellSize);
page.querySelector("[data-again]").addEventListener("click", ({ target }) => {
  if (target.matches("button:not([aria-disabled])")) run();
});
tellSize();
run();
