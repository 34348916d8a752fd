import type { Translate } from '../i18n/messages.ts'

/** The text file of a logo pack: what each file is for, and when the seal may be shown. */
export function logoUsage(
  t: Translate,
  facts: { programName: string; certificationName: string; disclaimer: string; files: LogoFiles },
): string {
  const sections = [
    [
      t('documents.logo.usage.heading', { certification: facts.certificationName }),
      t('documents.logo.usage.program', { program: facts.programName }),
    ],
    [
      t('documents.logo.usage.files'),
      `- ${facts.files.svg}: ${t('documents.logo.usage.svg')}`,
      ...facts.files.pngs.map(
        ({ name, pixels }) => `- ${name}: ${t('documents.logo.usage.png', { pixels })}`,
      ),
    ],
    [
      t('documents.logo.usage.terms'),
      `- ${t('documents.logo.usage.while-active')}`,
      `- ${t('documents.logo.usage.unchanged')}`,
      `- ${t('documents.logo.usage.no-proof')}`,
    ],
    [facts.disclaimer],
  ]
  // Windows' own editor is the likeliest reader.
  return `${sections.map((lines) => lines.join('\r\n')).join('\r\n\r\n')}\r\n`
}

export type LogoFiles = { svg: string; pngs: readonly { name: string; pixels: number }[] }

const PIXELS = [512, 1024] as const

/** The names of a pack's files, safe on every system. */
export function logoFiles(code: string): LogoFiles {
  const name = code.replace(/[^\p{L}\p{N}]+/gu, '-')
  return { svg: `${name}.svg`, pngs: PIXELS.map((pixels) => ({ name: `${name}-${pixels}.png`, pixels })) }
}
