// What every page does beyond HTML: Ctrl-K, announcements, charts, kept drafts. All of it is
// optional: without scripts each page still works through its links and forms.
const palette = document.querySelector("[data-palette]");

function openPalette(event) {
  event?.preventDefault();
  const known = document.querySelector("dialog.palette");
  if (known) {
    known.showModal();
    known.querySelector("input").select();
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "palette";
  document.body.append(dialog);
  fetch(palette.action, { headers: { "HX-Request": "true" } })
    .then((answer) => answer.text())
    .then((text) => {
      dialog.innerHTML = text;
      htmx.process(dialog);
      dialog.showModal();
      dialog.querySelector("input").focus();
    });
  dialog.addEventListener("keydown", moveInPalette);
  dialog.addEventListener("click", (press) => press.target === dialog && dialog.close());
}

function moveInPalette(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...this.querySelectorAll("input, li a")];
  const here = stops.indexOf(document.activeElement);
  stops[(here + step + stops.length) % stops.length].focus();
}

if (palette) {
  palette.addEventListener("submit", openPalette);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") openPalette(event);
  });
}

// one polite voice for what happens without a new page
export function announce(text) {
  document.getElementById("live").textContent = text;
}
document.addEventListener("htmx:afterSwap", (event) => {
  const said = event.detail.target?.querySelector?.("[data-announce]");
  if (said) announce(said.dataset.announce);
});
document.addEventListener("htmx:afterSettle", (event) => drawCharts(event.target));

// a question before what cannot be taken back
document.addEventListener("submit", (event) => {
  const asked = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (asked && !window.confirm(asked)) event.preventDefault();
});

// a select or a check box that sends its form as soon as it changes
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
});

// what is wider than its frame shows on which side it goes on
function markEdges(frame) {
  const left = frame.scrollLeft;
  frame.classList.toggle("goes-on", frame.scrollWidth - frame.clientWidth - left > 2);
  frame.classList.toggle("came-from", left > 2);
}
const edges = new ResizeObserver((seen) => seen.forEach((one) => markEdges(one.target)));
function watchEdges(root = document) {
  for (const frame of root.querySelectorAll?.(".scroll, .menu, .tabs") ?? []) {
    edges.observe(frame);
    frame.addEventListener("scroll", () => markEdges(frame), { passive: true });
  }
}
document.addEventListener("htmx:afterSettle", (event) => watchEdges(event.target));
watchEdges();
for (const here of document.querySelectorAll(".menu [aria-current], .tabs [aria-current]")) {
  const strip = here.closest(".menu, .tabs");
  const [inside, around] = [here.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += inside.left - around.left - (around.width - inside.width) / 2;
  strip.scrollTop += Math.max(0, inside.bottom - around.bottom);
}

// charts: the specification stands beside its table, the library loads when a chart is near
let library;
function loadVega(address, interpreter) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(import(interpreter));
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}
async function draw(figure) {
  const source = figure.querySelector("script[type='application/json']");
  const place = figure.querySelector(".drawing");
  if (!source || !place || place.dataset.drawn) return;
  place.dataset.drawn = "yes";
  const { expressionInterpreter } = await loadVega(figure.dataset.library, figure.dataset.interpreter);
  const style = getComputedStyle(document.documentElement);
  const spec = JSON.parse(
    source.textContent.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim()),
  );
  const view = new window.vega.View(window.vega.parse(spec, null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "canvas",
    container: place,
    hover: true,
    locale: spec.usermeta?.locale ? { number: spec.usermeta.locale } : undefined,
  });
  const width = () => Math.max(220, place.clientWidth - 8);
  view.signal("width", Math.min(width(), spec.width ?? 640));
  await view.runAsync();
  figure.vegaView = view;
  const fitted = new ResizeObserver(() => view.signal("width", Math.min(width(), spec.width ?? 640)).runAsync());
  fitted.observe(figure);
}
export function drawCharts(root = document) {
  for (const figure of root.querySelectorAll?.("figure[data-library]") ?? []) draw(figure);
}
drawCharts();

// what was typed is kept in this browser until the form is sent, should the session end meanwhile
for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = `signoff:${form.dataset.keep}`;
  const fields = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const before = sessionStorage.getItem(key);
  if (before && before !== JSON.stringify(fields())) {
    const offer = form.querySelector("[data-kept]");
    if (offer) {
      offer.hidden = false;
      offer.querySelector("button").addEventListener("click", () => {
        for (const [name, value] of JSON.parse(before)) {
          const field = form.elements.namedItem(name);
          if (field && "value" in field) field.value = value;
        }
        offer.hidden = true;
      });
    }
  }
  form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(fields())));
  form.addEventListener("submit", () => sessionStorage.setItem(key, JSON.stringify(fields())));
}
for (const done of document.querySelectorAll("[data-sent]")) {
  sessionStorage.removeItem(`signoff:${done.dataset.sent}`);
}
