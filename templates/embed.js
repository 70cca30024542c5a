// on another website: links with data-mati become the form, as high as it needs to be
(function () {
  function put() {
    document.querySelectorAll("a[data-mati]").forEach(function (link) {
      var frame = document.createElement("iframe"), origin = new URL(link.href).origin, turns = 0;
      frame.src = link.href;
      frame.title = link.textContent;
      frame.style.cssText = "width:100%;height:40rem;border:0";
      // what follows a long form is short: whoever sent it stands far below
      frame.onload = function () {
        if (turns++ && frame.offsetTop < scrollY) frame.scrollIntoView();
      };
      addEventListener("message", function (e) {
        var high = e.origin == origin && e.source == frame.contentWindow && e.data && e.data.mati;
        if (high > 0 && high < 20000) frame.style.height = high + "px";
      });
      link.parentNode.replaceChild(frame, link);
    });
  }
  put();
  addEventListener("DOMContentLoaded", put);
})();
