// What does not read from right to left in the rendered Markdown that the page holds now, as
// sentences, and how much of each kind was measured. All of it by the boxes that are drawn.

() => {
  const NEAR = 3; // pixels
  const problems = [];
  const measured = { line: 0, bullet: 0, formula: 0, code: 0, table: 0 };

  function note(kind, fine, node, what) {
    measured[kind] += 1;
    const cell = node.closest(".jp-Cell").dataset.windowedListIndex;
    if (!fine) problems.push(`cell ${cell}: ${what}: ${node.textContent.trim().slice(0, 60)}`);
  }

  function isSeen(node) {
    const { width, height } = node.getBoundingClientRect();
    return width > 1 && height > 1;
  }

  // The boxes of the words in an element; a formula and a piece of code are one box each.
  function boxes(element) {
    const found = [];
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (!node.data.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        found.push(...range.getClientRects());
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.matches("mjx-container, code, img")) found.push(...node.getClientRects());
        else if (!node.matches(".jp-InternalAnchorLink, ul, ol, table")) found.push(...boxes(node));
      }
    }
    return found.filter(({ width, height }) => width > 1 && height > 1);
  }

  // The boxes put together to lines: what stands at the same height.
  function lines(element) {
    const found = [];
    for (const box of boxes(element).sort((a, b) => b.height - a.height)) {
      const middle = (box.top + box.bottom) / 2;
      const line = found.find(({ top, bottom }) => top < middle && middle < bottom);
      if (line) line.right = Math.max(line.right, box.right);
      else found.push({ top: box.top, bottom: box.bottom, right: box.right });
    }
    return found;
  }

  function contentRight(element) {
    const style = getComputedStyle(element);
    const border = parseFloat(style.borderRightWidth) + parseFloat(style.paddingRight);
    return element.getBoundingClientRect().right - border;
  }

  function beginsAtTheRight(element) {
    const isDisplay = element.querySelector(":scope > mjx-container[display='true']");
    if (!isSeen(element) || isDisplay) return;
    for (const line of lines(element)) {
      note("line", Math.abs(contentRight(element) - line.right) <= NEAR, element, "begins elsewhere");
    }
  }

  function isLeftToRight(kind, node, first, last) {
    const { direction } = getComputedStyle(node);
    note(kind, direction === "ltr", node, `${kind} with direction ${direction}`);
    note(kind, first.left <= last.left, node, `${kind} whose first sign is not on the left`);
  }

  // What stands around the drawn signs is left-to-right only once the package's style has come.
  function formula(node) {
    const tokens = [...node.children].map((one) => one.getBoundingClientRect());
    const wide = tokens.filter(({ width }) => width > 0); // an arrow over a letter has no width
    isLeftToRight("formula", node, wide[0], wide.at(-1));
  }

  // The end of code that goes on in a second line may stand anywhere.
  function code(node) {
    const text = node.firstChild;
    const [first, last] = [0, text.length - 1].map((at) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    });
    isLeftToRight("code", node, first, first.bottom <= last.top ? first : last);
  }

  function bullet(item) {
    const list = item.parentElement.getBoundingClientRect();
    const gap = list.right - item.getBoundingClientRect().right;
    const { direction } = getComputedStyle(item);
    note("bullet", direction === "rtl" && gap > 10, item, "bullet not on the right");
  }

  function table(node, root) {
    const heads = [...node.rows[0].cells].map((cell) => cell.getBoundingClientRect());
    const inOrder = heads.every((head, at) => at === 0 || head.right <= heads[at - 1].left + NEAR);
    note("table", inOrder, node, "columns do not go from right to left");
    const [inner, outer] = [node, root].map((one) => one.getBoundingClientRect());
    const fits = inner.left >= outer.left - NEAR && inner.right <= outer.right + NEAR;
    note("table", fits, node, "table wider than the page");
    for (const cell of node.querySelectorAll("td, th")) {
      note("table", cell.scrollWidth <= cell.clientWidth + NEAR, cell, "table cell cut off");
    }
  }

  for (const root of document.querySelectorAll(".jp-Notebook .jp-RenderedMarkdown > [dir='rtl']")) {
    if (!isSeen(root)) continue;
    const each = (selector, look) => [...root.querySelectorAll(selector)].forEach(look);
    const outer = contentRight(root.parentElement);
    note("line", Math.abs(contentRight(root) - outer) <= NEAR, root, "not as wide as its cell");
    each("p, h1, h2, h3, h4, li", beginsAtTheRight);
    each("span[dir='rtl'][style*='block']", beginsAtTheRight);
    each("li", (item) => isSeen(item) && bullet(item));
    each("mjx-math", (node) => isSeen(node) && formula(node));
    each("code", (node) => isSeen(node) && node.firstChild && code(node));
    each("table", (node) => isSeen(node) && table(node, root));
  }
  return { problems, measured };
};
