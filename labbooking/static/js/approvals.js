// Through the queue by key. Each key presses a button that is on the page anyway; the letters can
// be switched off. After an answer the page comes back to where one was, and says what happened.
const OFF = "approvals-keys-off";
const PLACE = "approvals-place";
const requests = [...document.querySelectorAll("[data-request]")];
const said = document.querySelector("[data-said]");
const help = document.getElementById("queue-keys");
const on = help.querySelector("[data-keys-on]");
const undo = document.querySelector("[data-undo]");

const current = () => requests.findIndex((each) => each.contains(document.activeElement));

function go(place) {
  const request = requests[Math.max(0, Math.min(place, requests.length - 1))];
  if (!request) return;
  request.focus({ preventScroll: true });
  request.scrollIntoView({ block: "nearest" });
  said.textContent = request.dataset.request;
}

function act(name) {
  const button = requests[Math.max(0, current())]?.querySelector(`[data-act="${name}"]`);
  if (!button) return;
  if (current() < 0) return go(0);
  const dialog = button.querySelector("dialog");
  if (!dialog) return button.querySelector("form").requestSubmit();
  button.querySelector("[data-dialog]").click();
  dialog.querySelector("textarea, input:not([type=hidden])")?.focus();
}

function showKeys() {
  help.showModal();
}

const KEYS = {
  j: () => go(current() + 1),
  k: () => go(current() - 1),
  ArrowDown: () => current() >= 0 && go(current() + 1),
  ArrowUp: () => current() >= 0 && go(current() - 1),
  a: () => act("approve"),
  p: () => act("part"),
  d: () => act("decline"),
  q: () => act("ask"),
  u: () => undo?.isConnected && undo.requestSubmit(),
  "?": showKeys,
};

function press(event) {
  const { key, target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (target.closest("input, textarea, select, dialog[open], [contenteditable]")) return;
  const isOn = on.checked || key === "?" || key.startsWith("Arrow");
  const isOurs = !key.startsWith("Arrow") || (current() >= 0 && !target.closest(".rivals"));
  if (!isOn || !isOurs || !Object.hasOwn(KEYS, key)) return;
  event.preventDefault();
  KEYS[key]();
}

function comeBack() {
  const place = sessionStorage.getItem(PLACE);
  const message = document.querySelector("#messages .note p")?.textContent.trim();
  sessionStorage.removeItem(PLACE);
  if (place === null) return;
  go(Number(place));
  // A region speaks only of what changes in it, so what is there from the start is said again.
  said.textContent = [message, said.textContent].filter(Boolean).join(" ");
}

function rememberPlace(event) {
  if (event.target.method === "post") sessionStorage.setItem(PLACE, Math.max(0, current()));
}

on.checked = localStorage.getItem(OFF) === null;
on.addEventListener("change", () => {
  if (on.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});
const opener = document.querySelector("[data-keys-opener]");
if (opener) {
  opener.hidden = false;
  opener.querySelector("button").addEventListener("click", showKeys);
}
document.addEventListener("keydown", press);
document.addEventListener("submit", rememberPlace);
if (undo) setTimeout(() => undo.remove(), Number(undo.dataset.undo) * 1000);
comeBack();
