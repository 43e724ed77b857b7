// The view of a quiz: native controls, one form for each question. Python judges; what it says
// appears below the question. Formulas and links are left to the page, as in the lesson around.

const PATIENCE = 2000; // ms until the reader hears that Python does not answer
const MOMENT = 400; // ms in which a page that is being drawn changes its height

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// HTML that Python has made from escaped text.
function filled(node, html) {
  node.innerHTML = html;
  return node;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name]);
}

function newId(name) {
  return `${name}-${Math.random().toString(36).slice(2)}`;
}

// Each kind: { part: what stands in the page, value(): the answer, show(answer) }.
const makers = { one: choices, several: choices, number, order };

function choices(question) {
  const name = newId(question.id);
  const type = question.kind === "one" ? "radio" : "checkbox";
  const inputs = question.options.map(({ id }) => element("input", { type, name, value: id }));
  const labels = question.options.map(({ html }, place) =>
    element("label", { class: "mlpkit-option" }, inputs[place], filled(element("span"), html)),
  );
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return {
    part: element("div", {}, ...labels),
    value: () => (question.kind === "one" ? (chosen()[0] ?? null) : chosen()),
    show: (answer) => {
      for (const input of inputs) input.checked = [answer].flat().includes(input.value);
    },
  };
}

function number(question, texts) {
  const input = element("input", { type: "text", inputmode: "decimal", dir: "ltr" });
  input.autocomplete = "off";
  // JupyterLab keeps the line break, by which browsers submit, from inputs in outputs.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    input.form.requestSubmit();
  });
  const unit = filled(element("span"), question.unit);
  return {
    part: element("div", {}, element("label", {}, texts.number, input, unit)),
    value: () => input.value,
    show: (answer) => (input.value = answer),
  };
}

function order(question, texts) {
  const list = element("ol", { class: "mlpkit-steps" });
  const heard = element("div", { class: "mlpkit-heard", "aria-live": "polite" });
  const items = {};

  // A button is named by what it does and by its step, formulas included.
  function button(sign, label, words, move) {
    const id = newId(question.id);
    const made = element("button", { id, type: "button", "aria-label": label, title: label }, sign);
    made.setAttribute("aria-labelledby", `${id} ${words.id}`);
    made.addEventListener("click", () => {
      if (made.getAttribute("aria-disabled") === "true") return;
      move();
      mark();
      const place = [...list.children].indexOf(made.closest("li")) + 1;
      const total = list.children.length;
      heard.textContent = fill(texts.moved, { step: words.textContent, place, total });
    });
    return made;
  }

  // The neighbor is moved, so that the item with the focus stays in the page and keeps it.
  for (const { id, html } of question.options) {
    const item = element("li", { "data-step": id });
    const words = filled(element("span", { id: newId(id) }), html);
    const up = button("↑", texts.up, words, () => item.after(item.previousSibling));
    const down = button("↓", texts.down, words, () => item.before(item.nextSibling));
    item.append(up, down, " ", words);
    items[id] = item;
    list.append(item);
  }

  // A button that can do nothing stays in the tab order, so that the keyboard's place is kept.
  function mark() {
    for (const item of list.children) {
      const [up, down] = item.querySelectorAll("button");
      up.setAttribute("aria-disabled", item === list.firstChild);
      down.setAttribute("aria-disabled", item === list.lastChild);
    }
  }

  mark();
  return {
    part: element("div", {}, list, heard),
    value: () => [...list.children].map((item) => item.dataset.step),
    show: (answer) => {
      list.append(...answer.map((id) => items[id]));
      mark();
    },
  };
}

// The page's own renderer typesets formulas and opens links to notebooks. A page that is not
// JupyterLab may have none; then formulas stay as they were written and links are plain links.
function finish(model, node) {
  const page = model.widget_manager?.rendermime;
  whenDrawn(node, () => page?.latexTypesetter?.typeset(node));
  for (const anchor of node.querySelectorAll("a[href*='#cell-id=']")) lead(model, anchor, page);
  // Without this on the element itself JupyterLab takes the keys.
  for (const one of node.querySelectorAll("input, button, summary, a")) {
    one.setAttribute("data-lm-suppress-shortcuts", "true");
  }
}

// Formulas take the size of the letters around, which is unknown until they are drawn.
function whenDrawn(node, action) {
  const observer = new ResizeObserver(([{ contentRect }]) => {
    if (!contentRect.height) return;
    observer.disconnect();
    action();
  });
  observer.observe(node);
}

// A link to a cell: of the notebook around if it has that cell, else of another notebook.
function lead(model, anchor, page) {
  const [path, name] = anchor.getAttribute("href").split("#cell-id=");
  const opens = page?.resolver && page.linkHandler;
  anchor.addEventListener("click", (event) => {
    const cell = cellHere(model, anchor, name);
    if (cell) {
      event.preventDefault();
      event.stopImmediatePropagation(); // or the page would open the link besides
      goTo(cell);
    } else if (opens && event.isTrusted) {
      whenOpened(anchor, () => anchor.click());
    }
  });
  if (opens) {
    page.resolver.resolveUrl(path).then((url) => {
      page.linkHandler.handleLink(anchor, decodeURIComponent(url), `#cell-id=${name}`);
    });
  }
}

// The cell with an id in the notebook around, if it has one and shows it.
function cellHere(model, node, name) {
  const cells = [...(model.widget_manager?.context?.model?.cells ?? [])];
  const place = cells.findIndex(({ id }) => id === name);
  const notebook = node.closest(".jp-Notebook");
  return notebook?.querySelector(`.jp-Cell[data-windowed-list-index="${place}"]`);
}

// Scrolled to twice, as in whenOpened: cells that are drawn for the first time change their heights.
function goTo(cell) {
  cell.focus({ preventScroll: true });
  cell.scrollIntoView();
  setTimeout(() => cell.scrollIntoView(), MOMENT / 4);
}

// When another notebook has taken the place of the one with the link, and its height rests.
function whenOpened(anchor, action, before = 0, patience = 25) {
  const open = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-inner");
  const height = anchor.getClientRects().length ? 0 : (open?.clientHeight ?? 0);
  if (height && height === before) action();
  else if (patience) setTimeout(() => whenOpened(anchor, action, height, patience - 1), MOMENT);
}

function questionView(model, question, place) {
  const texts = model.get("spec").texts;
  const made = makers[question.kind](question, texts);
  const check = element("button", { type: "submit" }, texts.check);
  const feedback = element("div", { class: "mlpkit-feedback", "aria-live": "polite" });
  const legend = filled(element("legend"), `<b>${place}.</b> ${question.html}`);
  const fieldset = element("fieldset", {}, legend, made.part, check, feedback);
  const form = element("form", { "data-question": question.id, novalidate: "" }, fieldset);
  let shown = 0;
  let timer = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.send({ check: question.id, value: made.value() });
    clearTimeout(timer);
    timer = setTimeout(() => say("unread", texts.waiting), PATIENCE);
  });

  function say(status, html) {
    feedback.dataset.status = status;
    filled(feedback, html);
    finish(model, feedback);
  }

  // With the answer, for a view that opens late; the answer of an open one is what its hand wrote.
  function update(first) {
    const result = model.get("results")[question.id];
    if (!result || result.count === shown) return;
    shown = result.count;
    clearTimeout(timer);
    if (first) made.show(model.get("answers")[question.id]);
    say(result.status, result.html);
  }

  return { form, update, end: () => clearTimeout(timer) };
}

function render({ model, el }) {
  const { title, lang, dir, questions } = model.get("spec");
  const views = questions.map((question, at) => questionView(model, question, at + 1));
  const score = element("p", { role: "status" });
  const root = element("section", { class: "mlpkit-quiz", "aria-label": title, lang, dir });
  root.append(element("p", {}, element("b", {}, title)), ...views.map(({ form }) => form), score);
  el.append(root);
  finish(model, root);

  const showResults = () => views.forEach(({ update }) => update(false));
  const showScore = () => (score.textContent = model.get("score_line"));
  views.forEach(({ update }) => update(true));
  showScore();
  model.on("change:results", showResults);
  model.on("change:score_line", showScore);
  return () => {
    views.forEach(({ end }) => end());
    model.off("change:results", showResults);
    model.off("change:score_line", showScore);
  };
}

export default { render };
