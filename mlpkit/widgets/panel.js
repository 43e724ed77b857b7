// The view of an explorer: labeled controls of the page's own, a picture of fixed size, and the
// facts in words. A move is sent when the picture of the move before has arrived, so none queue up.

const PEN_STEP = 1 / 28; // how far an arrow key moves the pen, as a share of the drawing area

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function newId(name) {
  return `${name}-${Math.random().toString(36).slice(2)}`;
}

// Each control: { parts: what stands in the page, show(value), holds: whether the hand is on it }.
const makers = { slider, choice: list, strokes: drawingArea };

function slider(control, send) {
  const id = newId(control.id);
  const output = element("output", { dir: "auto", for: id });
  const input = element("input", { id, type: "range", min: 0, max: control.shown.length - 1 });
  // Room for the longest text, so that no move shifts the controls beside it.
  const longest = Math.max(...control.shown.map((text) => text.length));
  output.style.minWidth = `max(3.5em, min(${longest}ch, 20em))`;
  const show = (place) => {
    input.value = place;
    output.textContent = control.shown[place];
    input.setAttribute("aria-valuetext", control.shown[place]);
  };
  input.addEventListener("input", () => {
    show(Number(input.value));
    send(Number(input.value));
  });
  return { parts: [element("label", { for: id }, control.label), input, output], show };
}

function list(control, send) {
  const id = newId(control.id);
  const input = element("select", { id });
  control.shown.forEach((text, place) => input.append(new Option(text, place)));
  input.addEventListener("change", () => send(Number(input.value)));
  const show = (place) => {
    input.value = place;
  };
  return { parts: [element("label", { for: id }, control.label), input], show };
}

// Strokes are lists of points [x, y] from 0 to 1, from the upper left corner of the area.
function drawingArea(control, send) {
  const id = newId(control.id);
  const size = control.size;
  const canvas = element("canvas", {
    "aria-describedby": id,
    "aria-label": control.label,
    height: size,
    role: "application",
    tabindex: 0,
    width: size,
  });
  const context = canvas.getContext("2d");
  const clear = element("button", { type: "button" }, control.clear);
  let strokes = [];
  let pen = [0.5, 0.5];
  let down = false;
  let drawing = false;

  function paint() {
    context.fillStyle = "white";
    context.fillRect(0, 0, size, size);
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = size / 14;
    context.strokeStyle = "black";
    for (const stroke of strokes) {
      context.beginPath();
      stroke.forEach(([x, y]) => context.lineTo(x * size, y * size));
      if (stroke.length === 1) context.lineTo(stroke[0][0] * size + 0.1, stroke[0][1] * size);
      context.stroke();
    }
    if (document.activeElement !== canvas || drawing) return;
    context.lineWidth = 2;
    context.strokeStyle = down ? "#D55E00" : "#0072B2";
    const [x, y] = [pen[0] * size, pen[1] * size];
    context.beginPath();
    context.arc(x, y, size / 28, 0, 7);
    context.moveTo(x - 4, y);
    context.lineTo(x + 4, y);
    context.moveTo(x, y - 4);
    context.lineTo(x, y + 4);
    context.stroke();
  }

  function change(made) {
    strokes = made;
    paint();
    send(strokes);
  }

  function extend(point) {
    change([...strokes.slice(0, -1), [...strokes.at(-1), point]]);
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const inside = (share) => Math.min(1, Math.max(0, share));
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
      .map(inside)
      .map((share) => Math.round(share * 1000) / 1000);
  }

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.focus();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    down = false;
    pen = place(event);
    change([...strokes, [pen]]);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen = place(event);
    extend(pen);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      drawing = false;
      paint();
    });
  }

  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    if (event.key in moves) {
      const moved = pen.map((p, i) => p + moves[event.key][i] * PEN_STEP);
      pen = moved.map((p) => Math.round(Math.min(1, Math.max(0, p)) * 1000) / 1000);
      if (down) extend(pen);
    } else if (event.key === " " || event.key === "Enter") {
      down = !down;
      if (down) change([...strokes, [pen]]);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      down = false;
      change([]);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    paint();
  });
  canvas.addEventListener("focus", paint);
  canvas.addEventListener("blur", () => {
    down = false;
    paint();
  });
  clear.addEventListener("click", () => {
    down = false;
    change([]);
  });

  const help = element("small", { id }, control.help);
  const show = (value) => {
    strokes = value;
    paint();
  };
  const parts = [element("div", {}, element("span", {}, control.label), help, clear), canvas];
  return { parts, show, holds: () => drawing || down };
}

function render({ model, el }) {
  let waiting = false;
  let pending = {};
  let arrived = 0;
  let shown = 0;
  const name = model.get("title");
  const image = element("img", { width: model.get("width"), height: model.get("height") });
  const facts = element("p", {});
  const summary = element("summary", {}, model.get("summary"));
  const message = element("p", { class: "mlpkit-message", role: "status" });
  const row = element("div", { class: "mlpkit-controls", role: "group", "aria-label": name });
  const buttons = element("div", { class: "mlpkit-buttons" });
  const controls = {};

  function send(id, value) {
    pending[id] = value;
    if (!waiting) flush();
  }

  function flush() {
    if (Object.keys(pending).length === 0) return;
    const values = { ...model.get("values"), ...pending };
    pending = {};
    // Back where it was: there is nothing to send, and no picture would come.
    if (JSON.stringify(values) === JSON.stringify(model.get("values"))) return;
    waiting = true;
    model.set("values", values);
    model.save_changes();
  }

  for (const control of model.get("controls")) {
    const made = makers[control.kind](control, (value) => send(control.id, value));
    // JupyterLab would take the arrow keys for itself.
    made.parts.forEach((part) => part.setAttribute("data-lm-suppress-shortcuts", "true"));
    controls[control.id] = made;
    const kind = `mlpkit-control mlpkit-${control.kind}`;
    made.place = element("div", { class: kind }, ...made.parts);
    row.append(made.place);
  }

  for (const { id, label } of model.get("buttons")) {
    const button = element("button", { type: "button", "data-press": id }, label);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "false") model.send({ press: id });
    });
    buttons.append(button);
  }

  // A button that is off stays in the tab order, so that the keyboard's place is not lost.
  function showState() {
    const off = model.get("off");
    for (const button of buttons.children) {
      button.setAttribute("aria-disabled", off.includes(button.dataset.press));
    }
    message.textContent = model.get("message");
    facts.setAttribute("aria-live", model.get("running") ? "off" : "polite");
    root.dataset.running = model.get("running");
  }

  function showValues() {
    for (const [id, value] of Object.entries(model.get("values"))) {
      const hand = controls[id].holds;
      if (!(id in pending) && !(hand && hand())) controls[id].show(value);
    }
  }

  // Loaded out of sight first: an image is blank from its change of address until it has loaded.
  function showPicture() {
    const turn = (arrived += 1);
    const picture = new Blob([model.get("picture")], { type: model.get("mime") });
    const next = element("img", { src: URL.createObjectURL(picture), alt: model.get("facts") });
    next.onload = () => {
      const late = turn < shown;
      URL.revokeObjectURL((late ? next : image).src);
      if (late) return;
      shown = turn;
      image.src = next.src;
      image.alt = facts.textContent = next.alt;
    };
    // Unseen, but in its place, so that nothing else moves.
    for (const [id, { place }] of Object.entries(controls)) {
      place.style.visibility = model.get("unused").includes(id) ? "hidden" : "visible";
    }
    waiting = false;
    flush();
  }

  const words = element("details", {}, summary, facts);
  const root = element("section", { class: "mlpkit-panel", "aria-label": name }, row);
  root.lang = model.get("lang");
  root.dir = model.get("dir");
  if (model.get("buttons").length) root.append(buttons);
  root.append(message, image, words);
  el.append(root);
  const watched = [
    ["change:values", showValues],
    ["change:shown", showPicture],
    ["change:off change:message change:running", showState],
  ];
  watched.forEach(([event, callback]) => model.on(event, callback));
  showValues();
  showState();
  showPicture();
  return () => {
    watched.forEach(([event, callback]) => model.off(event, callback));
    URL.revokeObjectURL(image.src);
  };
}

export default { render };
