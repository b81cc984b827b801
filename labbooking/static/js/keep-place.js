// What htmx replaces scrolls back to its beginning and folds up. An element with data-keeps-place
// and an id stays as it was, so that who chooses something in the middle of it goes on there.
const places = new Map();
let open = [];

function keep() {
  for (const { id, scrollTop } of document.querySelectorAll("[data-keeps-place]")) {
    places.set(id, scrollTop);
  }
  open = [...document.querySelectorAll("[data-keeps-place] details[open]")].map(({ id }) => id);
}

function restore() {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, scrollTop] of places) {
    const element = document.getElementById(id);
    if (element) element.scrollTop = scrollTop;
  }
}

document.addEventListener("htmx:beforeSwap", keep);
document.addEventListener("htmx:afterSwap", restore);
// Settling sets the attributes of what is new once more.
document.addEventListener("htmx:afterSettle", restore);
