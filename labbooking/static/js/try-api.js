// Sends what a form of /api/v1/docs says and shows the answer beneath it.
const tokenForm = document.querySelector("[data-api-token]");

function request(form) {
  const query = new URLSearchParams();
  const headers = { Accept: "application/json" };
  let path = form.getAttribute("action");
  let body;
  for (const input of form.querySelectorAll("[data-place]")) {
    const value = input.value.trim();
    if (input.dataset.place === "body") body = value;
    else if (!value) continue;
    else if (input.dataset.place === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(value));
    else if (input.dataset.place === "header") headers[input.name] = value;
    else for (const one of value.split(/\s*,\s*/)) query.append(input.name, one);
  }
  const token = tokenForm.elements.token.value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  else headers["X-CSRFToken"] = tokenForm.elements.csrfmiddlewaretoken.value;
  if (body) headers["Content-Type"] = "application/json";
  const address = query.size ? `${path}?${query}` : path;
  return [address, { method: form.method, headers, body: body || undefined }];
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const [address, options] = request(form);
  const told = form.querySelector("[data-told]");
  const answer = await fetch(address, options).catch((error) => ({ status: 0, statusText: error.message, text: () => "" }));
  form.querySelector("[data-status]").textContent = `${answer.status} ${answer.statusText} · ${options.method.toUpperCase()} ${address}`;
  form.querySelector("[data-answer]").textContent = pretty(await answer.text());
  told.hidden = false;
}

tokenForm.hidden = false;
tokenForm.addEventListener("submit", (event) => event.preventDefault());
for (const form of document.querySelectorAll("[data-try-api]")) {
  form.querySelector("[data-send]").hidden = false;
  form.addEventListener("submit", send);
}
// A problem's `type` and an operation's name lead straight to their place.
const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named instanceof HTMLDetailsElement) named.open = true;
