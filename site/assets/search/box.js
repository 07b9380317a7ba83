// The search box in the header: results while one types, by keyboard too. What it needs is loaded when it gets focus.

const SHOWN = 8;
const PAUSE = 150;

const form = document.querySelector("[data-hy-find]");
if (form) box(form, form.querySelector("input"));
if (document.querySelector("[data-hy-query]")) import("./page.js");

function box(around, input) {
  const list = document.createElement("div");
  list.id = "hy-found";
  list.hidden = true;
  const options = document.createElement("div");
  options.id = "hy-options";
  options.setAttribute("role", "listbox");
  options.setAttribute("aria-label", "搜索结果");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "hy-small";
  list.append(status, options);
  around.append(list);
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": "hy-options", "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let [active, turn, timer] = [-1, 0, 0];

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open && options.childElementCount > 0));
    if (!open) choose(-1);
  }

  function choose(which) {
    active = which;
    Array.from(options.children).forEach((option, at) => option.setAttribute("aria-selected", String(at === which)));
    const chosen = options.children[which];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  async function search() {
    turn += 1;
    const mine = turn;
    const query = input.value.trim();
    if (!query) {
      show(false);
      return;
    }
    const [site, { find, others, sorted }, { located, marked }] = await Promise.all(
      ["./site.js", "./find.js", "./snippet.js"].map((name) => import(name)),
    );
    const work = async (index) => {
      const result = await find(index, query);
      const hits = await sorted(index, result, "score");
      const named = others(index, result.found);
      const rows = hits.slice(0, SHOWN).map(async (number, at) => {
        const segment = index.holder(number);
        const [card, kinds] = await Promise.all([segment.card(number - segment.before), named]);
        const title = site.nodes(marked(card.title, await located(index, card.title, result.terms)));
        return option(site, at, new URL(card.url, site.ROOT).href, title, [kinds.get(number)?.[1], card.number, site.day(card.day)]);
      });
      const [kinds, ...made] = await Promise.all([named, ...rows]);
      return [hits, kinds, made];
    };
    try {
      const [hits, kinds, rows] = await site.withIndex(work);
      if (mine !== turn) return; // somebody typed on
      if (hits.length > SHOWN) rows.push(option(site, SHOWN, site.resultsAddress(query), ["全部结果和筛选"], []));
      status.textContent = site.found(hits.length, kinds);
      options.replaceChildren(...rows);
    } catch (error) {
      if (mine !== turn) return;
      options.replaceChildren();
      status.textContent = site.FAILED;
    }
    choose(-1);
    show(document.activeElement === input);
  }

  function option(site, at, href, title, small) {
    const rest = site.element("span", { class: "hy-small" }, small.filter(Boolean).join(" · "));
    const attributes = { role: "option", id: `hy-option-${at}`, href, tabindex: "-1", "aria-selected": "false" };
    return site.element("a", attributes, site.element("span", {}, ...title), rest);
  }

  input.addEventListener("focus", () => {
    import("./site.js").then((site) => site.opened()).catch(() => {}); // told when somebody searches
    if (input.value.trim()) search();
  });
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : options.childElementCount;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      options.children[active].click();
    }
  });
  around.addEventListener("submit", (event) => {
    if (!input.value.trim()) event.preventDefault();
  });
  around.addEventListener("focusout", (event) => {
    if (!around.contains(event.relatedTarget)) show(false);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // focus stays where one types
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if ((event.key !== "/" && event.key !== "s") || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
