// Keys for the queue of requests and for one of them. Without this file the pages have the same links. Single letters may
// be what somebody dictates to their computer, so that the keys can be turned off (WCAG 2.1.4), in this browser.
const STORED = 'request-keys'
const hint = document.querySelector('[data-keys]')
const button = hint.querySelector('button')
const text = hint.querySelector('span')
const rows = [...document.querySelectorAll('[data-row]')]
const reply = document.querySelector('textarea[name="message"]')

function areOn() {
  try {
    return localStorage.getItem(STORED) !== 'off'
  } catch {
    return true
  }
}

function say() {
  text.hidden = !areOn()
  button.textContent = areOn() ? button.dataset.off : button.dataset.on
}

button.addEventListener('click', () => {
  try {
    localStorage.setItem(STORED, areOn() ? 'off' : 'on')
  } catch {
    // A browser that keeps nothing leaves them on.
  }
  say()
})
hint.hidden = false
say()

const at = () => rows.indexOf(document.activeElement)

const keys = {
  j: () => rows[Math.min(at() + 1, rows.length - 1)]?.focus(),
  k: () => rows[Math.max(at() - 1, 0)]?.focus(),
  r: () => {
    if (reply) return reply.focus()
    const row = rows[at()]
    if (row) location.assign(`${row.href}#message`)
  },
  u: () => document.querySelector('[data-key="u"]')?.click(),
}

document.addEventListener('keydown', (event) => {
  const isTyping = event.target.closest('input, textarea, select, [contenteditable]')
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !areOn()) return
  const act = keys[event.key]
  if (!act) return
  event.preventDefault()
  act()
})
