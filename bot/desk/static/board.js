// After a lead was moved the focus follows it to its new column.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const moved = ctx.sourceElement?.dataset?.then;
  if (!moved) return;
  const card = document.querySelector(`[data-lead="${CSS.escape(moved)}"]`);
  card?.querySelector(".lead-name").focus({ preventScroll: true });
});
