// Remember what is chosen while the program runs, and say how far one has come. The page works without this too.

/** Return how many questions have an answer. */
export function answered(form) {
  return new Set([...new FormData(form).keys()].filter((name) => /^q\d+$/.test(name))).size;
}

function tell(form, line) {
  line.textContent = form.dataset.progress.replace("{done}", answered(form));
}

function keep(form) {
  const body = new URLSearchParams(new FormData(form));
  fetch(form.dataset.kept, { method: "POST", body, keepalive: body.toString().length < 60_000 }).catch(() => {});
}

function mount(form) {
  const line = document.getElementById("progress");
  let waiting = 0;
  form.addEventListener("change", () => {
    tell(form, line);
    keep(form);
  });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(form), 500);
  });
  tell(form, line);
}

if (typeof document !== "undefined") {
  const form = document.querySelector("form[data-kept]");
  if (form) mount(form);
}
