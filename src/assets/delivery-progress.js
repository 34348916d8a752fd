// Keeps the progress of an import up to date, and opens its page anew when it has ended. Without this file the page has a
// link that does the same.
const EVERY_MS = 2000

const section = document.querySelector('[data-progress]')
const bar = section.querySelector('progress')
const text = section.querySelector('[data-progress-text]')

async function look() {
  const answer = await fetch(section.dataset.progress, { redirect: 'error' })
  if (!answer.ok) throw new Error(`no progress: ${answer.status}`)
  const progress = await answer.json()
  if (progress.stage === 'ended') return location.reload()
  bar.value = progress.share
  // Said again only when it is something new: a screen reader reads it out.
  if (text.textContent !== progress.text) text.textContent = progress.text
  setTimeout(lookAgain, EVERY_MS)
}

// A look that fails is no reason to stop looking; the next one may find us signed out, and then the link tells.
function lookAgain() {
  if (document.hidden) return document.addEventListener('visibilitychange', lookAgain, { once: true })
  look().catch(() => setTimeout(lookAgain, 5 * EVERY_MS))
}

setTimeout(lookAgain, EVERY_MS)
