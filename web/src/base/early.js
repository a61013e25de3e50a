// Runs before the first paint, in any browser: the chosen look, the shim that Svelte needs, whether a link already says where to go,
// and whether this browser can read what comes next. Written for the oldest ones.
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
  // A browser without modules never starts; one that does not know our syntax says so in an error before anything stands on the page.
  if ('noModule' in document.createElement('script')) {
    root.setAttribute('data-able', '')
    addEventListener('error', function (event) {
      if (/syntax|unexpected/i.test(event.message || '') && !document.querySelector('#app > *')) root.removeAttribute('data-able')
    })
  }
})()
