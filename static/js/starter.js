// ES5 on purpose: a browser too old for htmx still reads this, and keeps the button "see if there is anything new".
(function () {
  var root = document.documentElement;
  root.className += " hopes";
  setTimeout(function () {
    if (!root.getAttribute("data-live")) root.className = root.className.replace(" hopes", "");
  }, 4000);
})();
