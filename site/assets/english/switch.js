// The switch between Chinese and English in the header. What English needs is fetched only once somebody chose it.
// Without scripts the switch is a link to what the guide says in English.

const KEY = "huiyin.language";
const root = document.documentElement;
const control = document.querySelector("[data-hy-language]");
const FACES = { zh: { text: "EN", name: "English", lang: "en" }, en: { text: "中文", name: "中文", lang: "zh" } };
let wanted = "zh";

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch (error) {
    return null; // the reader allows no storage: the choice lasts as long as the page
  }
}

function keep(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch (error) {
    // see above
  }
}

/** Show the page in a language; what cannot be fetched leaves it in Chinese, and the next click tries again. */
async function show(language) {
  wanted = language;
  root.setAttribute("aria-busy", "true");
  try {
    const page = await import("./page.js");
    if (language === "en") await page.english();
    else page.chinese();
  } catch (error) {
    wanted = "zh";
  }
  root.removeAttribute("aria-busy");
  const face = FACES[wanted];
  root.lang = wanted;
  control.textContent = face.text;
  control.setAttribute("aria-label", face.name);
  control.lang = face.lang;
}

function change() {
  const next = wanted === "en" ? "zh" : "en";
  keep(next);
  show(next);
}

if (control) {
  control.setAttribute("role", "button");
  control.addEventListener("click", (event) => {
    event.preventDefault();
    change();
  });
  control.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    change();
  });
  if (kept() === "en") show("en");
}
