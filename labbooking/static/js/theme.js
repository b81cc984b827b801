// Light, dark, or as the device. Kept in a cookie, so that the server sends the page
// in the right colours and nothing flashes.
const YEAR = 365 * 24 * 3600;
const choice = document.querySelector("[data-theme-choice]");

function choose(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.cookie = `theme=${theme};path=/;max-age=${theme ? YEAR : 0};samesite=lax`;
}

function show() {
  const chosen = document.documentElement.dataset.theme ?? "";
  for (const button of choice.querySelectorAll("[data-theme-value]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeValue === chosen));
  }
}

if (choice) {
  choice.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-value]");
    if (!button) return;
    choose(button.dataset.themeValue);
    show();
  });
  show();
  choice.hidden = false;
}
