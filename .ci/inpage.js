// What the gates of browser.mjs look at inside a page. Each function returns the
// faults that it found, as lines.
window.gates = (() => {
  const name = (el) => {
    const id = el.id ? `#${el.id}` : "";
    const classes = typeof el.className === "string" && el.className ? `.${el.className.trim().replace(/\s+/g, ".")}` : "";
    const text = (el.textContent ?? "").trim().slice(0, 30);
    return `${el.localName}${id}${classes}${text ? ` “${text}”` : ""}`;
  };

  // Colours: the browser turns every notation into bytes on a canvas of one pixel.
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const luminance = ([r, g, b]) => {
    const linear = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  /** WCAG 2.2, contrast ratio. */
  const contrast = (a, b) => {
    const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (hi + 0.05) / (lo + 0.05);
  };
  const seen = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
  const faults = [];
  /** What is painted behind the content of an element. */
  const behind = (el) => {
    const layers = [];
    for (let e = el; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.backgroundImage !== "none") faults.push(`${name(e)}: an image behind text, whose contrast cannot be computed`);
      const color = rgba(style.backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    const canvasColor = rgba("Canvas");
    return layers.reverse().reduce((under, color) => over(color, under), canvasColor);
  };

  return {
    /** Every text, those that CSS writes too, against what is behind it; edges of controls against what is around them. */
    contrast(least) {
      faults.length = 0;
      const pairs = new Map();
      let texts = 0;
      const check = (color, el, ground, what, needed) => {
        const ratio = contrast(over(rgba(color), ground), ground);
        texts++;
        if (ratio < needed) pairs.set(`${color} on ${ground.slice(0, 3).map(Math.round)} ${what}`, `${name(el)}: ${what} has a contrast of ${ratio.toFixed(2)}, needs ${needed}`);
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const done = new Set();
      while (walker.nextNode()) {
        const el = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || done.has(el) || !seen(el)) continue;
        done.add(el);
        check(getComputedStyle(el).color, el, behind(el), "text", least);
      }
      for (const el of document.body.querySelectorAll("*")) {
        if (!seen(el)) continue;
        for (const pseudo of ["::before", "::after", "::marker"]) {
          if (pseudo === "::marker" && getComputedStyle(el).display !== "list-item") continue;
          const style = getComputedStyle(el, pseudo);
          if (pseudo !== "::marker" && ["none", "normal", '""'].includes(style.content)) continue;
          check(style.color, el, behind(el), pseudo, least);
        }
        const style = getComputedStyle(el);
        const control = el.matches("input:not([type=hidden]), button, select, textarea");
        const button = el.localName === "a" && rgba(style.backgroundColor)[3] === 1 || el.localName === "a" && parseFloat(style.borderTopWidth) > 0 && rgba(style.borderTopColor)[3] > 0;
        if (!control && !button) continue;
        const around = behind(el.parentElement);
        const edge = over(rgba(style.borderTopColor), around);
        const ratio = Math.max(contrast(behind(el), around), parseFloat(style.borderTopWidth) > 0 ? contrast(edge, around) : 1);
        if (ratio < 3) pairs.set(`edge ${name(el)}`, `${name(el)}: the edge of the control has a contrast of ${ratio.toFixed(2)}, needs 3`);
      }
      if (texts === 0) faults.push("no text was found");
      return [...faults, ...pairs.values()];
    },

    /** Whatever is wider than the page, and text that its box cuts off. */
    fits() {
      const found = [];
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth) {
        const widest = [...document.body.querySelectorAll("*")].filter(seen).sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0];
        found.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px at ${root.clientWidth} px, as ${name(widest)} does`);
      }
      for (const el of document.body.querySelectorAll("*")) {
        const style = getComputedStyle(el);
        if (!seen(el) || style.clipPath !== "none" || el.closest("pre, textarea, select")) continue;
        const cuts = (axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
        if (cuts("X") && el.scrollWidth > el.clientWidth + 1 || cuts("Y") && el.scrollHeight > el.clientHeight + 1) found.push(`${name(el)}: what it holds is cut off`);
      }
      for (const cell of document.querySelectorAll("tbody :is(th, td)")) { // a cell that is laid out as a block
        const room = cell.closest("table").parentElement.clientWidth;
        if (getComputedStyle(cell).display === "block" && seen(cell) && cell.offsetWidth < 0.7 * room) found.push(`${name(cell)}: ${cell.offsetWidth} of ${room} px are used`);
      }
      const range = document.createRange();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const el = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !seen(el)) continue;
        let clipped = false; // hidden from sight on purpose, or in a box that scrolls
        for (let e = el; e; e = e.parentElement) {
          const style = getComputedStyle(e);
          clipped ||= style.clipPath !== "none" || e !== document.body && e !== root && ["auto", "scroll"].includes(style.overflowX);
        }
        if (clipped) continue;
        range.selectNodeContents(walker.currentNode);
        for (const r of range.getClientRects()) {
          if (r.right > root.clientWidth + 1 || r.left < -1) {
            found.push(`${name(el)}: text leaves the page at ${root.clientWidth} px`);
            break;
          }
        }
      }
      return found;
    },

    /** Links and controls in the order of the page: what Tab must reach. */
    stops() {
      window.stopsOf = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
        .filter((el) => el.tabIndex >= 0 && !el.disabled && seen(el));
      return window.stopsOf.length;
    },

    /** Where the focus is, by its number among the stops, and what is wrong with it. */
    focus() {
      const el = document.activeElement;
      const at = window.stopsOf.indexOf(el);
      if (at < 0) return { at, name: name(el), faults: [] };
      const found = [];
      const style = getComputedStyle(el);
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) found.push(`${name(el)}: the focus is not to be seen`);
      else {
        const inside = parseFloat(style.outlineOffset) < 0;
        const ground = behind(inside ? el : el.parentElement);
        const ratio = contrast(over(rgba(style.outlineColor), ground), ground);
        if (ratio < 3) found.push(`${name(el)}: the focus ring has a contrast of ${ratio.toFixed(2)}, needs 3`);
      }
      const rects = [...el.getClientRects()].filter((r) => r.width > 0 && r.height > 0);
      const free = rects.some((r) => {
        const x = (Math.max(r.left, 0) + Math.min(r.right, innerWidth)) / 2, y = r.top + r.height / 2;
        const hit = document.elementFromPoint(x, y);
        return hit && (el.contains(hit) || hit.contains(el) && getComputedStyle(hit).position !== "sticky");
      });
      if (!free) found.push(`${name(el)}: the focus is off the screen or under something else`);
      return { at, name: name(el), faults: found };
    },
  };
})();
