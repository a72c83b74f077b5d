// The browser's half of a panel: it passes on what a person does, and puts in what comes back. It knows no page.
const root = element.querySelector("[data-panel]");
const name = root.dataset.panel;
const said = () => document.getElementById("said");
const LIVE = 120, SAVE = 700; // milliseconds of silence before what is typed goes on its way
const unsent = `drafter-unsent-${name}`;
let line = Promise.resolve(), timer = null, again = null, edits = 0;
const marks = {};

const out = root.querySelector(".out"), owner = () => document.querySelector("#who [data-name]")?.dataset.name || "";

const fields = () => {
  const found = {};
  for (const one of root.querySelectorAll("input[name], textarea[name], select[name]")) {
    if (one.type === "radio") { if (one.checked) found[one.name] = one.value; }
    else if (one.type === "checkbox") found[one.name] = one.checked;
    else found[one.name] = one.value;
  }
  return found;
};

function act(what, data = {}) {
  line = line.then(() => sent(what, data)).catch((fault) => console.error(fault));
  return line;
}

async function sent(what, data) {
  const values = fields(), before = edits, started = performance.now();
  const work = new URLSearchParams(location.search).get("work");
  let answer;
  try {
    answer = await server.act({ name: what, data: { ...(work ? { work } : {}), ...data }, fields: values });
    if (!answer?.parts) throw answer; // it was turned away before it came to us
  } catch (fault) {
    sessionStorage.setItem(unsent, JSON.stringify({ work, fields: values, who: owner() }));
    out.hidden = !(await fetch("/login/state", { cache: "no-store" }).then((state) => state.status === 401, () => false));
    out.querySelector("a").href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
    root.classList.toggle("away", out.hidden);
    again = setTimeout(() => act(what === "open" ? "open" : "save"), 3000);
    return;
  }
  root.classList.remove("away");
  out.hidden = true;
  if (!answer.failed) sessionStorage.removeItem(unsent);
  put(answer, before === edits);
  root.dataset.took = Math.round(performance.now() - started);
  root.dataset.acts = Number(root.dataset.acts || 0) + 1;
}

function put(answer, still) {
  for (const [id, html] of Object.entries(answer.parts)) replace(id, html);
  for (const [field, value] of Object.entries(answer.values)) {
    const one = root.querySelector(`[name="${CSS.escape(field)}"]`);
    if (one && one.value !== value) { one.value = value; if (document.activeElement !== one && one.tagName === "TEXTAREA") { one.setSelectionRange(0, 0); one.scrollTop = 0; } if (one.closest("[data-editor]")) paint(one.closest("[data-editor]")); }
  }
  for (const [editor, list] of Object.entries(answer.marks)) {
    const box = root.querySelector(`[data-editor="${editor}"]`);
    if (box && still) { marks[editor] = list; paint(box); }
  }
  for (const box of root.querySelectorAll("[data-editor]")) ready(box);
  if (answer.address !== null) history[answer.entry ? "pushState" : "replaceState"]({}, "", answer.address || location.pathname);
  if (answer.say && said()) { said().textContent = ""; requestAnimationFrame(() => { said().textContent = answer.say; said().hidden = false; }); clearTimeout(said().gone); said().gone = setTimeout(() => { said().textContent = ""; }, 9000); }
  if (answer.copy !== null) clip(answer.copy);
  if (answer.file) save(answer.file);
  if (answer.focus) document.getElementById(answer.focus)?.focus();
  clearTimeout(again);
  if (answer.again) again = setTimeout(() => act(answer.again), answer.after);
}

function replace(id, html) {
  const part = document.getElementById(id);
  if (!part) return;
  const active = document.activeElement, inside = part.contains(active) && active !== part;
  const key = inside && (active.id ? `#${CSS.escape(active.id)}` : active.name ? `[name="${CSS.escape(active.name)}"]` : null);
  const spot = inside && active.selectionStart !== undefined && active.type !== "radio" ? [active.selectionStart, active.selectionEnd] : null;
  const typed = inside && active.value, open = [...part.querySelectorAll("details[id]")].map((one) => [one.id, one.open]);
  const scroll = [...part.querySelectorAll("[data-scroll]")].map((one) => [one.id, one.scrollTop]);
  part.innerHTML = html;
  for (const [one, is] of open) { const box = document.getElementById(one); if (box) box.open = is; }
  for (const [one, top] of scroll) { const box = document.getElementById(one); if (box) box.scrollTop = top; }
  if (key) {
    const back = part.querySelector(key);
    if (back) {
      if (spot && typeof typed === "string" && back.value !== undefined && back.type !== "radio" && back.tagName !== "BUTTON" && back.tagName !== "SELECT") back.value = typed;
      back.focus({ preventScroll: true });
      if (spot) try { back.setSelectionRange(...spot); } catch { /* a number or a date has no selection */ }
    }
  }
}

// An editor is a text area over a copy of its words, and the copy has the marks.
function ready(box) {
  const area = box.querySelector("textarea");
  if (box.dataset.ready) return;
  box.dataset.ready = "1";
  area.addEventListener("scroll", () => { box.querySelector(".under").scrollTop = area.scrollTop; });
  area.addEventListener("click", () => picked(box, area.selectionStart));
  new ResizeObserver(() => { box.querySelector(".under").scrollTop = area.scrollTop; }).observe(area);
  paint(box);
}

function paint(box) {
  const under = box.querySelector(".under"), text = box.querySelector("textarea").value;
  const list = (marks[box.dataset.editor] || []).filter((mark) => mark.end <= text.length);
  const edges = [...new Set([0, text.length, ...list.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  under.textContent = "";
  edges.slice(0, -1).forEach((start, i) => {
    const over = list.filter((mark) => mark.start <= start && mark.end >= edges[i + 1]);
    const piece = document.createElement(over.length ? "mark" : "span");
    piece.textContent = text.slice(start, edges[i + 1]);
    if (over.length) { piece.className = ["error", "warning", "suggestion"].find((level) => over.some((mark) => mark.severity === level)); piece.dataset.number = over.map((mark) => mark.number).join(" "); }
    under.append(piece);
  });
  under.append("\n");
  under.scrollTop = box.querySelector("textarea").scrollTop;
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
  if (!mark) return;
  const card = document.getElementById(`finding-${mark.number}`);
  if (!card) return;
  document.querySelectorAll(".finding.picked").forEach((one) => one.classList.remove("picked"));
  card.classList.add("picked");
  card.scrollIntoView({ block: "nearest" });
}

async function clip(text) {
  try { await navigator.clipboard.writeText(text); }
  catch { const area = document.createElement("textarea"); area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove(); }
}

function save({ name, type, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name; link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

root.addEventListener("click", (event) => {
  const one = event.target.closest("[data-act], [data-go], [data-show]");
  if (!one || !root.contains(one)) return;
  if (one.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
  if (one.dataset.go) { const goal = document.getElementById(one.dataset.go) || root.querySelector(`[name="${CSS.escape(one.dataset.go)}"]`); let fold = goal?.closest("details"); while (fold) { fold.open = true; fold = fold.parentElement.closest("details"); } goal?.focus(); goal?.scrollIntoView({ block: "center" }); return; }
  if (one.dataset.show) {
    for (const tab of root.querySelectorAll(`[data-show][data-group="${one.dataset.group}"]`)) { const on = tab === one; tab.setAttribute("aria-selected", on); const part = document.getElementById(tab.dataset.show); if (part) part.hidden = !on; }
    return;
  }
  if (one.tagName === "SELECT" || one.type === "radio") return;
  event.preventDefault();
  clearTimeout(timer);
  timer = null;
  const data = { ...one.dataset }; delete data.act;
  if (said()) said().textContent = "";
  act(one.dataset.act, data);
});
root.addEventListener("change", (event) => {
  const one = event.target.closest("select[data-act], input[type=radio][data-act], input[type=checkbox][data-act]");
  if (one) { const data = { ...one.dataset }; delete data.act; act(one.dataset.act, data); }
});
root.addEventListener("input", (event) => {
  const one = event.target;
  edits++;
  const box = one.closest("[data-editor]");
  if (box) { shift(box, one.value); box.dataset.text = one.value; paint(box); }
  const live = one.closest("[data-live]");
  clearTimeout(timer);
  timer = setTimeout(() => { timer = null; act(live ? live.dataset.live : "save"); }, live ? LIVE : SAVE);
});
root.addEventListener("focusin", (event) => { const box = event.target.closest("[data-editor]"); if (box) box.dataset.text = event.target.value; });
document.addEventListener("keydown", (event) => {
  if (!document.body.contains(root)) return;
  const pressed = `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}${event.key.toLowerCase()}`;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "");
  const one = [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === pressed && !each.hidden && each.offsetParent !== null);
  if (!one || (typing && !pressed.includes("+"))) return;
  event.preventDefault(); one.click();
});
window.addEventListener("popstate", () => act("open"));
window.addEventListener("beforeunload", () => { if (timer) sessionStorage.setItem(unsent, JSON.stringify({ work: new URLSearchParams(location.search).get("work"), fields: fields(), who: owner() })); });
window.addEventListener("online", () => act("save"));

(async () => {
  const left = JSON.parse(sessionStorage.getItem(unsent) || "null");
  await act("open");
  if (left && left.who === owner() && left.work === new URLSearchParams(location.search).get("work")) {
    for (const [field, value] of Object.entries(left.fields)) {
      const one = root.querySelector(`[name="${CSS.escape(field)}"]`);
      if (one && one.type !== "radio" && one.type !== "checkbox") one.value = value;
    }
    await act("save", { restored: "1" });
  }
  root.dataset.usable = Math.round(performance.now());
})();
