"use strict";
// Sorts, filters and opens the rows of a page's tables. Without it every row is open.
// Text is only ever set as text; what an opened row holds is the page's own markup, escaped when it was written.

const FIRST_NUMBER = /[-−+]?\d+(\.\d+)?/;

function made(name, settings = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(settings)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function otherNames(row) {
  // What the structures of a row are called besides; stands once in the page, where they are drawn.
  const drawn = [...row.querySelectorAll("svg.structure > use")];
  return drawn.map((use) => document.querySelector(use.getAttribute("href")).dataset.names ?? "").join("; ");
}

function rowsOf(table) {
  // A row, what stands in it, and the row below it that opens.
  return [...table.tBodies[0].rows]
    .filter((row) => !row.classList.contains("opened"))
    .map((row) => {
      const below = row.nextElementSibling;
      const opened = below && below.classList.contains("opened") ? below : null;
      return { row, opened, said: `${row.textContent} ${otherNames(row)}`.toLowerCase(), button: null };
    });
}

// ---- sorting ----

function place(row, column, isNumber) {
  const cell = row.cells[column];
  if (!isNumber) return cell.textContent.trim().toLowerCase();
  if (cell.dataset.place !== undefined) return Number(cell.dataset.place);
  const found = cell.textContent.match(FIRST_NUMBER);
  return found ? Number(found[0].replace("−", "-")) : NaN;
}

function compared(a, b) {
  return typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true });
}

function isAbsent(value) {
  return Number.isNaN(value) || value === "" || value === "-";
}

function sort(table, rows, column, isDescending) {
  const isNumber = table.tHead.rows[0].cells[column].dataset.kind === "number";
  const placed = rows.map((one) => [place(one.row, column, isNumber), one]);
  const known = placed.filter(([value]) => !isAbsent(value));
  const absent = placed.filter(([value]) => isAbsent(value)); // always last: unknown is no small number
  known.sort(([a], [b]) => (isDescending ? compared(b, a) : compared(a, b)));
  const body = made("tbody");
  for (const [, one] of [...known, ...absent]) body.append(one.row, ...(one.opened ? [one.opened] : []));
  table.tBodies[0].replaceWith(body);
}

function makeSortable(table, rows) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = made("button", { type: "button", className: "sort" }, ...head.childNodes);
    button.addEventListener("click", () => {
      const isDescending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
      sort(table, rows, column, isDescending);
    });
    head.setAttribute("aria-sort", "none");
    head.append(button);
  });
}

// ---- filtering ----

function words(query) {
  // All words must occur; none that a minus stands before.
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean);
  const isUnwanted = (word) => /^-\p{L}/u.test(word);
  return {
    wanted: typed.filter((word) => !isUnwanted(word)),
    unwanted: typed.filter(isUnwanted).map((word) => word.slice(1)),
  };
}

function makeFilters(table, rows, tools) {
  const find = made("input", { type: "search", size: 24 });
  const choices = [];
  const counted = made("output", { "aria-live": "polite" });
  const filter = () => {
    const { wanted, unwanted } = words(find.value);
    let shown = 0;
    for (const { row, opened, said, button } of rows) {
      const isShown =
        choices.every(({ column, select }) => !select.value || row.cells[column].textContent.trim() === select.value) &&
        wanted.every((word) => said.includes(word)) &&
        !unwanted.some((word) => said.includes(word));
      row.hidden = !isShown;
      if (opened) opened.hidden = !isShown || button.getAttribute("aria-expanded") !== "true";
      shown += isShown;
    }
    counted.textContent = `${shown} of ${rows.length} rows`;
  };
  const label = made("label", {}, "Find (-word: without) ", find);
  tools.append(label);
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.dataset.chosen === undefined) return;
    const values = new Set(rows.map(({ row }) => row.cells[column].textContent.trim()).filter(Boolean));
    const options = [...values].sort().map((value) => made("option", { value }, value));
    const select = made("select", {}, made("option", { value: "" }, "all"), ...options);
    choices.push({ column, select });
    tools.append(made("label", {}, `${head.textContent} `, select));
    select.addEventListener("change", filter);
  });
  find.addEventListener("input", filter);
  tools.append(counted);
  counted.textContent = `${rows.length} of ${rows.length} rows`;
}

// ---- columns on demand ----

function makeColumns(table, tools) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const heads = [...table.tHead.rows[0].cells];
  const boxes = heads.map((head) => {
    const box = made("input", { type: "checkbox", checked: head.dataset.onDemand === undefined });
    return [box, made("label", {}, box, ` ${head.textContent}`)];
  });
  const show = () => {
    const hidden = boxes.flatMap(([box], column) => (box.checked ? [] : [column]));
    heads.forEach((head, column) => head.toggleAttribute("data-hidden", hidden.includes(column)));
    const selectors = hidden.map((column) => `#${table.id} tr:not(.opened) > :nth-child(${column + 1})`);
    sheet.replaceSync(selectors.length ? `${selectors.join(",")} { display: none }` : "");
  };
  boxes.forEach(([box]) => box.addEventListener("change", show));
  const choice = made("fieldset", {}, made("legend", {}, "Columns that are shown"), ...boxes.map(([, label]) => label));
  tools.append(made("details", {}, made("summary", {}, "Columns"), choice));
  show();
}

// ---- opening ----

function hiddenValues(table, row) {
  // What stands in columns that aren't shown is said in the opened row.
  const heads = [...table.tHead.rows[0].cells];
  const terms = heads.flatMap((head, column) => {
    const said = row.cells[column].textContent.trim();
    if (!head.hasAttribute("data-hidden") || isAbsent(said)) return [];
    return [made("div", {}, made("dt", {}, head.textContent), made("dd", {}, said))];
  });
  return terms.length ? [made("dl", {}, ...terms)] : [];
}

function open(table, one, isOpen) {
  const cell = one.opened.cells[0];
  if (isOpen && !cell.drawn) {
    cell.drawn = made("div");
    cell.drawn.innerHTML = cell.querySelector("noscript").textContent;
    cell.append(cell.drawn);
  }
  if (isOpen) {
    cell.querySelector("dl")?.remove();
    cell.append(...hiddenValues(table, one.row)); // below what hurts
  }
  one.opened.hidden = !isOpen;
  one.button.setAttribute("aria-expanded", String(isOpen));
}

function makeOpenable(table, rows, tools) {
  rows.forEach((one, number) => {
    one.opened.id = `${table.id}-${number + 1}`;
    one.opened.hidden = true;
    const settings = { type: "button", className: "open", "aria-expanded": "false", "aria-controls": one.opened.id };
    const first = one.row.cells[0];
    one.button = made("button", settings, ...(first.firstElementChild ? [] : first.childNodes));
    const name = one.row.querySelector("th[scope=row]")?.textContent ?? "";
    one.button.setAttribute("aria-label", `${one.button.textContent.trim()} ${name}: open`.trim());
    one.button.addEventListener("click", () => open(table, one, one.opened.hidden));
    first.prepend(one.button);
    one.row.addEventListener("click", (event) => {
      if (event.target.closest("a, button") || !getSelection().isCollapsed) return; // who marks text wants to copy it
      open(table, one, one.opened.hidden);
    });
  });
  const everyRow = (said, isOpen) => {
    const button = made("button", { type: "button" }, said);
    button.addEventListener("click", () => rows.filter(({ row }) => !row.hidden).forEach((one) => open(table, one, isOpen)));
    return button;
  };
  tools.append(everyRow("Open these rows", true), everyRow("Close them", false));
}

function work(table) {
  const rows = rowsOf(table);
  const tools = made("div", { className: "tools", role: "search", "aria-label": "Rows that are shown" });
  makeFilters(table, rows, tools);
  if (table.classList.contains("openable")) makeOpenable(table, rows, tools);
  if (table.querySelector("th[data-on-demand]")) makeColumns(table, tools);
  makeSortable(table, rows);
  table.parentElement.before(tools);
}

// Rows wait until they are as they shall be, so that they are laid out once.
const root = document.documentElement;
root.classList.add("waiting", "scripted");
document.addEventListener("DOMContentLoaded", () => {
  try {
    document.querySelectorAll("table.worked").forEach(work);
  } finally {
    root.classList.remove("waiting");
  }
});
