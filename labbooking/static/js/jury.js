// A review is saved each time something is typed. Where there is no connection it stays in this
// browser, and is sent when there is one again. Without any of this, a button saves it.
const form = document.querySelector("form[data-keeps]");
const TYPING = ["INPUT", "TEXTAREA", "SELECT"];
const PAUSE = 1200;
let waiting;
let running = Promise.resolve();
let inFlight = 0;

const place = () => `review-${form.dataset.keeps}`;
const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));

function say(words) {
  form.querySelector("[data-status]").textContent = words;
}

async function send() {
  const body = new FormData(form);
  body.set("do", "keep");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) form.elements.based_on.value = told.revision;
    say(answer.ok ? form.dataset.kept : told.why);
    localStorage.removeItem(place());
  } catch {
    localStorage.setItem(place(), typed().toString());
    say(form.dataset.away);
  }
}

// One after the other: each says which version it follows.
function keep() {
  clearTimeout(waiting);
  inFlight += 1;
  running = running.then(send).finally(() => { inFlight -= 1; });
  return running;
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
}

// What this browser kept goes on from the version it was typed in; from another it is not sent.
function bringBack() {
  const kept = new URLSearchParams(localStorage.getItem(place()) ?? "");
  if (kept.get("based_on") !== form.elements.based_on.value) return localStorage.removeItem(place());
  for (const [name, value] of kept) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  return keep();
}

function grade(value) {
  const near = document.activeElement?.closest?.(".grade");
  const open = [...form.querySelectorAll(".grade:not(.grade--words)")];
  const row = near && open.includes(near) ? near : open.find((each) => !each.querySelector(":checked"));
  const input = row?.querySelector(`input[value="${value}"]`);
  if (!input) return;
  input.click();
  open[open.indexOf(row) + 1]?.querySelector("input")?.focus();
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const writes = TYPING.includes(target.tagName) && !["radio", "checkbox"].includes(target.type);
  if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
  if (form && /^[1-5]$/.test(key)) grade(key);
  else document.querySelector(`[data-way="${CSS.escape(key)}"]`)?.click();
});

if (form) {
  form.querySelector(".jury__keys").hidden = false;
  form.addEventListener("input", soon);
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (inFlight) {
      const { submitter } = event;
      event.preventDefault();
      running.then(() => form.requestSubmit(submitter));
    } else localStorage.removeItem(place());
  });
  window.addEventListener("online", keep);
  if (localStorage.getItem(place())) bringBack();
}
