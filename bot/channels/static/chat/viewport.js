// Fits the page into what is left of the screen when the keyboard is up: Safari moves the page instead.
const KEYBOARD = 80; // Pixels: anything less is a toolbar.
const view = window.visualViewport;
const root = document.documentElement;

view?.addEventListener("resize", () => {
  const zoomed = view.scale > 1.01;
  if (!zoomed && window.innerHeight - view.height > KEYBOARD) {
    root.style.setProperty("--visible-height", `${view.height}px`);
    window.scrollTo(0, 0);
  } else {
    root.style.removeProperty("--visible-height");
  }
});

// A folded list of sources would be missing on paper.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
