// After a lead was moved the focus follows it to its new column.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  ctx.moved = ctx.sourceElement?.dataset?.then; // the swap may make another form of it
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx.moved) return;
  const card = document.querySelector(`[data-lead="${CSS.escape(ctx.moved)}"]`);
  card?.querySelector(".lead-name").focus({ preventScroll: true });
});
