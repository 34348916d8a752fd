import type { Child } from 'hono/jsx'

/** Stands in a message for the value that `Sentence` puts there as markup. */
export const SLOT = '\uFFFC'

/** A message one of whose values is markup: wherever the language puts it, `children` stands there. */
export function Sentence({ text, children }: { text: string; children: Child }) {
  const [before, ...after] = text.split(SLOT)
  return (
    <>
      {before}
      {children}
      {after.join('')}
    </>
  )
}
