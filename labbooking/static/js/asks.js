// Of forms that ask, while one types, what would come of it: the answer to an older choice would write
// over a newer one that is still to be sent, so it is given up.
document.addEventListener("change", ({ target }) => {
  const asking = target.form?.querySelector("[data-asks]");
  if (asking) window.htmx.trigger(asking, "htmx:abort");
});
