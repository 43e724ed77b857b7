// The view of an explorer: labeled controls of the page's own, a picture of fixed size, and the
// facts in words. A move is sent when the picture of the move before has arrived, so none queue up.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  let waiting = false;
  let pending = null;
  let address = "";
  const name = model.get("title");
  const root = element("section", { class: "mlpkit-panel", "aria-label": name });
  const image = element("img", { width: model.get("width"), height: model.get("height") });
  const words = element("details", {}, element("summary", {}, model.get("summary")));
  const facts = element("p", { "aria-live": "polite" });
  words.append(facts);
  const controls = element("div", { class: "mlpkit-controls", role: "group", "aria-label": name });
  const inputs = {};

  function send(id, value) {
    pending = [id, value];
    if (!waiting) flush();
  }

  function flush() {
    if (!pending) return;
    const [id, value] = pending;
    pending = null;
    waiting = true;
    model.set("values", { ...model.get("values"), [id]: value });
    model.save_changes();
  }

  for (const control of model.get("controls")) {
    const id = `${control.id}-${Math.random().toString(36).slice(2)}`;
    const shown = element("output", { for: id });
    const label = element("label", { for: id }, control.label);
    let input;
    if (control.kind === "choice") {
      input = element("select", { id });
      control.options.forEach((text, index) => input.append(new Option(text, index)));
      input.addEventListener("change", () => send(control.id, Number(input.value)));
    } else {
      const last = control.shown.length - 1;
      input = element("input", { id, type: "range", min: 0, max: last, step: 1 });
      input.addEventListener("input", () => {
        show(control, Number(input.value));
        send(control.id, Number(input.value));
      });
    }
    // JupyterLab would take the arrow keys for itself.
    input.setAttribute("data-lm-suppress-shortcuts", "true");
    inputs[control.id] = { input, shown };
    const parts = control.kind === "choice" ? [label, input] : [label, input, shown];
    controls.append(element("div", { class: "mlpkit-control" }, ...parts));
  }

  function show(control, index) {
    const { input, shown } = inputs[control.id];
    input.value = index;
    if (control.kind === "choice") return;
    shown.textContent = control.shown[index];
    input.setAttribute("aria-valuetext", control.shown[index]);
  }

  function showValues() {
    const values = model.get("values");
    if (pending === null) model.get("controls").forEach((c) => show(c, values[c.id]));
  }

  function showPicture() {
    const old = address;
    address = URL.createObjectURL(new Blob([model.get("picture")], { type: "image/png" }));
    image.onload = () => {
      if (old) URL.revokeObjectURL(old);
    };
    image.src = address;
    image.alt = facts.textContent = model.get("facts");
    waiting = false;
    flush();
  }

  model.on("change:values", showValues);
  model.on("change:shown", showPicture);
  root.append(controls, image, words);
  el.append(root);
  showValues();
  showPicture();
  return () => URL.revokeObjectURL(address);
}

export default { render };
