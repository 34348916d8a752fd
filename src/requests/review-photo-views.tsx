import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { paths } from '../paths.ts'
import { isPicture, type PhotoType } from './photo-format.ts'

export type ReviewPhoto = {
  id: number
  mediaType: PhotoType
  bytes: number
  destroyAfter: Date
  destroyedAt: Date | null
}

type PhotoOnReviewProps = {
  t: Translate
  requestId: number
  photo: ReviewPhoto | null
  isOpen: boolean
  mayView: boolean
}

/** The photo, for those who may see it, while there is something to decide by it. */
export function PhotoOnReview({ t, requestId, photo, isOpen, mayView }: PhotoOnReviewProps) {
  return (
    <section class="stack" aria-labelledby="photo">
      <h2 id="photo">{t('requests.photo')}</h2>
      {photo === null && <p>{t('requests.photo.none')}</p>}
      {photo?.destroyedAt && (
        <p>
          {t('requests.photo.destroyed')} <Instant t={t} at={photo.destroyedAt} />.{' '}
          {isOpen && t('requests.review.photo.too-old')}
        </p>
      )}
      {photo && !photo.destroyedAt && !mayView && <p>{t('requests.review.photo.for-reviewers')}</p>}
      {photo && !photo.destroyedAt && mayView && isOpen && (
        <>
          <p>
            {t('requests.review.photo.until')} <Instant t={t} at={photo.destroyAfter} />.{' '}
            {t('requests.review.photo.audited')}
          </p>
          <ShownPhoto t={t} href={paths.staff.requestFile(requestId, photo.id)} photo={photo} />
        </>
      )}
    </section>
  )
}

/** Browsers show JPEG and PNG; the others are opened from the disk, far from our pages. */
function ShownPhoto({ t, href, photo }: { t: Translate; href: string; photo: ReviewPhoto }) {
  if (isPicture(photo.mediaType)) return <img src={href} alt={t('requests.review.photo.alt')} />
  const type = photo.mediaType === 'application/pdf' ? 'PDF' : 'HEIC'
  const size = new Intl.NumberFormat(t.locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return (
    <p>
      <a href={href}>
        {t('requests.review.photo.download', { type, size: size.format(photo.bytes / 1000) })}
      </a>
    </p>
  )
}
