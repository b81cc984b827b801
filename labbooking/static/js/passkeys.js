// Passkeys are the browser's own: this hands it what the house asks, and the house what it answers.
const INLINE = "passkey-options";
const can = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function asked(form) {
  const inline = document.getElementById(INLINE);
  if (inline) return JSON.parse(inline.textContent);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function answered(form) {
  const said = await asked(form);
  if (form.dataset.passkey === "new") {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(said);
    return navigator.credentials.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(said);
  return navigator.credentials.get({ publicKey });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !can;
  const failed = form.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.namedItem("credential").value = JSON.stringify(await answered(form));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
for (const way of document.querySelectorAll("[data-with-passkey]")) way.hidden = !can;
for (const without of document.querySelectorAll("[data-no-passkey]")) without.hidden = can;
