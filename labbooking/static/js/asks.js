// Of forms that ask, while one types, what would come of it.

// The answer to an older choice would write over a newer one that is still to be sent: it is given up.
document.addEventListener("change", ({ target }) => {
  const asking = target.form?.querySelector("[data-asks]");
  if (asking) window.htmx.trigger(asking, "htmx:abort");
});

// An answer replaces the buttons. One that came between press and release would take the press away,
// and leaving a field for a button is what asks: while one is pressed the question waits.
let pressed = null;
let waits = false;

function release() {
  const asking = pressed;
  pressed = null;
  if (asking && waits) window.htmx.trigger(asking, "ask");
  waits = false;
}

document.addEventListener("pointerdown", ({ target }) => {
  release(); // what was let go outside the window told nobody
  pressed = target.closest("button")?.form?.querySelector("[data-asks]") ?? null;
});
document.addEventListener("pointerup", release);
document.addEventListener("pointercancel", release);

document.addEventListener("htmx:confirm", (event) => {
  if (event.target !== pressed) return;
  event.preventDefault();
  waits = true;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig?.elt !== pressed) return;
  detail.shouldSwap = false;
  waits = true;
});

// What somebody answers stands in no address: where there is something to answer, the form itself
// looks by POST.
document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.querySelector("#intake:not([hidden])") || submitter?.hasAttribute("formmethod")) return;
  if (target.method !== "get") return;
  target.method = "post";
  target.action = target.action.replace(/(#|$)/, "?look=1$1");
});
