// Tables that say so can be ordered by a column and narrowed by name; without scripts they stay as they are.

const NUMBER = /-?\d[\d,]*(\.\d+)?/;

/** What a cell is ordered by: the number in its first line, else its text. */
function value(row, column) {
  const [text] = row.cells[column].innerText.trim().split("\n");
  const number = column > 0 && NUMBER.exec(text);
  return number ? Number(number[0].replaceAll(",", "")) : text;
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === typeof other) return one.localeCompare(other, "zh");
  return typeof one === "number" ? -1 : 1;
}

const NEXT = { null: "descending", descending: "ascending", ascending: null };

/** Order by a column; the greatest first, the second time the other way, the third as they were. Words come last. */
function order(table, heads, rows, column) {
  const wanted = NEXT[heads[column].getAttribute("aria-sort")];
  for (const head of heads) head.removeAttribute("aria-sort");
  const body = table.tBodies[0];
  if (!wanted) {
    body.append(...rows);
    return;
  }
  heads[column].setAttribute("aria-sort", wanted);
  const sign = wanted === "ascending" ? 1 : -1;
  const keyed = rows.map((row) => [value(row, column), row]);
  keyed.sort(([one], [other]) => (typeof one === typeof other ? sign * compare(one, other) : compare(one, other)));
  body.append(...keyed.map(([, row]) => row));
}

function narrowed(rows, words) {
  const wanted = words.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    row.hidden = wanted !== "" && !row.cells[0].textContent.toLowerCase().includes(wanted);
    if (!row.hidden) shown += 1;
  }
  return shown;
}

function filter(line, rows, id) {
  const label = document.createElement("label");
  label.htmlFor = id;
  label.textContent = "只看名称含有";
  const input = document.createElement("input");
  Object.assign(input, { id, type: "search", autocomplete: "off" });
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const shown = narrowed(rows, input.value);
    said.textContent = input.value.trim() ? `${shown} 行` : "";
  });
  line.append(label, " ", input, " ", said);
}

document.querySelectorAll("table[data-hy-rows]").forEach((table, place) => {
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];
  const line = table.closest(".hy-scroll").previousElementSibling;
  if (line?.matches("[data-hy-narrow]")) filter(line, rows, `hy-narrow-${place}`);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hy-order";
    button.title = "按这一列排列";
    const link = head.querySelector("a");
    if (link) button.setAttribute("aria-label", `按“${link.textContent}”排列`);
    else button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => order(table, heads, rows, column));
  });
});
