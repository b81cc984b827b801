// Of forms that ask, while one types, what would come of it.

// htmx lets the button that has the focus lend the question its address, method and value: who tabs
// on to “Book it” would have booked. It learns of the focus from this event, which it does not get.
document.addEventListener(
  "focusin",
  (event) => {
    if (event.target.closest("form[hx-trigger] button")) event.stopPropagation();
  },
  { capture: true },
);

// The answer to an older choice would write over a newer one that is still to be sent: it is given up.
document.addEventListener("change", ({ target }) => {
  if (target.form?.matches("[hx-trigger]")) window.htmx.trigger(target.form, "htmx:abort");
});
