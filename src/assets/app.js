// Improvements only: every page works without this file.

// A refused form opens at its summary, so that a screen reader says it first.
document.querySelector('[data-focus]')?.focus()

// One menu at a time; Escape and a click elsewhere close it.
const menus = () => document.querySelectorAll('details.menu[open]')

document.addEventListener('click', (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of menus()) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})

// The Share icon copies the link and says so; without the clipboard the field beside it can be copied by hand.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy)
    const status = document.getElementById(`${button.dataset.copy}-status`)
    try {
      await navigator.clipboard.writeText(field.value)
      status.textContent = button.dataset.copied
    } catch {
      field.focus()
      field.select()
      status.textContent = button.dataset.manual
    }
  })
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'true'
  })
}

// Coming back by the back button must not leave a dead form behind.
addEventListener('pageshow', (event) => {
  if (event.persisted) for (const form of document.forms) delete form.dataset.sent
})
