import { factory } from '../core/app-env.ts'
import { paths } from '../paths.ts'
import { loadProgram } from './queries.ts'

/** The program's accent as a style sheet: the CSP allows no inline style, and the hue is data. */
export const branding = factory.createApp().get(paths.branding, async (c) => {
  const { settings } = await loadProgram(c.var.db)
  return c.body(`@layer tokens { :root { --hue: ${settings.branding.hue} } }\n`, 200, {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=300',
  })
})
