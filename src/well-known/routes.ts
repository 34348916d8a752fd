import { factory } from '../core/app-env.ts'
import { paths } from '../paths.ts'
import { loadProgram } from '../program/queries.ts'
import { securityTxt } from './security-txt.ts'

export const wellKnown = factory.createApp().get(paths.securityTxt, async (c) => {
  const { settings } = await loadProgram(c.var.db)
  const { email, url: policy } = settings.support
  return c.text(securityTxt({ email, policy, origin: c.env.PUBLIC_ORIGIN }, c.var.now))
})
