/* Runs before anything is painted: the chosen theme, and the stand-in that lets config.js files of existing installations load. */
;(function () {
  const constants = {}
  const module = {
    constant: function (name, value) {
      constants[name] = value
      return module
    },
    run: function (fn) {
      if (typeof fn === 'function') fn(constants.st2Config)
      return module
    },
  }
  window.st2constants = constants
  window.angular = {
    module: function () {
      return module
    },
  }

  let theme = null
  try {
    theme = JSON.parse(localStorage.getItem('st2Preferences') || '{}').theme
  } catch {
    theme = null // storage is closed or holds something else: the system's theme
  }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
})()
