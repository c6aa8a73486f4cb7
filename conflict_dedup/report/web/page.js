"use strict";
// The page's only script: sorts, filters, zooms and opens. It makes text nodes, never markup, of what articles say.
//
// The data is JSON, deflated (zlib) and written in base64, for 2,000 incidents would else be 8 MB: one object an incident, in the order of the rows' data-number:
//   id, date [first, last] or null, country, type, status, killed and injured [low, best, high, open] or null, sources,
//   facts [label, words], context (whether all articles were at hand), snippets (passages of articles),
//   tolls: effect, span, words, range [low, best, high, open], status, top, columns [source, day],
//     points [column, aside, value, [low, high] or null, bound, whole, standing, numbers of figures],
//   reports: day, source, article, title, url, copy,
//     figures [number, words, and, unless it is a sum, snippet, start, end].
(async () => {
  const packed = Uint8Array.from(atob(document.getElementById("data").textContent), (letter) => letter.charCodeAt(0));
  const incidents = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const SVG = "http://www.w3.org/2000/svg";

  function made(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function drawn(name, attributes = {}, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  const count = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
  const classOf = (status) => "s-" + status.replaceAll(" ", "-");

  // --- the table ---

  const body = one("tbody");
  const rows = all("tr[data-number]", body);
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const placeOf = rows.map((row) => all(".c-place > *", row).map((part) => part.textContent).join(", "));
  const searched = incidents.map((incident, number) => folded([
    placeOf[number], incident.id, incident.type, ...incident.facts.map((fact) => fact[1]),
    ...incident.reports.flatMap((report) => [report.source, report.title, report.article]),
  ].join(" ")));
  const keys = {
    date: (number) => incidents[number].date?.[0] ?? null,
    place: (number) => folded(placeOf[number]),
    type: (number) => incidents[number].type,
    killed: (number) => incidents[number].killed?.[2] ?? null,
    injured: (number) => incidents[number].injured?.[2] ?? null,
    sources: (number) => incidents[number].sources,
    status: (number) => incidents[number].status,
  };
  const LARGEST_FIRST = new Set(["killed", "injured", "sources"]);

  for (const [number, row] of rows.entries()) {
    const name = one("b", row);
    const button = made("button", { type: "button", "aria-expanded": "false" }, name.textContent);
    name.replaceWith(button);
    row.id = incidents[number].id;
  }

  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-number]");
    if (row && (event.target.closest("button") || !String(getSelection()))) toggle(row);
  });

  for (const head of all("th[data-sort]")) {
    const button = made("button", { type: "button" }, ...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.ariaSort ? head.ariaSort !== "ascending" : !LARGEST_FIRST.has(head.dataset.sort);
      for (const other of all("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      sortBy(keys[head.dataset.sort], up ? 1 : -1);
    });
  }

  function sortBy(key, direction) {
    const values = rows.map((_, number) => key(number));
    const order = [...rows.keys()].sort((a, b) => {
      if (values[a] === values[b]) return a - b;
      if (values[a] === null) return 1; // what is not known stands last either way
      if (values[b] === null) return -1;
      return (values[a] < values[b] ? -1 : 1) * direction;
    });
    body.append(...order.flatMap((number) => [rows[number], details.get(number)].filter(Boolean)));
  }

  // --- filters ---

  const form = one(".filters");
  form.hidden = false;
  const shown = one(".shown");

  for (const name of ["country", "type", "status"]) {
    const values = [...new Set(incidents.map((incident) => incident[name]))].filter(Boolean).sort();
    form.elements[name].append(...values.map((value) => made("option", { value }, value)));
  }

  function fits(incident, number, wanted) {
    return wanted.words.every((word) => searched[number].includes(word))
      && ["country", "type", "status"].every((name) => !wanted[name] || incident[name] === wanted[name])
      && (!wanted.since || (incident.date && incident.date[1] >= wanted.since))
      && (!wanted.until || (incident.date && incident.date[0] <= wanted.until))
      && (!wanted.killed || (incident.killed && incident.killed[2] >= Number(wanted.killed)))
      && (!wanted.sources || incident.sources >= Number(wanted.sources));
  }

  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    wanted.words = folded(wanted.words).split(/\s+/).filter(Boolean);
    let visible = 0;
    let low = 0;
    let high = 0;
    let open = 0;
    for (const [number, incident] of incidents.entries()) {
      const fit = fits(incident, number, wanted);
      rows[number].hidden = !fit;
      spots.get(number)?.classList.toggle("off", !fit);
      if (details.has(number)) details.get(number).hidden = !fit;
      if (!fit) continue;
      visible += 1;
      low += incident.killed?.[0] ?? 0;
      high += incident.killed?.[2] ?? 0;
      open |= incident.killed?.[3] ?? 0;
    }
    one(".none").hidden = visible > 0;
    const range = low === high ? low.toLocaleString("en") : `${low.toLocaleString("en")}–${high.toLocaleString("en")}`;
    const part = visible === incidents.length ? "" : ` of ${incidents.length.toLocaleString("en")}`;
    shown.textContent = `${visible.toLocaleString("en")}${part} shown${high ? `, killed ${range}${open ? "+" : ""}` : ""}`;
    look({});
  }

  one(".unfold").addEventListener("click", (event) => {
    event.target.setAttribute("aria-expanded", String(one(".more").classList.toggle("unfolded")));
  });
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());

  // --- one incident ---

  const details = new Map();

  function toggle(row, { stay = false } = {}) {
    const number = Number(row.dataset.number);
    const isOpen = details.has(number);
    if (isOpen && !stay) {
      details.get(number).remove();
      details.delete(number);
    } else if (!isOpen) {
      const detail = made("tr", { class: `detail ${classOf(incidents[number].status)}` });
      const cell = made("td", { colspan: "7" });
      detail.append(cell);
      row.after(detail);
      details.set(number, detail);
      cell.append(inside(incidents[number], number));
      for (const redraw of all(".toll", cell)) redraw.draw();
    }
    const opened = details.has(number);
    row.classList.toggle("opened", opened);
    one(".c-place button", row).setAttribute("aria-expanded", String(opened));
    spots.get(number)?.classList.toggle("open", opened);
    return details.get(number);
  }

  function reveal(number) {
    const row = rows[number];
    if (row.hidden) {
      form.reset();
      filter();
    }
    toggle(row, { stay: true });
    row.scrollIntoView({ block: "start" });
    one(".c-place button", row).focus({ preventScroll: true });
  }

  function inside(incident, number) {
    const left = made("div");
    left.append(made("dl", { class: "facts" }, ...incident.facts.map(([label, words]) =>
      made("div", {}, made("dt", {}, label), made("dd", {}, words)))));
    for (const toll of incident.tolls) left.append(tollOf(toll, number));
    const right = made("div", {}, made("h3", {}, count(incident.reports.length, "report"), " ",
      made("span", { class: "words" }, `from ${count(incident.sources, "independent source")}`)));
    right.append(...incident.reports.map((report) => reportOf(report, incident, number)));
    const last = made("p", { class: "bottom" }, made("code", {}, incident.id));
    if (!incident.context) last.append(" · Some articles were not at hand; what was quoted from them stands alone.");
    return made("div", { class: "inside" }, left, right, last);
  }

  function reportOf(report, incident, number) {
    const about = made("h4", {}, report.source || report.article, " ", made("span", { class: "day" }, report.day));
    const element = made("div", { class: "report" }, about);
    if (report.title || report.url) {
      const words = report.title || report.url;
      const link = report.url ? made("a", { href: report.url, target: "_blank", rel: "noopener noreferrer" }, words) : words;
      element.append(made("p", { class: "title", dir: "auto" }, link));
    }
    if (report.copy) element.append(made("p", { class: "reprint" }, `a reprint of ${report.copy}`));
    if (!report.figures.length) element.append(made("p", { class: "reprint" }, "gives no figure"));
    element.append(...report.figures.map((figure) => figureOf(figure, incident, number)));
    return element;
  }

  function figureOf([place, words, snippet, start, end], incident, number) {
    const id = `figure-${number}-${place}`;
    if (snippet === undefined) return made("p", { class: "figure", id, tabindex: "-1" }, made("span", { class: "words" }, words));
    const text = incident.snippets[snippet];
    const said = made("span", { class: "said", dir: "auto" }, ` “${text.slice(start, end)}”`);
    return made("details", { class: "figure", id },
      made("summary", {}, made("span", { class: "words" }, words), said),
      made("blockquote", { dir: "auto" }, text.slice(0, start), made("mark", {}, text.slice(start, end)), text.slice(end)));
  }

  // --- the course of a toll: columns are reports in the order of publication, not to the scale of time ---

  const SHAPES = {
    exact: ["circle", "exactly"], at_least: ["up", "at least"], more_than: ["up", "at least"],
    at_most: ["down", "at most"], fewer_than: ["down", "at most"], about: ["diamond", "about"],
    range: ["square", "a range"], vague: ["cross", "a vague word"],
  };
  const PATHS = {
    up: "M0-6.5L6 5H-6z", down: "M0 6.5L6-5H-6z", diamond: "M0-6.5L6.5 0 0 6.5-6.5 0z", square: "M-5-5H5V5H-5z",
    cross: "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2z", circle: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
  };

  function tollOf(toll, number) {
    const plot = made("div");
    const figure = made("figure", { class: `toll ${classOf(toll.status)}` },
      made("h3", {}, `${toll.effect} ${toll.span} `, made("span", { class: "words" }, toll.words)), plot);
    const bounds = [...new Set(toll.points.map((point) => SHAPES[point[4]].join("|")))].map((both) => both.split("|"));
    figure.append(made("ul", { class: "bounds" }, ...bounds.map(([shape, words]) => made("li", {},
      drawn("svg", { viewBox: "-8 -8 16 16", "aria-hidden": "true" }, drawn("path", { d: PATHS[shape], class: "point" })), words))));
    if (toll.points.some((point) => !point[5])) one(".bounds", figure).append(made("li", {}, "small: a part of the victims"));
    if (toll.points.some((point) => !point[6])) one(".bounds", figure).append(made("li", {}, "hollow: withdrawn"));
    figure.draw = () => plot.replaceChildren(chart(toll, number, plot.clientWidth || 480));
    return figure;
  }

  function steps(top) {
    const unit = 10 ** Math.floor(Math.log10(Math.max(top, 1) / 2));
    const step = Math.max(1, [1, 2, 5, 10].map((n) => n * unit).find((n) => top / n <= 5));
    return Array.from({ length: Math.floor(top / step) + 1 }, (_, n) => n * step);
  }

  function chart(toll, number, width) {
    const left = 8 + 8 * String(toll.top).length;
    const right = 74;
    const top = 18;
    const [low, best, high, open] = toll.range;
    const height = toll.columns.length > 1 && low < high ? 190 : 96;
    const columns = Math.max(toll.columns.length, 1);
    const slot = (width - left - right) / columns;
    const x = (column) => left + (column + .5) * slot;
    const y = (value) => top + height * (1 - value / (toll.top * 1.04));
    const svg = drawn("svg", { height: top + height + 44, role: "group", "aria-label": `The course of the toll: ${toll.effect} ${toll.span}` });
    for (const value of steps(toll.top)) {
      svg.append(drawn("line", { class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
        drawn("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, value.toLocaleString("en")));
    }
    svg.append(drawn("rect", { class: "band", x: left, width: width - left - right, y: y(high), height: Math.max(y(low) - y(high), 1) }));
    for (const value of new Set([low, high])) svg.append(drawn("line", { class: "edge", x1: left, x2: width - right, y1: y(value), y2: y(value) }));
    svg.append(drawn("line", { class: "best", x1: left, x2: width - right, y1: y(best), y2: y(best) }));
    const ends = [[high, `high ${high.toLocaleString("en")}${open ? "+" : ""}`], [best, `best ${best.toLocaleString("en")}`], [low, `low ${low.toLocaleString("en")}`]]
      .filter(([value], place, every) => every.findIndex(([other]) => other === value) === place);
    let before = -Infinity;
    for (const [value, words] of ends) {
      before = Math.max(y(value) + 4, before + 14); // one under the other where they would overlap
      svg.append(drawn("text", { class: "end", x: width - right + 6, y: before }, words));
    }
    const every = Math.ceil(82 / slot);
    for (const [place, [source, day]] of toll.columns.entries()) {
      if (place % every) continue;
      const letters = Math.floor((slot * every) / 6.4);
      const name = source.length > letters ? source.slice(0, letters - 1) + "…" : source;
      svg.append(drawn("text", { x: x(place), y: top + height + 18, "text-anchor": "middle" }, name),
        drawn("text", { x: x(place), y: top + height + 34, "text-anchor": "middle" }, day));
    }
    const numbered = [];
    for (const [column, aside, value, span, bound, whole, standing, figures] of toll.points) {
      const across = x(column) + aside * Math.min(14, slot * .2);
      if (span) svg.append(drawn("line", { class: "span", x1: across, x2: across, y1: y(span[0]), y2: y(span[1]) }));
      const [source, day] = toll.columns[column];
      const words = `${SHAPES[bound][1]} ${value.toLocaleString("en")}, ${source}, ${day}${standing ? "" : ", withdrawn"}${whole ? "" : ", a part of the victims"}`;
      const point = drawn("path", {
        d: PATHS[SHAPES[bound][0]], class: `point${whole ? "" : " part"}${standing ? "" : " withdrawn"}`, tabindex: "0", role: "button",
        transform: `translate(${across.toFixed(1)} ${y(value).toFixed(1)})${whole ? "" : " scale(.7)"}`, "aria-label": words,
      }, drawn("title", {}, words));
      const show = () => showFigure(number, figures[0]);
      point.addEventListener("click", show);
      point.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        show();
      });
      svg.append(point);
      if (whole && !aside && !numbered.some(([other, up]) => other === column && Math.abs(up - y(value)) < 13)) {
        numbered.push([column, y(value)]);
        const crowded = toll.points.some((other) => other[0] === column && other[1] > 0 && Math.abs(y(other[2]) - y(value)) < 18);
        const digits = value.toLocaleString("en");
        const outside = across + 9 + 7.5 * digits.length > width - right; // where the ends of the range are named
        const side = crowded || outside ? { x: across - 9, "text-anchor": "end" } : { x: across + 9 };
        svg.append(drawn("text", { class: "number", y: y(value) - 5, ...side }, digits));
      }
    }
    return svg;
  }

  function showFigure(number, place) {
    const figure = document.getElementById(`figure-${number}-${place}`);
    for (const other of all(".lit")) other.classList.remove("lit");
    figure.classList.add("lit");
    if (figure.localName === "details") figure.open = true;
    (one("summary", figure) ?? figure).focus({ preventScroll: true });
    figure.scrollIntoView({ block: "nearest" });
  }

  let width = innerWidth;
  addEventListener("resize", () => {
    if (width === innerWidth) return; // a phone's bars come and go
    width = innerWidth;
    for (const figure of all(".toll")) figure.draw();
  });

  // --- the map ---

  const map = one("#map");
  const svg = one("svg", map);
  const tip = one(".tip", map);
  const chooser = one(".chooser", map);
  const labels = all(".labels text", svg).map((text) => ({
    text, x: Number(text.getAttribute("x")), y: Number(text.getAttribute("y")), zoom: Number(text.dataset.zoom), letters: text.textContent.length,
  }));
  const spots = new Map(all(".spot", svg).map((spot) => [Number(spot.dataset.number), spot]));
  const at = new Map([...spots].map(([number, spot]) => [number, [
    ...spot.getAttribute("transform").match(/[-\d.]+/g).map(Number), Number(one(".ring", spot).getAttribute("r")),
  ]]));
  const WIDTH = 1200;
  const HEIGHT = 900;
  const MOST = 32; // times
  const CANDIDATES = 200; // circles that may be named; the smallest of many need not be tried
  let drawnAt = 0; // the width in pixels that the map was last drawn for
  let view = null; // x, y: the middle; zoom: 1 shows all incidents

  function frame() {
    const shape = svg.clientWidth / svg.clientHeight;
    return shape > WIDTH / HEIGHT ? { w: WIDTH, h: WIDTH / shape } : { w: HEIGHT * shape, h: HEIGHT };
  }

  function look({ x = view?.x ?? WIDTH / 2, y = view?.y ?? HEIGHT / 2, zoom = view?.zoom ?? 1 }) {
    if (!svg.clientWidth || !svg.clientHeight) return; // not laid out yet, or not shown
    drawnAt = svg.clientWidth;
    const { w, h } = frame();
    zoom = Math.min(Math.max(zoom, 1), MOST);
    const clamp = (value, half, most) => Math.min(Math.max(value, half), most - half);
    view = { x: clamp(x, w / zoom / 2, WIDTH), y: clamp(y, h / zoom / 2, HEIGHT), zoom };
    svg.setAttribute("viewBox", [view.x - w / zoom / 2, view.y - h / zoom / 2, w / zoom, h / zoom].map((n) => n.toFixed(2)).join(" "));
    const unit = w / zoom / svg.clientWidth; // of the map, to a pixel
    const size = Math.min(1, Math.max(.62, svg.clientWidth / 1100)); // of circles, in pixels: zooming parts them
    map.style.setProperty("--size", unit);
    map.style.setProperty("--spot", unit * size);
    for (const circle of all(".sizes svg")) {
      circle.setAttribute("width", circle.viewBox.baseVal.width * size);
      circle.setAttribute("height", circle.viewBox.baseVal.width * size);
    }
    map.classList.toggle("zoomed", zoom > 1);
    tip.hidden = chooser.hidden = true;
    name(unit, size);
  }

  // Names of places stand beside their circles, the largest first, then names of countries; none over another.
  function name(unit, size) {
    const kept = [];
    const apart = (box) => kept.every((other) =>
      box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
    const { w, h } = frame();
    const edge = { left: view.x - w / view.zoom / 2, right: view.x + w / view.zoom / 2, top: view.y - h / view.zoom / 2, bottom: view.y + h / view.zoom / 2 };
    const circles = [...at].map(([number, [x, y, radius]]) => ({ number, x, y, r: radius * unit * size })).filter((circle) =>
      circle.x > edge.left && circle.x < edge.right && circle.y > edge.top && circle.y < edge.bottom
      && !spots.get(circle.number).classList.contains("off"));
    const towns = [];
    for (const circle of circles.slice(0, CANDIDATES)) {
      const words = one(".c-place > *", rows[circle.number]).textContent;
      if (towns.some((town) => town.textContent === words && Math.hypot(town.of.x - circle.x, town.of.y - circle.y) < 9 * unit)) continue;
      for (const side of [1, -1]) {
        const near = circle.x + side * (circle.r + 4 * unit);
        const far = near + side * words.length * 6.6 * unit;
        const box = { left: Math.min(near, far), right: Math.max(near, far), top: circle.y - 8 * unit, bottom: circle.y + 8 * unit };
        const free = box.right < edge.right && box.left > edge.left && apart(box) && circles.every((other) => other === circle
          || other.x + other.r < box.left || other.x - other.r > box.right || other.y + other.r < box.top || other.y - other.r > box.bottom);
        if (!free) continue;
        kept.push(box);
        towns.push(Object.assign(drawn("text", { x: near.toFixed(2), y: circle.y.toFixed(2), "text-anchor": side > 0 ? "start" : "end" }, words), { of: circle }));
        break;
      }
    }
    one(".towns", svg).replaceChildren(...towns);
    for (const { text, x, y, zoom, letters } of labels) {
      const half = (letters * 3.4 + 3) * unit;
      const box = { left: x - half, right: x + half, top: y - 9 * unit, bottom: y + 9 * unit };
      const fit = zoom * unit <= 1 && apart(box);
      text.toggleAttribute("hidden", !fit);
      if (fit) kept.push(box);
    }
  }

  function pixels(number) {
    const box = svg.getBoundingClientRect();
    const { w, h } = frame();
    return [(at.get(number)[0] - view.x) * view.zoom / w * box.width + box.width / 2,
      (at.get(number)[1] - view.y) * view.zoom / h * box.height + box.height / 2];
  }

  function place(box, number) {
    const [x, y] = pixels(number);
    box.hidden = false;
    box.style.left = `${Math.max(8, Math.min(x + 14, map.clientWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(y + 14, map.clientHeight - box.offsetHeight - 8))}px`;
  }

  const cells = (number, name) => one(name, rows[number]).textContent.trim();
  const tollWords = (number) => `killed ${cells(number, ".c-killed")}, ${incidents[number].status}`;

  function describe(number) {
    tip.replaceChildren(made("b", {}, placeOf[number]), `${cells(number, ".c-date")}, ${incidents[number].type}`, made("br"), tollWords(number));
    place(tip, number);
  }

  function choose(number) {
    const [x, y] = pixels(number);
    const here = [...spots.keys()].filter((other) => {
      const [otherX, otherY] = pixels(other);
      return !spots.get(other).classList.contains("off") && Math.hypot(otherX - x, otherY - y) < 3;
    });
    tip.hidden = true;
    if (here.length < 2) {
      reveal(number);
      return;
    }
    chooser.replaceChildren(made("p", {}, `${here.length} incidents here`), ...here.sort((a, b) => a - b).map((other) => {
      const button = made("button", { type: "button" }, `${cells(other, ".c-date")}, ${incidents[other].type}, killed ${cells(other, ".c-killed")}`);
      button.addEventListener("click", () => {
        chooser.hidden = true;
        reveal(other);
      });
      return button;
    }));
    place(chooser, number);
    one("button", chooser).focus({ preventScroll: true });
  }

  const spotOf = (event) => event.target.closest?.(".spot");
  const numberOf = (spot) => Number(spot.dataset.number);
  svg.addEventListener("mouseover", (event) => spotOf(event) && !drag && describe(numberOf(spotOf(event))));
  svg.addEventListener("mouseout", () => { tip.hidden = true; });
  svg.addEventListener("focusin", (event) => spotOf(event) && describe(numberOf(spotOf(event))));
  svg.addEventListener("focusout", () => { tip.hidden = true; });
  svg.addEventListener("click", (event) => spotOf(event) && !moved && choose(numberOf(spotOf(event))));

  // one stop for Tab; the arrow keys go from incident to incident in the order of the table
  const ordered = () => all("tr[data-number]:not([hidden])", body).map((row) => Number(row.dataset.number)).filter((number) => spots.has(number));
  for (const [number, spot] of spots) {
    spot.setAttribute("role", "button");
    spot.setAttribute("tabindex", "-1");
    spot.setAttribute("aria-label", `${placeOf[number]}, ${cells(number, ".c-date")}, ${tollWords(number)}`);
  }
  if (spots.size) spots.get(Math.min(...spots.keys())).setAttribute("tabindex", "0");

  function stand(number) {
    for (const spot of spots.values()) spot.setAttribute("tabindex", "-1");
    spots.get(number).setAttribute("tabindex", "0");
    const [x, y] = pixels(number);
    if (x < 0 || y < 0 || x > svg.clientWidth || y > svg.clientHeight) look({ x: at.get(number)[0], y: at.get(number)[1] });
    spots.get(number).focus({ preventScroll: true });
  }

  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = spotOf(event) && numberOf(spotOf(event));
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const near = here === undefined || here === null ? {} : { x: at.get(here)[0], y: at.get(here)[1] };
    if (step) {
      const numbers = ordered();
      if (numbers.length) stand(numbers[(numbers.indexOf(here) + step + numbers.length) % numbers.length]);
    } else if (event.key === "+" || event.key === "=") look({ ...near, zoom: view.zoom * 1.6 });
    else if (event.key === "-") look({ zoom: view.zoom / 1.6 });
    else if (event.key === "0") look({ zoom: 1 });
    else if ((event.key === "Enter" || event.key === " ") && here !== undefined) choose(here);
    else return;
    event.preventDefault();
  });
  map.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tip.hidden = chooser.hidden = true;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!chooser.contains(event.target)) chooser.hidden = true;
  });

  // zooming keeps what is under the pointer (or between two fingers) where it is
  function zoomAt(event, factor) {
    const box = svg.getBoundingClientRect();
    const { w, h } = frame();
    const right = ((event.clientX - box.left) / box.width - .5) * w;
    const down = ((event.clientY - box.top) / box.height - .5) * h;
    const zoom = Math.min(Math.max(view.zoom * factor, 1), MOST);
    look({ x: view.x + right / view.zoom - right / zoom, y: view.y + down / view.zoom - down / zoom, zoom });
  }

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the wheel alone scrolls the page
    event.preventDefault();
    zoomAt(event, 2 ** (-event.deltaY / 200));
  }, { passive: false });
  svg.addEventListener("dblclick", (event) => zoomAt(event, 2));

  const fingers = new Map();
  let drag = false;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    moved = false;
  });
  addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const [dx, dy] = [event.clientX - last.clientX, event.clientY - last.clientY];
    if (!drag && Math.hypot(dx, dy) < 4) return;
    drag = moved = true;
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    if (other) {
      const spread = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
      zoomAt({ clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 }, spread(event) / Math.max(spread(last), 1));
    } else if (event.pointerType === "mouse" || view.zoom > 1) {
      const unit = frame().w / view.zoom / svg.clientWidth;
      look({ x: view.x - dx * unit, y: view.y - dy * unit });
    }
    fingers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      if (!fingers.size) drag = false;
    });
  }

  one(".zoom").hidden = false;
  for (const button of all(".zoom button")) {
    button.addEventListener("click", () => look({ zoom: { in: view.zoom * 1.8, out: view.zoom / 1.8, all: 1 }[button.dataset.zoom] }));
  }

  // --- to begin with ---

  function follow() {
    let wanted = location.hash.slice(1);
    try {
      wanted = decodeURIComponent(wanted);
    } catch {
      return; // no address of ours
    }
    const number = incidents.findIndex((incident) => incident.id === wanted);
    if (number >= 0) reveal(number);
  }

  new ResizeObserver(() => drawnAt !== svg.clientWidth && look({})).observe(map);
  filter();
  addEventListener("hashchange", follow);
  follow();
  document.documentElement.dataset.ready = "yes";
})();
