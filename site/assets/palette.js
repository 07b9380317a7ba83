// What the theme's own scripts expect, and the colours that the reader chose, before anything is painted.
// The theme writes this into each page; as a file of its own it needs no exception from the content security policy.

const root = new URL("../", document.currentScript.src);

window.__md_scope = root;
window.__md_hash = (text) => Array.from(text).reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);
window.__md_get = (key, storage, scope = root) => {
  try {
    return JSON.parse((storage || localStorage).getItem(`${scope.pathname}.${key}`));
  } catch (error) {
    return null; // the reader allows no storage, or something else wrote there
  }
};
window.__md_set = (key, value, storage, scope = root) => {
  try {
    (storage || localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch (error) {
    // the reader allows no storage: the choice lasts as long as the page
  }
};

const chosen = window.__md_get("__palette");
if (chosen && chosen.color) {
  for (const [key, value] of Object.entries(chosen.color)) document.body.setAttribute(`data-md-color-${key}`, value);
}
