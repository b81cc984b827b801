// What htmx replaces scrolls back to its beginning. An element with data-keeps-place and an id
// stays where it was, so that who chooses something in the middle of it goes on from there.
const places = new Map();

document.addEventListener("htmx:beforeSwap", () => {
  for (const { id, scrollTop } of document.querySelectorAll("[data-keeps-place]")) {
    places.set(id, scrollTop);
  }
});

document.addEventListener("htmx:afterSettle", () => {
  for (const [id, scrollTop] of places) {
    const element = document.getElementById(id);
    if (element) element.scrollTop = scrollTop;
  }
  places.clear();
});
