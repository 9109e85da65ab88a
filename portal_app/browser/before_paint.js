(function () {
  var root = document.documentElement;
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("portal.display")) || {};
  } catch (refused) {
    kept = {};
  }
  if (!kept.palette && matchMedia("(prefers-color-scheme: dark)").matches) kept.palette = "dark";
  for (var name in kept) root.dataset[name] = kept[name];
  if (kept.lang) root.lang = kept.lang;
  if (kept.mode === "child" && (kept.lang || "ja") === "ja") root.lang = "ja-simple";
})();
