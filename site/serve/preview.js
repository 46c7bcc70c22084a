// The preview's part of a page: it reloads when a newer site is up, shows the
// findings of the last build, and marks what is not published. The page's own
// styles do not reach what it draws, nor its styles the page.
(() => {
  "use strict";
  const { events, up, number, baseUrl, base, unpublished } = document.currentScript.dataset;

  // Links that spell out the host of the published site stay in the preview.
  for (const type of ["click", "auxclick", "contextmenu"]) {
    addEventListener(type, (event) => {
      const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
      if (baseUrl && link?.href.startsWith(baseUrl)) {
        link.href = location.origin + base + link.href.slice(baseUrl.length);
      }
    }, true);
  }

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const count = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

  const styles = new CSSStyleSheet();
  styles.replaceSync(`
    :host { all: initial; display: contents; color-scheme: light dark;
      --ink: light-dark(#1d2628, #e7ecea); --paper: light-dark(#fff, #131a1c); --urgent: light-dark(#98201b, #ffb4a8) }
    * { box-sizing: border-box; font: 16px/1.5 ui-sans-serif, system-ui, sans-serif; color: var(--ink) }
    [hidden] { display: none !important }
    aside { position: fixed; inset: auto auto 12px 12px; z-index: 2147483647; display: flex; flex-wrap: wrap; gap: 8px; max-width: calc(100vw - 24px) }
    aside > *, button { padding: 6px 12px; min-height: 32px; border: 2px solid var(--ink); border-radius: 6px; background: var(--paper) }
    aside > .mark { font-weight: 700; border-style: dashed }
    button { cursor: pointer }
    button.urgent { color: var(--urgent); border-color: var(--urgent); font-weight: 700 }
    button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
    dialog { width: min(832px, calc(100vw - 32px)); max-height: calc(100vh - 64px); padding: 24px; overflow: auto; overflow-wrap: anywhere;
      border: 2px solid var(--ink); border-radius: 6px; background: var(--paper) }
    dialog.urgent { border-color: var(--urgent) }
    dialog::backdrop { background: rgb(0 0 0 / 40%) }
    h2 { margin: 0 0 4px; font-size: 22px; line-height: 1.25; font-weight: 700; outline: none }
    .urgent h2 { color: var(--urgent) }
    p { margin: 0 }
    ul { list-style: none; margin: 20px 0; padding: 0 }
    li { margin: 0 0 18px; padding-inline-start: 14px; border-inline-start: 4px solid var(--ink) }
    li.error { border-color: var(--urgent) }
    code { font: 15px/1.5 ui-monospace, Menlo, Consolas, monospace }
    strong { font-weight: 700 }
    @media print { :host { display: none } }
  `);

  const host = make("clinicblog-preview", { lang: "en", dir: "ltr" });
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [styles];
  const title = make("h2", { id: "title", tabIndex: -1, autofocus: true });
  const explanation = make("p");
  const list = make("ul");
  const close = make("button", { type: "button", textContent: "Close" });
  const dialog = make("dialog", {}, title, explanation, list, close);
  dialog.setAttribute("aria-labelledby", "title");
  const mark = make("p", { className: "mark", hidden: true });
  const reopen = make("button", { type: "button", hidden: true });
  const bar = make("aside", { hidden: true }, mark, reopen);
  bar.setAttribute("aria-label", "Preview");
  shadow.append(bar, dialog);
  document.body.append(host);

  const marks = { draft: "Draft: not published", future: "Scheduled: not published yet", expired: "Expired: not published any more" };
  if (unpublished) {
    mark.textContent = marks[unpublished] ?? `Not published: ${unpublished}`;
    mark.hidden = bar.hidden = false;
  }

  // What was closed stays closed from page to page, until it is other findings.
  const key = "clinicblog-preview-closed";
  const closed = (findings) => {
    try {
      if (findings !== undefined) sessionStorage.setItem(key, findings);
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  };
  let shown = "";
  reopen.addEventListener("click", () => dialog.showModal());
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => closed(shown));

  const show = ({ error, errors, findings }) => {
    const advice = findings.length - errors;
    const now = JSON.stringify([error, findings]);
    if (now === shown) return;
    shown = now;
    const urgent = Boolean(error) || errors > 0;
    const none = !error && findings.length === 0;
    title.textContent = error ? "The build could not run" : urgent ? count(errors, "error") : `${advice} to look at`;
    explanation.textContent = urgent
      ? "Behind this is the last site that was good. The page reloads when this is mended."
      : "The site can be published; this is advice.";
    const items = findings.map((f) => {
      const item = make("li", { className: f.severity },
        make("p", {}, make("code", { textContent: f.pos })),
        make("p", { textContent: `${f.severity === "advice" ? "Advice: " : ""}${f.message} (${f.rule})` }));
      if (f.fix) item.append(make("p", {}, make("strong", { textContent: "Remedy: " }), f.fix));
      return item;
    });
    if (error) items.unshift(make("li", { className: "error" }, make("p", { textContent: error })));
    list.replaceChildren(...items);
    dialog.classList.toggle("urgent", urgent);
    reopen.classList.toggle("urgent", urgent);
    reopen.textContent = error ? "The build could not run" : urgent ? count(errors, "error") : `${advice} advice`;
    reopen.hidden = none;
    bar.hidden = none && mark.hidden;
    if (dialog.open) {
      if (none) dialog.close();
      else title.focus(); // so that the new title is read out
    } else if (urgent && closed() !== now) {
      dialog.showModal();
    }
  };

  // A page that nobody sees holds no connection: a browser has six for a host.
  let source;
  const disconnect = () => {
    source?.close();
    source = undefined;
  };
  const connect = () => {
    if (source || document.hidden) return;
    source = new EventSource(events);
    source.onmessage = ({ data }) => {
      const outcome = JSON.parse(data);
      if (up ? outcome.up !== up : String(outcome.number) !== number) {
        disconnect();
        location.reload();
      } else if (up) {
        show(outcome);
      }
    };
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();
