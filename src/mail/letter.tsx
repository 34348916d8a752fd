import type { Translate } from '../i18n/messages.ts'

/** What a mail says, before it becomes text and HTML; both say all of it. */
export type Letter = { subject: string; parts: LetterPart[] }

export type LetterPart =
  | { paragraph: string }
  | { facts: [term: string, value: string][] }
  | { link: string; url: string }

export function letterText({ parts }: Letter): string {
  return `${parts.map(partText).join('\n\n')}\n`
}

function partText(part: LetterPart): string {
  if ('paragraph' in part) return part.paragraph
  if ('link' in part) return `${part.link}:\n${part.url}`
  return part.facts.map(([term, value]) => `${term}: ${value}`).join('\n')
}

/** No style sheet, picture or colour: the reader's own program knows best how mail looks, by day and by night. */
export async function letterHtml(t: Translate, letter: Letter): Promise<string> {
  const page = (
    <html lang={t.locale} dir={t.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{letter.subject}</title>
      </head>
      <body style="font-family: system-ui, sans-serif; line-height: 1.5; max-width: 36em; margin: 1em auto">
        {letter.parts.map((part) => (
          <Part part={part} />
        ))}
      </body>
    </html>
  )
  return `<!doctype html>${await page}`
}

function Part({ part }: { part: LetterPart }) {
  if ('paragraph' in part) return <p>{part.paragraph}</p>
  if ('link' in part) {
    return (
      <p>
        <a href={part.url} style="font-weight: bold">
          {part.link}
        </a>
      </p>
    )
  }
  return (
    <dl>
      {part.facts.map(([term, value]) => (
        <>
          <dt>{term}</dt>
          <dd style="margin: 0 0 0.5em; font-weight: bold">{value}</dd>
        </>
      ))}
    </dl>
  )
}
