(function () {
  var root = document.documentElement;
  var kept = {};
  ["portal.display", "portal.display.account"].forEach(function (key) {
    try {
      Object.assign(kept, JSON.parse(localStorage.getItem(key)));
    } catch (refused) {
      // Then it looks as nobody has chosen.
    }
  });
  try {
    root.dataset.room = localStorage.getItem("portal.room") || "none";
  } catch (refused) {
    // Then the page moves when the bar of who is signed in comes.
  }
  if (!kept.palette && matchMedia("(prefers-color-scheme: dark)").matches) kept.palette = "dark";
  for (var name in kept) root.dataset[name] = kept[name];
  if (kept.lang) root.lang = kept.lang;
  if (kept.mode === "child" && (kept.lang || "ja") === "ja") root.lang = "ja-simple";
  if (root.lang !== "ja") {
    // Pages are drawn in Japanese. Should the other words not come, that is better than nothing.
    root.dataset.unspoken = "";
    setTimeout(function () {
      delete root.dataset.unspoken;
    }, 3000);
  }
})();
