// Runs before the first paint, in any browser: the chosen look, the shim that Svelte needs, and whether a link already says where to go.
(function () {
  var root = document.documentElement
  if (!String.prototype.replaceAll) {
    Object.defineProperty(String.prototype, 'replaceAll', {
      configurable: true,
      writable: true,
      value: function (what, by) {
        return what instanceof RegExp ? this.replace(what, by) : this.split(what).join(typeof by === 'function' ? by(what) : by)
      },
    })
  }
  try {
    var theme = localStorage.getItem('openfloor.theme')
    var size = localStorage.getItem('openfloor.size')
    if (theme) root.dataset.theme = theme
    if (size) root.dataset.size = size
  } catch { /* storage is switched off: the system's look */ }
  if (location.pathname.length > 1) root.classList.add('linked')
})()
