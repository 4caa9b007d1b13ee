// What scripts add to the public pages; without them everything still works.
(function () {
  // Shows the typed password. The button is made here because it can do nothing without a script.
  document.querySelectorAll("input[type=password][data-show]").forEach(function (input) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "peek";
    button.textContent = input.dataset.show;
    button.addEventListener("click", function () {
      var hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? input.dataset.hide : input.dataset.show;
      input.focus();
    });
    input.parentElement.appendChild(button);
  });
  // The workspace begins in the language that was chosen here.
  document.querySelectorAll("a[data-language]").forEach(function (link) {
    link.addEventListener("click", function () {
      try {
        localStorage.setItem("dougong.language", link.dataset.language);
      } catch {
        // Storage is blocked: the workspace follows the browser's language.
      }
    });
  });
})();
