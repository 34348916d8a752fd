// Passkeys need a script. A form that offers one stays hidden until this file has found that the browser can do it:
//
//     <form method="post" action="…" data-passkey="get" data-options="…" hidden>
//       <input type="hidden" name="passkey" />  <button type="submit">…</button>
//       <p data-passkey-error hidden role="alert">…</p>
//     </form>
//
// `data-passkey` is `get` to sign in, `create` to add one; `data-options` is where the options come from, by POST.
// The form is then sent with the answer in the field `passkey`. `data-passkey-error="InvalidStateError"` is shown for
// that error, the first one for every other. `data-passkey-missing` is what is said where there are no passkeys.

const asks = {
  get: async (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  create: async (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
}

/** Null where we are sent elsewhere instead, to sign in first. */
async function optionsFor(form) {
  const answer = await fetch(form.dataset.options, {
    method: 'POST',
    body: new URLSearchParams(),
    redirect: 'manual',
  })
  if (answer.type === 'opaqueredirect') return null
  if (!answer.ok) throw new Error(`no options: ${answer.status}`)
  return answer.json()
}

async function ask(form) {
  for (const error of form.querySelectorAll('[data-passkey-error]')) error.hidden = true
  try {
    const options = await optionsFor(form)
    if (options === null) return location.assign(location.pathname + location.search)
    const credential = await asks[form.dataset.passkey](options)
    form.elements.passkey.value = JSON.stringify(credential)
    form.submit()
  } catch (error) {
    const shown =
      form.querySelector(`[data-passkey-error="${error.name}"]`) ?? form.querySelector('[data-passkey-error]')
    if (shown) shown.hidden = false
    // app.js lets a form be sent once; this one was not sent.
    delete form.dataset.sent
  }
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const missing of document.querySelectorAll('[data-passkey-missing]')) missing.hidden = true
  for (const form of document.querySelectorAll('[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', async (event) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      await ask(form)
    })
  }
}
