// Who presses twice means it once: a form that acts is not sent again while its answer is on the way.
// Only for a moment, so that one whose answer never came, or was a file, can be sent again.
const MOMENT = 2000;
const sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const { target: form, submitter, timeStamp } = event;
  const acts = (submitter?.formMethod || form.method) === "post";
  if (event.defaultPrevented || !acts) return;
  if (timeStamp - (sent.get(form) ?? -Infinity) < MOMENT) event.preventDefault();
  else sent.set(form, timeStamp);
});
