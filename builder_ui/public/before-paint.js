// Runs before the first paint, so that neither theme nor language flickers. A file and not an inline script,
// because the content security policy allows scripts of this origin only.
(function () {
  var root = document.documentElement;
  var theme = null;
  var language = null;
  try {
    theme = localStorage.getItem("dougong.theme");
    language = localStorage.getItem("dougong.language");
  } catch {
    // Storage is blocked: the system's theme and the browser's language apply.
  }
  var dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = theme === "dark" || theme === "light" ? theme : dark ? "dark" : "light";
  root.lang = language || (/^zh/i.test(navigator.language) ? "zh-CN" : "en");
})();
