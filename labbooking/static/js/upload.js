// A form with files says how far they have got, where htmx sends it: `.works__progress` inside.
document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  const place = target.querySelector?.(".works__progress");
  const chosen = target.querySelector?.("input[type=file]")?.files.length;
  if (!place || !chosen || !detail.lengthComputable) return;
  place.hidden = false;
  // Once it is all there the house reads it, and nobody can say how long that takes.
  const bar = place.querySelector("progress");
  if (detail.loaded < detail.total) bar.value = (100 * detail.loaded) / detail.total;
  else bar.removeAttribute("value");
});
