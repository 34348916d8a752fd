import { factory } from '../core/app-env.ts'
import { sha256Hex } from '../core/tokens.ts'
import { paths } from '../paths.ts'
import { loadProgram } from '../program/queries.ts'

/** One file per component under src/assets/css; `tokens` first, because it orders the layers. */
const COMPONENTS = [
  'tokens',
  'base',
  'layout',
  'menu',
  'button',
  'form',
  'notice',
  'standing',
  'award',
  'timeline',
  'sheet',
  'records',
  'feed',
  'imports',
  'quarantine',
  'thread',
  'print',
] as const

/**
 * All components as the one sheet that pages link: together they compress to two thirds, and cost one request.
 * The program's accent is in it, because the CSP allows no inline style and the hue is data.
 */
export const stylesheet = factory.createApp().get(paths.stylesheet, async (c) => {
  const [hue, ...components] = await Promise.all([
    // Pages that say something is wrong must be legible while the database is what is wrong.
    loadProgram(c.var.db).then(
      ({ settings }) => settings.branding.hue,
      () => null,
    ),
    ...COMPONENTS.map((name) => readComponent(c.env.ASSETS, name)),
  ])
  const accent = hue === null ? '' : `@layer tokens { :root { --hue: ${hue} } }\n`
  const text = components.join('') + accent
  const headers = {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': hue === null ? 'no-store' : 'public, max-age=300',
    etag: `"${(await sha256Hex(text)).slice(0, 32)}"`,
  }
  if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers)
  return c.body(text, 200, headers)
})

async function readComponent(assets: Fetcher, name: string): Promise<string> {
  const response = await assets.fetch(`https://assets.local/css/${name}.css`)
  if (!response.ok) throw new Error(`the style sheet ${name} is missing from the assets`)
  return response.text()
}
