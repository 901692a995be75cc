// What is wrong with the open page beside what axe-core knows: [{ kind, what }]. Called with the width of the look, whether it
// is paper, and whether the page may have scripts of its own.
(width, isPaper, mayScript) => {
  const faults = [];
  const tell = (kind, element, more) => faults.push({ kind, what: nameOf(element) + (more ? ": " + more : "") });
  const all = selector => [...document.querySelectorAll(selector)];

  const nameOf = element => {
    const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    const name = element.localName + (element.id ? "#" + element.id : "") + [...element.classList].map(each => "." + each).join("");
    return text ? `${name} "${text}"` : name;
  };
  const isShown = element => element.checkVisibility({ visibilityProperty: true });

  // The part of a box that is seen: what is left of it within all that cut it off.
  const seenPart = (box, element) => {
    let { left, top, right, bottom } = box;
    for (let each = element; each && each !== document.documentElement; each = each.parentElement) {
      if (each === document.body || getComputedStyle(each).overflow === "visible") continue;
      const cut = each.getBoundingClientRect();
      if (getComputedStyle(each).clipPath === "inset(50%)") return { left, top, right: left, bottom: top, width: 0, height: 0 };
      [left, top] = [Math.max(left, cut.left), Math.max(top, cut.top)];
      [right, bottom] = [Math.min(right, cut.right), Math.min(bottom, cut.bottom)];
    }
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };

  // Every piece of text that is seen, with its boxes.
  const pieces = () => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode, element = node.parentElement;
      if (!node.data.trim() || element.closest("script, style, title, desc") || !isShown(element)) continue;
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].map(box => seenPart(box, element))
        .filter(box => box.width > 1 && box.height > 1 && box.right > 0);
      if (boxes.length) found.push({ element, boxes });
    }
    return found;
  };

  const sizeOf = element => {
    const size = parseFloat(getComputedStyle(element).fontSize);
    const { c, d } = element.ownerSVGElement ? element.getScreenCTM() : { c: 0, d: 1 };
    return size * Math.hypot(c, d); // turned text, too
  };

  // --- width
  const overflow = () => {
    if (document.scrollingElement.scrollWidth <= width) return;
    const wide = all("body *").filter(each => seenPart(each.getBoundingClientRect(), each).right > width + 0.5);
    const inmost = wide.filter(each => !wide.some(other => other !== each && each.contains(other)));
    tell("overflow", inmost[0] ?? document.body, `the page is ${document.scrollingElement.scrollWidth} wide, the window ${width}`);
  };

  // --- pictures
  const alternatives = () => {
    for (const each of all("img, input[type=image], area, canvas, object, video, iframe, embed, svg")) {
      if (each.closest("[aria-hidden=true]") || each.parentElement.closest("svg")) continue;
      const text = each.getAttribute("aria-label") || each.getAttribute("alt") || each.querySelector(":scope > title")?.textContent
        || (each.getAttribute("aria-labelledby") ?? "").split(/\s+/).map(id => document.getElementById(id)?.textContent ?? "").join("");
      const isOrnament = each.localName === "img" && each.getAttribute("alt") === "";
      if (!text?.trim() && !isOrnament) tell("alternative", each, "a picture without words");
      if (each.localName === "svg" && text && each.getAttribute("role") !== "img") tell("alternative", each, "its words need role=img");
    }
    for (const each of all("img")) if (!each.complete || each.naturalWidth === 0) tell("picture", each, "it does not show");
  };

  // --- what would be fetched, now or later, and what would run
  const elsewhere = () => {
    const isOwn = url => url.startsWith("data:") || url.startsWith("#");
    const names = ["href", "src", "srcset", "poster", "background", "data", "action"];
    const carriers = "link, image, use, feImage, object[data], form, base, meta[http-equiv=refresh]";
    for (const each of all(carriers + ", [src], [srcset], [poster], [background]")) {
      const urls = names.map(name => each.getAttribute(name)).filter(url => url !== null);
      if (each.matches("form, base, meta") || urls.some(url => !isOwn(url))) tell("elsewhere", each, urls.join(" "));
    }
    const styles = [...all("style").map(each => each.textContent), ...all("[style]").map(each => each.getAttribute("style"))].join("\n");
    for (const [, url] of styles.matchAll(/(?:url\(|@import\s)\s*["']?([^"')\s]*)/gi))
      if (!isOwn(url)) tell("elsewhere", document.head, url);
    for (const each of all("script")) if (!mayScript || each.src) tell("script", each);
    for (const each of all("*"))
      for (const { name, value } of each.attributes)
        if (/^on/i.test(name) || /^\s*(javascript|vbscript):/i.test(value)) tell("script", each, name);
    for (const each of all("a[href]")) {
      const target = each.getAttribute("href");
      if (!/^(#|https:|[^:/?#]+([/?#]|$))/i.test(target)) tell("link", each, target);
    }
  };

  // --- words that end in one line and go on in the next, which nobody does to short ones
  const brokenWords = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!isShown(node.parentElement)) continue;
      for (const word of node.data.matchAll(/[^\s\-\/]{2,12}/g)) {
        if (/[^\s]/.test(node.data[word.index - 1] ?? " ") || /[^\s]/.test(node.data[word.index + word[0].length] ?? " ")) continue;
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) tell("broken", node.parentElement, word[0]);
      }
    }
  };

  // --- text: large enough, whole, not upon other text
  const isWithin = (box, whole) =>
    box.left > whole.left - 1 && box.right < whole.right + 1 && box.top > whole.top - 1 && box.bottom < whole.bottom + 1;
  const texts = found => {
    for (const { element, boxes } of found) {
      if (sizeOf(element) < 9) tell("small", element, `${sizeOf(element).toFixed(1)} pixels`);
      if (element.ownerSVGElement && !isWithin(element.getBoundingClientRect(), element.ownerSVGElement.getBoundingClientRect()))
        tell("cut", element, "the picture ends before it");
    }
    const boxes = found.flatMap(({ element, boxes }) => boxes.map(box => ({ element, box }))).sort((a, b) => a.box.top - b.box.top);
    boxes.forEach((one, index) => {
      for (let next = index + 1; next < boxes.length && boxes[next].box.top < one.box.bottom - 3; next++) {
        const other = boxes[next];
        if (other.element === one.element) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        if (across > 1 && down > 3) tell("over", one.element, "it lies on " + nameOf(other.element));
      }
    });
  };

  // --- contrast where axe-core does not look: text of charts, and what paper shows
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (upper, lower) => [0, 1, 2].map(i => upper[i] * upper[3] + lower[i] * (1 - upper[3]));
  const light = color => {
    const [r, g, b] = color.map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);
  const colorOf = element => {
    const style = getComputedStyle(element);
    const color = rgba(element.ownerSVGElement ? style.fill : style.backgroundColor);
    color[3] *= style.opacity * (element.ownerSVGElement ? style.fillOpacity : 1);
    return color;
  };
  const behind = element => {
    element.scrollIntoView({ block: "center" });
    const box = element.getBoundingClientRect();
    const stack = document.elementsFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
      .filter(each => each !== element && !element.contains(each) && !["svg", "g", "text", "tspan"].includes(each.localName));
    const ground = rgba(getComputedStyle(document.body).backgroundColor);
    return stack.reverse().reduce((below, each) => over(colorOf(each), below), over(ground, [255, 255, 255]));
  };
  const contrasts = found => {
    for (const { element } of found.filter(piece => piece.element.ownerSVGElement)) {
      const ground = behind(element), ratio = contrast(over(colorOf(element), ground), ground);
      if (ratio < 4.5) tell("contrast", element, `${ratio.toFixed(2)} of 4.5`);
    }
    scrollTo(0, 0);
  };
  const paper = found => {
    const isPrintedAsIs = element => getComputedStyle(element).printColorAdjust === "exact";
    for (const { element } of found.filter(piece => !piece.element.ownerSVGElement && !isPrintedAsIs(piece.element))) {
      const ratio = contrast(over(rgba(getComputedStyle(element).color), [255, 255, 255]), [255, 255, 255]);
      if (ratio < 4.5) tell("paper", element, `${ratio.toFixed(2)} of 4.5 on white`);
    }
    for (const each of all("body *")) {
      const style = getComputedStyle(each), box = each.getBoundingClientRect();
      const isMark = !each.ownerSVGElement && !each.textContent.trim() && !each.children.length && box.width > 1 && box.height > 1
        && (rgba(style.backgroundColor)[3] > 0 || style.backgroundImage !== "none");
      if (isMark && isShown(each) && !isPrintedAsIs(each)) tell("paper", each, "its colour is not printed: print-color-adjust");
    }
  };

  overflow();
  alternatives();
  elsewhere();
  const found = pieces();
  texts(found);
  brokenWords();
  contrasts(found);
  if (isPaper) paper(found);
  return faults;
}
