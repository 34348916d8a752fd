import type { Translate } from '../../i18n/messages.ts'
import type { MessageFile } from './message.ts'

const TYPES = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/heic': 'HEIC',
  'application/pdf': 'PDF',
} as const

/** A file that came with a message: what it is, and where to get it, if it is there and theirs to get. */
export function FileLine({ t, file, href }: { t: Translate; file: MessageFile; href: string | null }) {
  const { mediaType, bytes, destroyedAt } = file
  const format = new Intl.NumberFormat(t.locale, {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: 0,
  })
  const text = t('thread.file', { type: TYPES[mediaType], size: format.format(Math.max(1, bytes / 1000)) })
  if (destroyedAt) return <p class="soft">{`${text} ${t('thread.file.gone')}`}</p>
  return href === null ? (
    <p class="soft">{text}</p>
  ) : (
    <p>
      <a href={href}>{text}</a>
    </p>
  )
}
