// The browser's half of a panel: it passes on what a person does, and puts in what comes back. It knows no page.
const root = element.querySelector("[data-panel]");
const name = root.dataset.panel;
const LIVE = 120, SAVE = 700, RETRY = 3000, TWICE = 500, LONG = 600; // milliseconds: of silence before what is typed goes on its way, before another try,
// within which a second press is a slip, and after which it is said that something takes its time
const MUCH = 10000; // characters
const QUIET = ["open", "save", "typed", "poll"]; // nobody pressed these
const marks = {}; // editor -> what is marked in it
const out = root.querySelector(".ended"), owner = () => document.querySelector("#who [data-name]")?.dataset.name || "";
const typed = new Map(); // field -> the edit that it was last typed in
const put = new Map(); // part -> the HTML that was last put into it
const key = () => Math.random().toString(36).slice(2, 12), tab = key();
const missed = []; // presses that did not get through
const pressed = { what: "", at: 0, going: new Set() };
let tapped = -Infinity; // when something was pressed with a finger or a mouse
let seen = 0; // the revision of the work that the page shows
let work = inAddress(); // what the fields on the page belong to; the address may already name another
let line = Promise.resolve(), waiting = null, again = null, edits = 0, pane = null, skew = 0, told = null, sent = 0; // sent: the last edit that has arrived

function inAddress() { return new URLSearchParams(location.search).get("work") || ""; }
const unsent = () => `drafter-unsent-${name}-${work}`;
const keep = (values) => sessionStorage.setItem(unsent(), JSON.stringify({ who: owner(), fields: values }));
const field = (key) => root.querySelector(`[name="${CSS.escape(key)}"]`);
const isPressed = (one) => one.type === "radio" || one.type === "checkbox";

function fields() {
  const found = {};
  for (const one of root.querySelectorAll("input[name], textarea[name], select[name]")) {
    if (one.type === "radio") { if (one.checked) found[one.name] = one.value; }
    else found[one.name] = one.type === "checkbox" ? one.checked : one.value;
  }
  return found;
}

// Acts go one after another, so that each stands on what the one before has left.
// While one leads to other work, nobody types into what is about to go.
function act(what, data = {}, leaves = false, press = key()) {
  if (leaves) root.inert = true;
  const same = JSON.stringify([what, data, edits]);
  pressed.going.add(same);
  line = line.then(() => send(what, data, leaves, press)).catch((fault) => console.error(fault)).finally(() => pressed.going.delete(same));
  return line;
}

function isTwice(one) { // the same button pressed again before anything came of it, or was typed
  const what = JSON.stringify([one.dataset.act, dataOf(one), edits]), now = performance.now();
  const twice = !one.hasAttribute("data-again") && (pressed.going.has(what) || (pressed.what === what && now - pressed.at < TWICE));
  if (!twice) Object.assign(pressed, { what, at: now });
  return twice;
}

function busy(what) { // says that something takes its time; the function that it gives ends that
  if (QUIET.includes(what)) return () => {};
  const sign = root.querySelector(".working"), started = performance.now();
  const tell = () => { sign.hidden = false; sign.textContent = root.dataset.busy.replace("{count}", Math.round((performance.now() - started) / 1000)); };
  let clock = setTimeout(() => { tell(); clock = setInterval(tell, 1000); }, LONG);
  return () => { clearTimeout(clock); clearInterval(clock); sign.hidden = true; };
}

function miss(what, data, leaves, press) { // a press that did not get through is done when the service is back
  if (QUIET.includes(what)) return;
  const same = (one) => one.what === what && JSON.stringify(one.data) === JSON.stringify(data);
  if (!missed.some(same)) missed.push({ what, data, leaves, press });
  say(root.dataset.away);
}

function flush() { // what is typed and has not gone on its way
  if (!waiting) return;
  clearTimeout(waiting.timer);
  const { what } = waiting;
  waiting = null;
  act(what);
}

async function send(what, data, leaves, press) {
  const opens = what === "open", since = edits, started = performance.now();
  const about = opens ? inAddress() : work, values = opens ? {} : fields();
  let answer = null;
  const done = busy(what);
  try {
    answer = await server.act({ name: what, tab, press: QUIET.includes(what) ? "" : press, seen: opens ? 0 : seen, who: opens ? null : owner(), typed: opens ? [] : [...typed].filter(([, edit]) => edit > sent).map(([key]) => key), data: { ...(about ? { work: about } : {}), ...data }, fields: values });
  } catch { /* the same as no answer, which is what comes of a service that is away or turns us away */ }
  done();
  if (leaves) root.inert = false;
  if (!opens && (!answer?.parts || answer.failed)) keep(values);
  if (!answer?.parts) {
    const gone = await fetch("/login/state", { cache: "no-store" }).then((state) => state.status === 401, () => false);
    out.hidden = !gone;
    out.querySelector("a").href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
    root.classList.toggle("away", !gone);
    miss(what, data, leaves, press);
    clearTimeout(again);
    again = setTimeout(() => act(opens ? "open" : "save"), RETRY);
    return;
  }
  root.classList.remove("away");
  out.hidden = true;
  if (work !== about) typed.clear();
  work = about;
  if (!answer.failed && !opens) { sent = since; sessionStorage.removeItem(unsent()); }
  if (answer.seen !== null && answer.seen !== undefined) seen = answer.seen;
  take(answer, since);
  for (const late of missed.splice(0)) act(late.what, late.data, late.leaves, late.press);
  root.dataset.took = Math.round(performance.now() - started);
  root.dataset.acts = Number(root.dataset.acts || 0) + 1;
}

function take(answer, since) {
  skew = Date.now() - answer.now;
  for (const [id, html] of Object.entries(answer.parts)) replace(id, html, since);
  for (const [key, value] of Object.entries(answer.values)) fill(key, value, since);
  for (const [editor, list] of Object.entries(answer.marks)) {
    const box = root.querySelector(`[data-editor="${editor}"]`);
    if (box && since === edits) { marks[editor] = list; paint(box); }
  }
  for (const box of root.querySelectorAll("[data-editor]")) ready(box, answer.again !== null);
  if (answer.address !== null) {
    history[answer.entry ? "pushState" : "replaceState"]({}, "", answer.address || location.pathname);
    if (work && work !== inAddress()) typed.clear(); // what belongs to no work yet goes on with the one that begins with it
    work = inAddress();
  }
  if (pane) show(pane);
  if (answer.say) say(answer.say);
  if (answer.copy !== null) clip(answer.copy);
  if (answer.file) save(answer.file);
  if (answer.focus) reveal(document.getElementById(answer.focus))?.focus();
  clearTimeout(again);
  if (answer.again) again = setTimeout(() => act(answer.again), answer.after);
}

function fill(key, value, since) {
  const one = field(key);
  if (!one || one.value === value || (typed.get(key) || 0) > since) return;
  one.value = value;
  if (document.activeElement !== one && one.tagName === "TEXTAREA") { one.setSelectionRange(0, 0); one.scrollTop = 0; }
  if (one.closest("[data-editor]")) paint(one.closest("[data-editor]"));
}

// A part is replaced as a whole; what a person has open, has typed since, or stands in stays as it is.
function replace(id, html, since) {
  const part = document.getElementById(id);
  if (!part || (put.get(id) === html && !part.querySelector("input, textarea, select"))) return;
  put.set(id, html);
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  const key = active && (active.id ? `#${CSS.escape(active.id)}` : active.name ? `[name="${CSS.escape(active.name)}"]` : null);
  const spot = active && "selectionStart" in active && !isPressed(active) ? [active.selectionStart, active.selectionEnd] : null;
  const own = [...part.querySelectorAll("input[name], textarea[name]")]
    .filter((one) => !isPressed(one) && ((typed.get(one.name) || 0) > since || one.hasAttribute("data-keep")))
    .map((one) => [one.name, one.value]);
  const open = new Map(), was = new Map(); // a fold stays as it is with what it is about, wherever that has moved
  for (const one of part.querySelectorAll("details[id]")) { open.set(one.id, one.open); was.set(one.dataset.fold, one.open); }
  const chosen = part.querySelector(".finding.picked"), words = chosen?.textContent;
  part.innerHTML = html;
  const same = chosen && document.getElementById(chosen.id);
  if (same?.textContent === words) same?.classList.add("picked");
  for (const box of part.querySelectorAll("details[id]")) {
    const is = box.dataset.fold && was.has(box.dataset.fold) ? was.get(box.dataset.fold) : open.get(box.id);
    if (is !== undefined) box.open = is;
  }
  for (const one of part.querySelectorAll("textarea.line")) grow(one);
  for (const wrong of part.querySelectorAll("details .wrong")) unfold(wrong);
  for (const [kept, value] of own) { const back = field(kept); if (back) back.value = value; }
  const back = key && part.querySelector(key);
  if (back) {
    back.focus({ preventScroll: true });
    if (spot) try { back.setSelectionRange(...spot); } catch { /* a number or a date has no selection */ }
  }
}

const grows = CSS.supports("field-sizing", "content");
function grow(one) { // a field of one line is as high as its words
  if (grows) return;
  one.style.height = "auto";
  one.style.height = `${one.scrollHeight + 2}px`;
}

function onward(one) { // from a field of one line to the next that is still empty
  const lines = [...root.querySelectorAll("textarea.line, .pair input[type=text]")].filter((line) => line.offsetParent !== null);
  (lines.slice(lines.indexOf(one) + 1).find((line) => !line.value) || one).focus();
}

function unfold(one) { for (let fold = one.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true; }

function reveal(one) { // so that it can be seen, whatever was folded or behind another tab
  if (!one) return one;
  unfold(one);
  const panel = one.closest("[role=tabpanel]");
  if (panel?.hidden) show(panel.id);
  return one;
}

function show(id) {
  const chosen = root.querySelector(`[data-show="${CSS.escape(id)}"]`);
  if (!chosen) return;
  pane = id;
  for (const tab of root.querySelectorAll("[data-show]")) {
    tab.setAttribute("aria-selected", tab === chosen);
    const part = document.getElementById(tab.dataset.show);
    if (part) part.hidden = tab !== chosen;
  }
}

function say(text) {
  const said = document.getElementById("said");
  if (!said) return;
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = text; });
  clearTimeout(told);
  told = setTimeout(() => { said.textContent = ""; }, 9000);
}

// An editor is a text area over a copy of its words, and the copy has the marks. While a model writes in it, nobody else does.
function ready(box, busy) {
  const area = box.querySelector("textarea");
  area.readOnly = busy;
  if (box.dataset.ready) return;
  box.dataset.ready = "1";
  const under = box.querySelector(".under");
  area.addEventListener("scroll", () => { under.scrollTop = area.scrollTop; });
  area.addEventListener("click", () => picked(box, area.selectionStart));
  new ResizeObserver(() => { under.scrollTop = area.scrollTop; }).observe(area);
  paint(box);
}

function paint(box) {
  const under = box.querySelector(".under"), area = box.querySelector("textarea"), text = area.value;
  const list = (marks[box.dataset.editor] || []).filter((mark) => mark.end <= text.length);
  const edges = [...new Set([0, text.length, ...list.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  under.textContent = "";
  edges.slice(0, -1).forEach((start, i) => {
    const over = list.filter((mark) => mark.start <= start && mark.end >= edges[i + 1]);
    const piece = document.createElement(over.length ? "mark" : "span");
    piece.textContent = text.slice(start, edges[i + 1]);
    if (over.length) piece.className = ["error", "warning", "suggestion"].find((level) => over.some((mark) => mark.severity === level));
    under.append(piece);
  });
  under.append("\n");
  under.scrollTop = area.scrollTop;
  box.dataset.text = text;
}

function shift(box, text) { // marks stay on their words while the server thinks
  const before = box.dataset.text ?? text, list = marks[box.dataset.editor] || [];
  let head = 0; while (head < Math.min(before.length, text.length) && before[head] === text[head]) head++;
  let tail = 0; while (tail < Math.min(before.length, text.length) - head && before.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const grown = text.length - before.length, end = before.length - tail;
  marks[box.dataset.editor] = list.filter((mark) => mark.end <= head || mark.start >= end)
    .map((mark) => mark.start >= end ? { ...mark, start: mark.start + grown, end: mark.end + grown } : mark);
}

function picked(box, at) {
  const mark = (marks[box.dataset.editor] || []).find((one) => one.start <= at && at <= one.end);
  const card = mark && reveal(document.getElementById(`finding-${mark.number}`));
  if (!card) return;
  for (const one of document.querySelectorAll(".finding.picked")) one.classList.remove("picked");
  card.classList.add("picked");
  card.scrollIntoView({ block: "nearest" });
}

async function clip(text) {
  try { await navigator.clipboard.writeText(text); }
  catch { const area = document.createElement("textarea"); area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove(); }
}

function save({ name: called, type, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = called; link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function go(target) {
  const goal = reveal(document.getElementById(target) || field(target));
  goal?.focus();
  goal?.scrollIntoView({ block: "center" });
}

const dataOf = ({ dataset: { act: _, key: __, leaves: ___, ...data } }) => data;

root.addEventListener("click", (event) => {
  const one = event.target.closest("[data-act], [data-go], [data-show]");
  if (!one || !root.contains(one)) return;
  if (one.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
  if (one.dataset.go) { go(one.dataset.go); return; }
  if (one.dataset.show) { show(one.dataset.show); return; }
  if (one.tagName === "SELECT" || isPressed(one)) return;
  event.preventDefault();
  if (isTwice(one)) return;
  flush();
  act(one.dataset.act, dataOf(one), one.hasAttribute("data-leaves"));
});
root.addEventListener("change", (event) => {
  const one = event.target.closest("select[data-act], input[type=radio][data-act], input[type=checkbox][data-act]");
  if (one) act(one.dataset.act, { ...dataOf(one), ...(performance.now() - tapped < TWICE && isPressed(one) ? { tapped: "1" } : {}) });
});
root.addEventListener("pointerup", () => { tapped = performance.now(); });
root.addEventListener("input", (event) => {
  const one = event.target;
  typed.set(one.name, ++edits);
  if (one.dataset.act) return; // it acts by itself
  if (one.matches("textarea.line")) grow(one);
  const box = one.closest("[data-editor]");
  if (box) { shift(box, one.value); paint(box); }
  const what = one.closest("[data-live]")?.dataset.live || "save";
  clearTimeout(waiting?.timer);
  waiting = { what, timer: setTimeout(flush, what === "save" ? SAVE : LIVE) };
});
root.addEventListener("paste", (event) => { // a browser takes half a minute to paste a long thread line by line; put in at once, it takes none
  const one = event.target, text = one.tagName === "TEXTAREA" ? event.clipboardData?.getData("text/plain") || "" : "";
  if (text.length < MUCH || one.readOnly) return;
  event.preventDefault();
  one.setRangeText(text, one.selectionStart, one.selectionEnd, "end");
  one.dispatchEvent(new InputEvent("input", { bubbles: true }));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing && event.target.matches?.("textarea.line")) { event.preventDefault(); onward(event.target); return; }
  if (!document.body.contains(root) || event.getModifierState("AltGraph")) return;
  const key = event.altKey && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key.toLowerCase(); // Alt+C types "ç" on some machines
  const pressed = `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}${key}`;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "");
  if (typing && !pressed.includes("+") && pressed !== "escape") return;
  const one = [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === pressed && each.offsetParent !== null);
  if (!one) return;
  event.preventDefault();
  one.click();
});
window.addEventListener("popstate", () => { flush(); act("open", {}, true); });
window.addEventListener("online", () => act("save"));
window.addEventListener("pagehide", () => {
  if (waiting || root.querySelector("[data-kept]")) keep(fields());
});
setInterval(() => { // how long something has been going on
  for (const clock of root.querySelectorAll(".clock[data-since]"))
    clock.textContent = clock.dataset.says.replace("{count}", Math.max(0, Math.floor((Date.now() - skew - Date.parse(clock.dataset.since)) / 1000)));
}, 500);

function toHash() {
  const goal = location.hash.length > 1 && reveal(document.getElementById(decodeURIComponent(location.hash.slice(1))));
  if (!goal || !root.contains(goal)) return;
  if (goal.tagName === "DETAILS") goal.open = true;
  goal.scrollIntoView({ block: "start" });
}
window.addEventListener("hashchange", toHash);

(async () => {
  await act("open");
  const left = JSON.parse(sessionStorage.getItem(unsent()) || "null");
  if (left && left.who === owner()) {
    for (const [key, value] of Object.entries(left.fields)) {
      const one = field(key);
      if (one && !isPressed(one)) { one.value = value; typed.set(key, ++edits); if (one.closest("[data-editor]")) paint(one.closest("[data-editor]")); }
    }
    await act("save", { restored: "1" });
  }
  toHash();
  root.dataset.usable = Math.round(performance.now());
})();
