// A draft saves itself: when somebody leaves a field, what has changed in the form is sent with the
// version it rests on. Where another window was quicker, its text is shown beside one's own.
const form = document.querySelector("form[data-draft]");
const told = form.querySelector("[data-told]");
const { saved: SAVED, saving: SAVING, notSaved: NOT_SAVED, there: THERE, words: WORDS } = form.dataset;
const apart = new Set(["csrfmiddlewaretoken", "based_on"]);

// All that is sent by name: several where several are ticked, and something where none is.
function entries() {
  const said = {};
  for (const [name, value] of new FormData(form)) if (!apart.has(name)) (said[name] ??= []).push(value);
  return said;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
let kept = entries();
let running = Promise.resolve();

function group(name) {
  const found = form.elements[name];
  return (found instanceof RadioNodeList ? found[0] : found)?.closest(".field");
}

function note(name, className, text) {
  const field = group(name);
  if (!field) return;
  field.querySelector(`.${className}`)?.remove();
  if (!text) return;
  const place = document.createElement("p");
  place.className = className;
  place.textContent = text;
  field.append(place);
}

function rests(answer) {
  const tag = answer.headers.get("ETag")?.replace(/^W\/|"/g, "");
  if (tag) form.elements.based_on.value = tag;
}

async function send(changed) {
  told.textContent = SAVING;
  const answer = await fetch(form.action || location.href, {
    method: "PUT",
    headers: { "If-Match": `"${form.elements.based_on.value}"`, "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: new URLSearchParams(Object.entries(changed).flatMap(([name, values]) => values.map((value) => [name, value]))),
  });
  rests(answer);
  const said = await answer.json();
  const errors = said.errors ?? {};
  for (const name of Object.keys(changed)) {
    const wrong = errors[name] ?? "";
    note(name, "field__error", wrong);
    note(name, "draft__there", said.there ? `${THERE} ${said.there[name] ?? ""}` : "");
    if ((answer.ok || answer.status === 422) && !wrong) kept[name] = changed[name];
  }
  told.textContent = answer.ok ? SAVED : (said.message ?? errors[Object.keys(errors)[0]] ?? NOT_SAVED);
}

function save() {
  const now = entries();
  const changed = Object.fromEntries(Object.entries(now).filter(([name, values]) => !same(kept[name], values)));
  if (!Object.keys(changed).length) return running;
  return send(changed).catch(() => {
    told.textContent = NOT_SAVED;
  });
}

form.addEventListener("change", () => {
  running = running.then(save);
});

function count({ target }) {
  const most = target.dataset?.mostWords;
  if (!most) return;
  const words = target.value.split(/\s+/).filter(Boolean).length;
  note(target.name, "draft__count", `${words} / ${most} ${WORDS}`);
}

form.addEventListener("input", count);
for (const target of form.querySelectorAll("[data-most-words]")) count({ target });
